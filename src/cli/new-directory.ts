import { chmodSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import type { ImportedFile } from '../scenario/import/imported.js';

/** Writes files to a directory that is new or empty, all of them or none. */
export function writeNewDirectory(directory: string, files: readonly ImportedFile[]): void {
  const target = resolve(directory);
  mkdirSync(dirname(target), { recursive: true });
  const partial = mkdtempSync(join(dirname(target), `.${basename(target)}-`));
  try {
    for (const { path, text } of files) {
      mkdirSync(dirname(join(partial, path)), { recursive: true });
      writeFileSync(join(partial, path), text);
    }
    chmodSync(partial, 0o755); // mkdtemp keeps it to its owner
    renameSync(partial, target);
  } catch (error) {
    rmSync(partial, { recursive: true, force: true });
    throw error;
  }
}
