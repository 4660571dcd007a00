import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { hubsimVersion } from './version.js';

/** Digits of the hash that are shown: more than enough to tell builds apart. */
const DIGITS = 12;
/** What is run, as it is written or as it is built; not its types alone. */
const CODE = /(?<!\.d)\.c?[jt]s$/;

/**
 * Names this very program: its version, and a hash of its code and its profiles. Results of different programs are never
 * put together, and between two releases the version alone does not tell.
 */
export function programId(): string {
  const hash = createHash('sha256');
  addFolder(hash, fileURLToPath(new URL('..', import.meta.url)), (file) => CODE.test(file));
  addFolder(hash, fileURLToPath(new URL('../../profiles', import.meta.url)), (file) => file.endsWith('.yaml'));
  return `${hubsimVersion()}+${hash.digest('hex').slice(0, DIGITS)}`;
}

function addFolder(hash: ReturnType<typeof createHash>, folder: string, counts: (file: string) => boolean): void {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(counts).sort();
  for (const file of files) hash.update(`${file.replaceAll('\\', '/')}\0`).update(readFileSync(join(folder, file)));
}
