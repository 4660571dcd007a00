import { describe, expect, it } from 'vitest';
import { Trace } from '../../src/engine/index.js';
import type { RunResult } from '../../src/measure/run-result.js';
import { relaxationOf } from '../../src/scenario/relaxation.js';
import { FURTHER, gainProblems, gainWithoutTop, gaps, HIDDEN, LARGE, sumProblems } from './critical-paths.js';
import { readScenario, runScenario, SCENARIOS } from './golden-record.js';

// The large ones are `npm run paths`.
const ALL = [...SCENARIOS, ...FURTHER];
const runs = new Map<string, RunResult>();

function traced(name: string): RunResult {
  let run = runs.get(name);
  if (run === undefined) {
    run = runScenario(name, { trace: new Trace() });
    runs.set(name, run);
  }
  return run;
}

describe.each(ALL)('the critical path of %s', (name) => {
  it('adds up to the time to convergence, to the nanosecond, and has no gaps', () => {
    expect([...sumProblems(traced(name)), ...gaps(traced(name))]).toEqual([]);
  });

  it('is there exactly if something was disturbed and came to something', () => {
    const { summary, criticalPath } = traced(name);
    const { timeline } = readScenario(name);
    const lastStep = Math.max(0, ...timeline.map(({ atNs, repeat }) => Math.max(atNs, repeat?.untilNs ?? 0) / 1e9));
    const happened = (summary.convergence.seconds ?? 0) > 0 || (summary.pods.runningAt.p100 ?? 0) > lastStep;
    expect(criticalPath !== undefined).toBe(happened);
  });

  it('gains without its longest wait at least four fifths of it, unless another hides it', () => {
    expect(gainProblems(name, gainWithoutTop(name, traced(name)))).toEqual([]);
  });
});

it('most runs that converge have a path that adds up', () => {
  expect(ALL.filter((name) => traced(name).criticalPath?.end === 'converged').length).toBeGreaterThan(45);
  expect(Object.keys(HIDDEN).filter((name) => ![...ALL, ...LARGE].includes(name))).toEqual([]);
});

it('names the setting of what a pod waits for most, as the model calls it', () => {
  const waits = traced('my-spring-app').criticalPath!.causes;
  const settings = waits.map((wait) => relaxationOf(wait)?.setting);
  for (const setting of ['kubelet.podStart', 'network.delay', 'etcd.fsync']) expect(settings).toContain(setting);
});
