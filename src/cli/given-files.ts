import { existsSync } from 'node:fs';
import { normalize } from 'node:path';
import { globSync, isDynamicPattern } from 'tinyglobby';
import { InputError } from '../api/input-error.js';

/** The files that the words of a command line name, patterns such as `scenarios/*.yaml` included. */
export function givenFiles(words: readonly string[]): readonly string[] {
  return words.flatMap((word) => (isPattern(word) ? matching(word) : [word]));
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
