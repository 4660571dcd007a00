import type { PodRows, RunResult } from '../../measure/run-result.js';
import type { ChartFile, Point } from './chart-file.js';
import { COLUMNS, lineOptions, PALETTE } from './look.js';
import { type TimeUnit, timeUnit } from './time-unit.js';

/** How many there were by when, in seconds since time zero: points of a curve. */
export type Curve = readonly (readonly [number, number])[];

/** The curves a measurement has, and the column of the pods of a run that tells the same. */
const COLUMN: Readonly<Record<string, keyof PodRows>> = {
  created: 'createdNs',
  scheduled: 'boundNs',
  running: 'runningNs',
  finished: 'finishedNs',
  terminating: 'deletedNs',
  deleted: 'goneNs',
};

/** Who sends the requests of a load. */
const LOAD = 'load';

/** What was measured, dashed, over what the simulation came to. */
export function validationChart(name: string, measured: Readonly<Record<string, Curve>>, run: RunResult): ChartFile {
  const unit = timeUnit(run.endNs - run.timeZeroNs);
  const states = Object.keys(measured).filter((state) => state === 'answered' || COLUMN[state] !== undefined);
  const datasets = states.flatMap((state, index) => {
    const color = PALETTE[index % PALETTE.length]!;
    const look = { stepped: true, borderColor: color, backgroundColor: color };
    const pale = { stepped: true, borderColor: `${color}66`, backgroundColor: `${color}66` };
    return [
      { ...look, label: `${state}, measured`, borderDash: [6, 5], data: points(measured[state]!, unit) },
      { ...pale, label: state, borderWidth: 6, data: points(simulatedCurve(state, run), unit) },
    ];
  });
  const value = { title: states.includes('answered') ? 'requests answered' : 'pods', whole: true };
  const title = `${name}: measured (dashed) and simulated`;
  return {
    name: `${name}.png`,
    configuration: { type: 'line', data: { datasets }, options: lineOptions(title, unit, value) },
  };
}

function points(curve: Curve, unit: TimeUnit): Point[] {
  return curve.map(([seconds, count]): Point => ({ x: (seconds * 1e9) / unit.ns, y: count }));
}

function simulatedCurve(state: string, run: RunResult): Curve {
  if (state === 'answered') return answered(run);
  const { pods, timeZeroNs } = run;
  const timesNs = (pods[COLUMN[state]!] as ArrayLike<number>) ?? [];
  const seconds: number[] = [];
  for (let row = 0; row < pods.count; row++)
    if (timesNs[row]! >= timeZeroNs) seconds.push((timesNs[row]! - timeZeroNs) / 1e9);
  seconds.sort((a, b) => a - b);
  const stride = Math.max(1, Math.floor(seconds.length / COLUMNS));
  return seconds.flatMap((at, index) =>
    index % stride === 0 || index === seconds.length - 1 ? [[at, index + 1] as const] : [],
  );
}

/** Answers to the load up to the end of each bucket. */
function answered({ requests }: RunResult): Curve {
  const curve: [number, number][] = [[0, 0]];
  let sum = 0;
  for (let row = 0; row < requests.bucket.length; row++) {
    if (requests.keys[requests.key[row]!]!.client !== LOAD) continue;
    sum += requests.count[row]!;
    curve.push([((requests.bucket[row]! + 1) * requests.bucketNs) / 1e9, sum]);
  }
  return curve;
}
