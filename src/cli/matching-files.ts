import { existsSync } from 'node:fs';
import { basename, dirname, join, normalize } from 'node:path';
import { globSync, isDynamicPattern } from 'tinyglobby';
import { nearest } from '../api/did-you-mean.js';
import { InputError } from '../api/input-error.js';

/** The files that the words of a command line name, patterns such as `scenarios/*.yaml` included. */
export function matchingFiles(words: readonly string[]): readonly string[] {
  return words.flatMap((word) => (isPattern(word) ? matching(word) : [found(word)]));
}

/** A file may be named like a pattern. */
function isPattern(word: string): boolean {
  return isDynamicPattern(word) && !existsSync(word);
}

function matching(pattern: string): string[] {
  const files = globSync(pattern, { expandDirectories: false }).map(normalize).sort();
  if (files.length > 0) return files;
  throw new InputError(`no file matches ${pattern}`, {
    value: pattern,
    remedy: 'quote the pattern, or name the files',
  });
}

function found(file: string): string {
  if (existsSync(file)) return file;
  const near = meant(file);
  throw new InputError(`there is no file ${file}`, near === undefined ? {} : { remedy: `did you mean ${near}?` });
}

/** The scenario that somebody may have meant: in the folder that was named, or one that is named without its folder. */
function meant(file: string): string | undefined {
  const name = basename(file, '.yaml');
  for (const folder of new Set([dirname(file), 'scenarios'])) {
    const names = globSync('*.yaml', { cwd: folder }).map((known) => basename(known, '.yaml'));
    const near = names.includes(name) ? name : nearest(name, names.sort());
    if (near !== undefined) return join(folder, `${near}.yaml`);
  }
  return undefined;
}
