import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A file of the project: its path from the top and its text. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

const TOP = fileURLToPath(new URL('../../../', import.meta.url));

/** All TypeScript files below a folder of the project. */
export function sourceFiles(folder: string): SourceFile[] {
  return readdirSync(join(TOP, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => join(entry.parentPath, entry.name))
    .map((file) => ({ path: relative(TOP, file), text: readFileSync(file, 'utf8') }));
}

/** The files of the project that a file imports, by path from the top. */
export function importsOf({ path, text }: SourceFile): string[] {
  const specifiers = [...text.matchAll(/(?:from|import|URL)\s*\(?\s*'(\.[^']*)'/g)].map((match) => match[1]!);
  return specifiers.map((specifier) => normalize(join(dirname(path), specifier)).replace(/\.js$/, '.ts'));
}
