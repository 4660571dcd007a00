import type { Newest } from './newest.js';
import { millions } from './text.js';

/** What SimPy 4.1.2 reached on the machine that the goals were set on, in turns a second, by case. */
const SIMPY_THEN: readonly (readonly [name: string, perSecond: number])[] = [
  ['processes: 100 with exponential pauses', 1.02e6],
  ['processes: 10000 with exponential pauses', 0.61e6],
];
const SIMPY = 'SimPy 4.1.2';

/** How the machine compares with that of the goals, by the one peer that has run on both; nothing if it has not run here. */
export function machineSpeed({ nsPerOperation }: Newest): string {
  const sides = SIMPY_THEN.flatMap(([name, then]) => {
    const { [SIMPY]: ns, hubsim } = nsPerOperation.get(name) ?? {};
    return ns === undefined || hubsim === undefined ? [] : [{ then, now: 1e9 / ns, ahead: ns / hubsim }];
  });
  if (sides.length === 0) return '';
  const list = (text: (side: (typeof sides)[number]) => string): string => sides.map(text).join(' and ');
  return `The goals were set on another machine. ${SIMPY}, the one peer that has run on both, makes ${list(({ then }) => millions(then))}
turns of 100 and 10,000 processes a second there, and ${list(({ now }) => millions(now))} here, where hubsim makes
${list(({ ahead }) => ahead.toFixed(1))} times as many.`;
}
