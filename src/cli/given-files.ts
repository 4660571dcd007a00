import { existsSync } from 'node:fs';

/** The files that the words of a command line name, patterns such as `scenarios/*.yaml` included. Throws InputError. */
export async function givenFiles(words: readonly string[]): Promise<readonly string[]> {
  if (words.every((word) => existsSync(word))) return words;
  // Loaded only where it is needed: looking for files takes a package of its own.
  return (await import('./matching-files.js')).matchingFiles(words);
}
