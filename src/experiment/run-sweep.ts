import { estimate } from '../stats/estimate.js';
import type { Outcome, Pool, RunOrder } from './outcome.js';
import { replicationSeed } from './replication-seed.js';
import { RUN_SCHEMA, type RunRecord, runKey } from './run-record.js';
import type { Sweep } from './sweep.js';

/** Between two looks at whether a variant is known well enough: looking after every run would stop too early. */
const LOOK_EVERY = 5;

/** What a caller may have to do with a sweep under way. */
export interface SweepHooks {
  /** Outcomes that are there already, by key. */
  readonly known: ReadonlyMap<string, Outcome>;
  /** A run has ended that was not known; called in the order in which they end. */
  readonly ended?: (record: RunRecord) => void;
  /** So many runs are to be made now, and so many of them are known. */
  readonly planned?: (runs: number, known: number) => void;
}

/** Makes all runs of a sweep that are not known yet. The records come in their order, whatever ended first. */
export async function runSweep(sweep: Sweep, pool: Pool, hooks: SweepHooks): Promise<readonly RunRecord[]> {
  if (sweep.until === undefined) return runBlock(sweep, identities(sweep, 1, sweep.replications), pool, hooks);
  const records: RunRecord[] = [];
  let open = sweep.variants.map((_, index) => index + 1);
  for (let from = 1; from <= sweep.replications && open.length > 0; from += LOOK_EVERY) {
    const to = Math.min(from + LOOK_EVERY - 1, sweep.replications);
    const block = identities(sweep, from, to).filter(({ variant }) => open.includes(variant));
    records.push(...(await runBlock(sweep, block, pool, hooks)));
    open = open.filter((variant) => !isSure(sweep, variant, records));
  }
  return records;
}

type Identity = Omit<RunRecord, keyof Outcome>;

/** The runs of replications `from` to `to`. */
function identities(sweep: Sweep, from: number, to: number): Identity[] {
  const { variants } = sweep;
  return Array.from({ length: (to - from + 1) * variants.length }, (_, index) => {
    const replication = from + Math.floor(index / variants.length);
    const { settings, content } = variants[index % variants.length]!;
    return {
      schema: RUN_SCHEMA,
      run: (replication - 1) * variants.length + (index % variants.length) + 1,
      variant: (index % variants.length) + 1,
      replication,
      seed: replicationSeed(sweep.seed, replication),
      content,
      settings: Object.fromEntries(settings.map(({ path, value }) => [path, value])),
    };
  });
}

/** Makes runs, `pool.width` of them at once, and gives their records in order. */
async function runBlock(sweep: Sweep, runs: readonly Identity[], pool: Pool, hooks: SweepHooks): Promise<RunRecord[]> {
  const keyOf = ({ content, seed }: Identity): string => runKey(content, seed);
  const records = runs.map((run): RunRecord | undefined => {
    const outcome = hooks.known.get(keyOf(run));
    return outcome === undefined ? undefined : { ...run, ...outcome };
  });
  hooks.planned?.(runs.length, records.filter((record) => record !== undefined).length);
  let next = 0;
  const work = async (): Promise<void> => {
    for (let index = next++; index < runs.length; index = next++) {
      if (records[index] !== undefined) continue;
      const run = runs[index]!;
      const order: RunOrder = { key: keyOf(run), settings: sweep.variants[run.variant - 1]!.settings, seed: run.seed };
      const record = { ...run, ...(await pool.run(order)) };
      records[index] = record;
      hooks.ended?.(record);
    }
  };
  await Promise.all(Array.from({ length: Math.min(pool.width, runs.length) }, work));
  return records.map((record) => record!);
}

/** Whether the interval of the figure is narrow enough; a variant that fails will not get better either. */
function isSure({ until, figures }: Sweep, variant: number, records: readonly RunRecord[]): boolean {
  const values: number[] = [];
  for (const record of records) {
    if (record.variant !== variant) continue;
    if (record.status === 'failed') return true;
    const value = record.figures[until!.figure ?? figures[0]!.name];
    if (typeof value === 'number') values.push(value);
  }
  const { mean, halfWidth } = estimate(values);
  return halfWidth <= until!.share * Math.abs(mean);
}
