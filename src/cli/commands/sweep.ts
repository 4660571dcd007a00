import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { Pool } from '../../experiment/outcome.js';
import { prepareSweep } from '../../experiment/prepare-sweep.js';
import { replicationSeed } from '../../experiment/replication-seed.js';
import { type RunRecord, runKey } from '../../experiment/run-record.js';
import { runSweep } from '../../experiment/run-sweep.js';
import type { Sweep } from '../../experiment/sweep.js';
import { type SweepResult, sweepResult } from '../../experiment/sweep-result.js';
import type { ResultFile } from '../../report/result-files.js';
import { sweepFiles } from '../../report/sweep/sweep-files.js';
import { parseStopRule } from '../../scenario/experiment.js';
import { EXIT, type ExitCode } from '../exit-code.js';
import type { Io } from '../io.js';
import { programId } from '../program-id.js';
import { parseVary } from '../sweep/parse-vary.js';
import { SweepDirectory } from '../sweep/sweep-directory.js';
import { SweepLock } from '../sweep/sweep-lock.js';
import { SweepProgress } from '../sweep/sweep-progress.js';

export interface SweepOptions {
  readonly file: string;
  readonly vary: readonly string[];
  readonly replications?: number | undefined;
  readonly until?: string | undefined;
  readonly figures?: string | undefined;
  readonly seed?: number | undefined;
  readonly out?: string | undefined;
  readonly workers?: number | undefined;
  /** Address of the Redis whose workers make the runs; undefined: threads of this process do. */
  readonly redis?: string | undefined;
  readonly redisCa?: string | undefined;
  readonly fresh: boolean;
  readonly charts: boolean;
  readonly json: boolean;
  readonly quiet: boolean;
}

/** `hubsim sweep FILE`: every variant as often as wanted, on all cores; what is there already is not run again. */
export async function sweep(
  options: SweepOptions,
  io: Io,
  openPool?: (sweep: Sweep) => Promise<Pool>,
): Promise<ExitCode> {
  const prepared = prepareSweep({
    file: options.file,
    readFile: io.readFile,
    program: programId(),
    seed: options.seed,
    axes: options.vary.map(parseVary),
    replications: options.replications,
    until: options.until === undefined ? undefined : parseStopRule(options.until),
    figures: options.figures?.split(',').map((name) => name.trim()),
  });
  const path = options.out ?? join('results', `${prepared.name}-sweep`);
  const lock = new SweepLock(path);
  try {
    return await runInto(new SweepDirectory(path), prepared, options, io, openPool);
  } finally {
    lock.release();
  }
}

async function runInto(
  directory: SweepDirectory,
  prepared: Sweep,
  options: SweepOptions,
  io: Io,
  openPool: ((sweep: Sweep) => Promise<Pool>) | undefined,
): Promise<ExitCode> {
  if (options.fresh) directory.clear();
  const known = directory.known(prepared.identity, wantedKeys(prepared));
  if (!options.quiet) for (const warning of prepared.warnings) io.err(`${warning}\n`);
  const progress = new SweepProgress(io);
  const pool = await (openPool ?? ((one) => poolOf(one, options, io)))(prepared);
  let records: readonly RunRecord[];
  try {
    records = await runSweep(prepared, pool, {
      known,
      planned: (runs, there) => progress.plan(runs, there),
      ended: (record) => {
        directory.add(record, prepared.identity);
        if (!options.quiet) progress.step();
      },
    });
  } finally {
    progress.clear();
    await pool.close();
  }
  const result = sweepResult(prepared, records);
  directory.finish(await filesOf(result, prepared, options.charts));
  await show(result, directory.path, known.size, options, io);
  return codeOf(result);
}

/** All runs the sweep may come to. */
function wantedKeys({ variants, replications, seed }: Sweep): ReadonlySet<string> {
  const keys = new Set<string>();
  for (let replication = 1; replication <= replications; replication++) {
    const own = replicationSeed(seed, replication);
    for (const { content } of variants) keys.add(runKey(content, own));
  }
  return keys;
}

async function poolOf({ bundle, identity }: Sweep, options: SweepOptions, io: Io): Promise<Pool> {
  const redis = options.redis ?? process.env.HUBSIM_REDIS;
  if (redis === undefined) {
    const { threadPool } = await import('../../experiment/thread-pool.js');
    return threadPool(bundle, options.workers ?? availableParallelism());
  }
  const { redisAddress } = await import('../../experiment/redis/redis-address.js');
  const { redisPool } = await import('../../experiment/redis/redis-pool.js');
  return redisPool(bundle, redisAddress(redis, options.redisCa), identity.program, (text) => io.err(`${text}\n`));
}

async function filesOf(result: SweepResult, { identity }: Sweep, charts: boolean): Promise<readonly ResultFile[]> {
  const files: ResultFile[] = [...sweepFiles(result, identity)];
  const { runsParquet } = await import('../../report/sweep/runs-parquet.js');
  const parquet = await runsParquet(result);
  if (parquet !== undefined) files.push({ path: 'runs.parquet', content: [parquet] });
  if (!charts) return files;
  const { sweepCharts } = await import('../../report/sweep/sweep-charts.js');
  const { sweepHtml } = await import('../../report/sweep/sweep-html.js');
  const { sweepPngs } = await import('../../report/sweep/sweep-pngs.js');
  const drawn = sweepCharts(result);
  return [...files, { path: 'sweep.html', content: [sweepHtml(result, drawn, identity)] }, ...(await sweepPngs(drawn))];
}

async function show(result: SweepResult, path: string, known: number, options: SweepOptions, io: Io): Promise<void> {
  if (options.json) {
    io.out(io.readFile(join(path, 'sweep.json')));
    return;
  }
  if (options.quiet) return;
  const { sweepTable } = await import('../sweep/sweep-table.js');
  const { answer } = await import('../../report/sweep/answer.js');
  io.out(sweepTable(result, io.outIsTerminal));
  io.out(`${answer(result)}\n`);
  const { length } = result.records;
  const made = known === 0 ? `${length} runs` : `${length} runs, ${length - Math.min(known, length)} of them new`;
  io.out(
    `${made}; result in ${path}/ (runs.ndjson, runs.csv, variants.csv, …${options.charts ? ', sweep.html, charts/*.png' : ''})\n`,
  );
}

/** Expectations are of the scenario as written: variants are there to miss them. */
function codeOf({ variants }: SweepResult): ExitCode {
  return variants.some(({ failed }) => failed > 0) ? EXIT.limit : EXIT.ok;
}
