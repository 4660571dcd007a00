import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { InputError } from '../../api/input-error.js';
import type { Outcome } from '../../experiment/outcome.js';
import { outcomeOf, type RunRecord, runKey } from '../../experiment/run-record.js';
import type { SweepIdentity } from '../../experiment/sweep.js';
import type { ResultFile } from '../../report/result-files.js';
import { Journal } from './journal.js';

/** What the directory of a sweep may hold; anything else in it belongs to somebody. */
const KNOWN =
  /^(runs\.(ndjson|csv|parquet)|variants\.csv|sweep\.(json|html)|charts|journal\.ndjson|took\.json|\.new-.*)$/;

/** The results of a sweep, finished or not. */
export class SweepDirectory {
  readonly path: string;
  readonly #journal: Journal;
  #begun: boolean;

  constructor(path: string) {
    this.path = path;
    this.#journal = new Journal(join(path, 'journal.ndjson'));
    this.#begun = false;
  }

  /**
   * The outcomes that are there already, by key. Throws InputError when the directory holds anything but runs of these
   * very contents.
   */
  known(identity: SweepIdentity, wanted: ReadonlySet<string>): ReadonlyMap<string, Outcome> {
    this.#checkForeign();
    const journal = this.#journal.read();
    const finished = this.#finished();
    this.#begun = journal !== undefined;
    const known = new Map<string, Outcome>();
    for (const record of [...(finished?.records ?? []), ...(journal?.records ?? [])]) {
      const key = runKey(record.content, record.seed);
      if (!wanted.has(key)) throw this.#mixed(identity, (finished ?? journal)!.identity, record);
      if (!(record.status === 'failed' && record.reason === 'lost')) known.set(key, outcomeOf(record));
    }
    return known;
  }

  /** Keeps a run that has ended. */
  add(record: RunRecord, identity: SweepIdentity): void {
    if (!this.#begun) {
      mkdirSync(this.path, { recursive: true });
      this.#journal.begin(identity);
      this.#begun = true;
    }
    this.#journal.add(record);
  }

  /** Puts the finished files in place, each whole or not at all, and then takes the journal away. */
  finish(files: readonly ResultFile[]): void {
    mkdirSync(this.path, { recursive: true });
    const partial = mkdtempSync(join(this.path, '.new-'));
    for (const { path, content } of files) {
      mkdirSync(dirname(join(partial, path)), { recursive: true });
      writeFileSync(join(partial, path), '');
      for (const piece of content) writeFileSync(join(partial, path), piece, { flag: 'a' });
    }
    const stale = readdirSync(this.path).filter(
      (entry) => entry.startsWith('.new-') && join(this.path, entry) !== partial,
    );
    for (const entry of [...stale, 'charts']) rmSync(join(this.path, entry), { recursive: true, force: true });
    for (const entry of readdirSync(partial)) renameSync(join(partial, entry), join(this.path, entry));
    rmSync(partial, { recursive: true });
    rmSync(this.#journal.path, { force: true });
  }

  /** Takes away what there is. */
  clear(): void {
    this.#checkForeign();
    rmSync(this.path, { recursive: true, force: true });
  }

  #checkForeign(): void {
    if (!existsSync(this.path)) return;
    const foreign = readdirSync(this.path).find((entry) => !KNOWN.test(entry));
    if (foreign !== undefined)
      throw new InputError(`${this.path} holds ${foreign}, which is no part of a sweep`, {
        remedy: 'give another directory with --out; nothing was written',
      });
  }

  #finished(): { readonly identity: SweepIdentity; readonly records: readonly RunRecord[] } | undefined {
    const runs = join(this.path, 'runs.ndjson');
    const sweep = join(this.path, 'sweep.json');
    if (!existsSync(runs) || !existsSync(sweep)) return undefined;
    const { identity } = JSON.parse(readFileSync(sweep, 'utf8')) as { identity: SweepIdentity };
    const lines = readFileSync(runs, 'utf8').trimEnd().split('\n');
    return { identity, records: lines.map((line) => JSON.parse(line) as RunRecord) };
  }

  #mixed(wanted: SweepIdentity, found: SweepIdentity, record: RunRecord): InputError {
    return new InputError(`${this.path} holds runs of something else: ${whatDiffers(wanted, found, record)}`, {
      remedy: 'give another directory with --out, or --fresh to throw them away; nothing was written',
    });
  }
}

/** Old results and the sweep that is wanted do not go together: says why. */
function whatDiffers(wanted: SweepIdentity, found: SweepIdentity, record: RunRecord): string {
  if (wanted.program !== found.program)
    return `they were made by hubsim ${found.program}, and this is ${wanted.program}`;
  if (wanted.scenario !== found.scenario) return 'the scenario has changed since (its content hash differs)';
  const paths = [...new Set([...Object.keys(wanted.files), ...Object.keys(found.files)])];
  const changed = paths.find((path) => wanted.files[path] !== found.files[path]);
  if (changed !== undefined) return `${changed} has changed since (its content hash differs)`;
  return `run ${record.run} (${JSON.stringify(record.settings)}, replication ${record.replication}) is not part of this sweep`;
}
