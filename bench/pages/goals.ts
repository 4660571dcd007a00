import { WHOLE_RUNS, type WholeRun } from '../../src/cli/bench/whole-run.js';
import type { Newest } from './newest.js';
import { runSize } from './run-size.js';
import { mebibytes, millions, seconds, table } from './text.js';

/** A number to reach, and what was measured of it: `of` is 1 where it is just reached, and less where it is missed. */
interface Goal {
  readonly what: string;
  readonly goal: string;
  readonly measured: string;
  readonly of: number;
  readonly command: string;
}

/** Largest growth, in time or memory for a pod, from 10,000 pods to a million. */
const GROWTH_MAX = 1.3;
const SMALL_RUN = '1,000 nodes, 10,000 pods';
const LARGE_RUNS: readonly string[] = [
  '100,000 nodes, 1,000,000 pods',
  '15,000 nodes, 450,000 pods',
  '5,000 nodes, 150,000 pods',
];
/** Names of contestants. */
const OURS = 'hubsim';
const OBJECT_HEAP = 'object heap';
/** `hubsim --help`. */
const HELP_SECONDS = 0.15;

/** All goals, each beside what was measured and the command that measures it again. */
export function goalsTable(found: Newest): string {
  const rows = goals(found).map(({ what, goal, measured, of, command }) => [
    what,
    goal,
    measured,
    of >= 1 ? '✓' : `✗, ${missedBy(1 / of)} x`,
    `\`${command}\``,
  ]);
  return table(['what', 'goal', 'measured', 'reached', 'command'], rows);
}

/** With a digit more where one would say that it is no miss. */
function missedBy(times: number): string {
  return times.toFixed(times < 1.1 ? 2 : 1);
}

function goals(found: Newest): Goal[] {
  return [
    ...timesAHeap(found, 'hold: exponential, 4096 pending', 2.7),
    ...timesAHeap(found, 'hold: exponential, 65536 pending', 4),
    ...perSecond(found, 'processes: 100 with exponential pauses', 10e6),
    ...perSecond(found, 'processes: 10000 with exponential pauses', 8e6),
    ...perSecond(found, 'timer mix: 5000 nodes', 20e6),
    ...startUp(found),
    ...WHOLE_RUNS.flatMap((run) => wholeRun(found, run)),
    ...growth(found),
  ];
}

/** How much faster than a heap of objects in the same run. */
function timesAHeap({ nsPerOperation }: Newest, name: string, goal: number): Goal[] {
  const times = nsPerOperation.get(name);
  if (times === undefined) return [];
  const ratio = times[OBJECT_HEAP]! / times[OURS]!;
  const [text, measured] = [`${goal} x an object heap`, `${ratio.toFixed(1)} x`];
  return [{ what: name, goal: text, measured, of: ratio / goal, command: `npm run bench -- --only "${name}"` }];
}

function perSecond({ nsPerOperation }: Newest, name: string, goal: number): Goal[] {
  const ns = nsPerOperation.get(name)?.[OURS];
  if (ns === undefined) return [];
  const measured = 1e9 / ns;
  const texts = { goal: `${millions(goal)} events/s`, measured: millions(measured) };
  return [{ what: name, ...texts, of: measured / goal, command: `npm run bench -- --only "${name}"` }];
}

function startUp({ nsPerOperation }: Newest): Goal[] {
  const name = 'start: hubsim --help';
  const ns = nsPerOperation.get(name)?.[OURS];
  if (ns === undefined) return [];
  const texts = { goal: seconds(HELP_SECONDS), measured: seconds(ns / 1e9) };
  const command = `npm run bench -- --only "${name}"`;
  return [{ what: 'hubsim --help', ...texts, of: HELP_SECONDS / (ns / 1e9), command }];
}

function wholeRun({ runs }: Newest, { name, goal = {}, large }: WholeRun): Goal[] {
  const measured = runs.get(name);
  if (measured === undefined) return [];
  const command = `hubsim bench --only "${name}"${large ? ' --large' : ''}`;
  const found: Goal[] = [];
  const add = (goalText: string, measuredText: string, of: number): void =>
    void found.push({ what: name, goal: goalText, measured: measuredText, of, command });
  if (goal.seconds !== undefined)
    add(seconds(goal.seconds), seconds(measured.seconds), goal.seconds / measured.seconds);
  if (goal.memoryBytes !== undefined)
    add(mebibytes(goal.memoryBytes), mebibytes(measured.peakMemoryBytes), goal.memoryBytes / measured.peakMemoryBytes);
  if (goal.eventsPerSecond !== undefined)
    add(
      `${millions(goal.eventsPerSecond)} events/s`,
      millions(measured.eventsPerSecond),
      measured.eventsPerSecond / goal.eventsPerSecond,
    );
  return found;
}

/** What a pod takes in the largest run that was measured where a small one was, beside what it takes in that. */
function growth({ runs, machines }: Newest): Goal[] {
  const small = runs.get(SMALL_RUN);
  const name = LARGE_RUNS.find((each) => runs.has(each) && machines.get(each) === machines.get(SMALL_RUN));
  if (small === undefined || name === undefined) return [];
  const large = runs.get(name)!;
  const { pods } = runSize(name)!;
  const times = pods / runSize(SMALL_RUN)!.pods;
  const growths = [
    ['time', large.seconds / small.seconds],
    ['memory', large.peakMemoryBytes / small.peakMemoryBytes],
  ] as const;
  return growths.map(([what, ratio]) => ({
    what: `${what} for a pod, ${pods.toLocaleString('en-US')} pods beside 10,000`,
    goal: `${GROWTH_MAX} x`,
    measured: `${(ratio / times).toFixed(2)} x`,
    of: (GROWTH_MAX * times) / ratio,
    command: 'hubsim bench --large',
  }));
}
