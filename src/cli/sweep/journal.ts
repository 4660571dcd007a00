import { appendFileSync, existsSync, readFileSync, truncateSync } from 'node:fs';
import { InputError } from '../../api/input-error.js';
import type { RunRecord } from '../../experiment/run-record.js';
import type { SweepIdentity } from '../../experiment/sweep.js';

/**
 * Where a sweep under way keeps what has ended, line by line as it ends: the first line says of what, each other one is
 * a run. A process that is killed loses the line it was writing at most.
 */
export class Journal {
  readonly path: string;

  constructor(path: string) {
    this.path = path;
  }

  /** What it holds; undefined if there is none. A last line that was cut off is taken away. */
  read(): { readonly identity: SweepIdentity; readonly records: readonly RunRecord[] } | undefined {
    if (!existsSync(this.path)) return undefined;
    const bytes = readFileSync(this.path);
    const end = bytes.lastIndexOf(0x0a) + 1;
    if (end < bytes.length) truncateSync(this.path, end);
    if (end === 0) return undefined;
    const [head, ...lines] = bytes.toString('utf8', 0, end - 1).split('\n');
    try {
      const { identity } = JSON.parse(head!) as { identity: SweepIdentity };
      return { identity, records: lines.map((line) => JSON.parse(line) as RunRecord) };
    } catch (error) {
      throw new InputError(`${this.path} cannot be read: ${(error as Error).message}`, {
        remedy: 'give another directory with --out',
      });
    }
  }

  begin(identity: SweepIdentity): void {
    appendFileSync(this.path, `${JSON.stringify({ schema: 'hubsim/sweep-journal/v1', identity })}\n`, { flag: 'wx' });
  }

  add(record: RunRecord): void {
    appendFileSync(this.path, `${JSON.stringify(record)}\n`);
  }
}
