import { bisect, bracket, type Search, type SearchEnd } from './bisection.js';
import { type Condition, judgeRuns, type Verdict } from './condition.js';
import type { Outcome, Pool, RunOrder } from './outcome.js';
import { replicationSeed } from './replication-seed.js';

/** How a value of one setting is looked for. */
export interface FindRequest {
  readonly path: string;
  readonly find: Search['find'];
  readonly condition: Condition;
  /** Undefined: around `start`. */
  readonly ends: { readonly from: number; readonly to: number } | undefined;
  /** What the scenario says now, where it is a number. */
  readonly start: number | undefined;
  readonly unit: string;
  readonly whole: boolean;
  readonly precision: number;
  readonly seed: number;
  /** Most runs of one value. */
  readonly replications: number;
}

/** One value tried. */
export interface Trial extends Verdict {
  readonly value: number;
  /** Of the runs, in order; undefined where one has no such figure. */
  readonly values: readonly (number | undefined)[];
  /** Why a run failed, if one did. */
  readonly failure: string | undefined;
}

export interface FindResult extends SearchEnd {
  /** In the order in which they were tried. */
  readonly trail: readonly Trial[];
  /** Whether every answer on the way was beyond doubt. */
  readonly sure: boolean;
}

/** Runs of a value before the first look, and between two looks. */
const LOOK_EVERY = 5;

/** Looks for a value by halving, each value run as often as it takes to be sure. All values share their seeds. */
export async function findValue(request: FindRequest, pool: Pool, tried: (trial: Trial) => void): Promise<FindResult> {
  const trials = new Map<number, Trial>();
  const holds = async (value: number): Promise<boolean> => {
    let trial = trials.get(value);
    if (trial === undefined) {
      trial = await tryValue(request, value, pool);
      trials.set(value, trial);
      tried(trial);
    }
    return trial.holds;
  };
  const ends = request.ends ?? (await bracket(request.find, request.start!, request.whole, holds));
  const { find, whole, precision } = request;
  const end = await bisect({ find, whole, precision, ...ends }, holds);
  const trail = [...trials.values()];
  return { ...end, trail, sure: trail.every(({ sure }) => sure) };
}

async function tryValue(request: FindRequest, value: number, pool: Pool): Promise<Trial> {
  const { path, unit, condition, seed, replications } = request;
  const settings = [{ path, value: unit === '' ? value : `${value}${unit}` }];
  const outcomes: Outcome[] = [];
  for (;;) {
    const count = Math.min(LOOK_EVERY, replications - outcomes.length);
    const orders = Array.from({ length: count }, (_, index): RunOrder => {
      const own = replicationSeed(seed, outcomes.length + index + 1);
      return { key: `${value}-${own}`, settings, seed: own };
    });
    outcomes.push(...(await Promise.all(orders.map((order) => pool.run(order)))));
    const values = outcomes.map((outcome) =>
      outcome.status === 'done' ? (outcome.figures[condition.figure] ?? undefined) : undefined,
    );
    const verdict = judgeRuns(condition, values);
    const failed = outcomes.find((outcome) => outcome.status === 'failed');
    if (verdict.sure || outcomes.length >= replications) return { ...verdict, value, values, failure: failed?.message };
  }
}
