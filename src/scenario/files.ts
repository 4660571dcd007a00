import { dirname, isAbsolute, join, normalize } from 'node:path';
import { InputError } from '../api/input-error.js';
import type { Path, Source } from './source.js';

/** Reads a text file; throws when it cannot. The loader touches no disk but through it. */
export type ReadFile = (path: string) => string;

/** `file` as the document at `from` means it: relative to the folder that document lies in. */
export function resolveFile(file: string, from: string): string {
  return isAbsolute(file) ? file : normalize(join(dirname(from), file));
}

/** The text of a file that a document names at `path`; a missing one is a mistake at that place. */
export function readNamed(readFile: ReadFile, file: string, source: Source, path: Path): string {
  try {
    return readFile(file);
  } catch (error) {
    throw source.error(path, reasonOf(error, file), 'the path is relative to the file that names it');
  }
}

/** The text of a file that the user named on the command line. */
export function readGiven(readFile: ReadFile, file: string): string {
  try {
    return readFile(file);
  } catch (error) {
    throw unreadable(error, file);
  }
}

/** What to say of a file that the user named, and that could not be read. */
export function unreadable(error: unknown, file: string): InputError {
  const isFolder = (error as { code?: string }).code === 'EISDIR';
  const remedy = isFolder ? { remedy: 'name its files, or a pattern such as "scenarios/*.yaml"' } : {};
  return new InputError(reasonOf(error, file), remedy);
}

function reasonOf(error: unknown, file: string): string {
  const code = (error as { code?: string }).code;
  if (code === 'ENOENT') return `there is no file ${file}`;
  if (code === 'EISDIR') return `${file} is a directory`;
  return `cannot read ${file}: ${(error as Error).message}`;
}
