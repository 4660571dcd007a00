import { describe, expect, it } from 'vitest';
import { Trace } from '../../src/engine/index.js';
import type { RunResult } from '../../src/measure/run-result.js';
import { relaxationOf } from '../../src/scenario/relaxation.js';
import { simulate } from '../../src/scenario/simulate.js';
import { readScenario, runScenario, SCENARIOS } from './golden-record.js';

const ns = (seconds: number): number => Math.round(seconds * 1e9);

const runs = new Map<string, RunResult>();

function traced(name: string): RunResult {
  let run = runs.get(name);
  if (run === undefined) {
    run = runScenario(name, { trace: new Trace() });
    runs.set(name, run);
  }
  return run;
}

describe.each(SCENARIOS)('the critical path of %s', (name) => {
  const { summary, criticalPath } = traced(name);

  it.runIf(criticalPath?.end === 'converged')('adds up to the time to convergence, to the nanosecond', () => {
    const waits = criticalPath!.causes.map(({ seconds }) => ns(seconds));
    expect(waits.reduce((sum, each) => sum + each, 0)).toBe(ns(summary.convergence.seconds!));
    expect(waits.every((each) => each > 0)).toBe(true);
  });

  it.runIf(criticalPath !== undefined)('has no gaps', () => {
    const { links } = criticalPath!;
    for (const [index, link] of links.entries()) {
      if (index > 0) expect(link.from).toBe(links[index - 1]!.to);
    }
  });

  it('is there exactly if something was disturbed and came to something', () => {
    const { timeline } = readScenario(name);
    const lastStep = Math.max(0, ...timeline.map(({ atNs, repeat }) => Math.max(atNs, repeat?.untilNs ?? 0) / 1e9));
    const happened = (summary.convergence.seconds ?? 0) > 0 || (summary.pods.runningAt.p100 ?? 0) > lastStep;
    expect(criticalPath !== undefined).toBe(happened);
  });
});

it('names the setting of what a pod waits for most, as the model calls it', () => {
  const waits = runScenario('my-spring-app', { trace: new Trace() }).criticalPath!.causes;
  const settings = waits.map((wait) => relaxationOf(wait)?.setting);
  for (const setting of ['kubelet.podStart', 'network.delay', 'etcd.fsync']) expect(settings).toContain(setting);
});

/** Where something else takes the place of the longest wait, and what: no more than that can be gained. */
const HIDDEN: Readonly<Record<string, string>> = {
  'closed-clients': 'clients that are refused wait for their seats; those that are not make more work',
  'conflict-storm': 'more requests at a time make more conflicts',
  'database/create': 'a StatefulSet starts its pods one after the other',
  'database/stale-secrets': 'the operator hears of its Secret late, whatever the limit',
  'hub-throughput': 'the load goes on for five seconds, whatever the hub does',
  'job-burst': 'the limit of the client comes after the workers',
  'scale-up-1000': 'the cores of the control plane, and the limit of the scheduler',
  'slow-etcd-disk': 'the disk that the scenario makes slow',
  'step-by-step': 'the kubelet looks at its containers once a second',
  tenants: 'the kubelet looks at its containers once a second',
};

describe('a run without its longest wait', () => {
  it.each(SCENARIOS)('gains at least four fifths of what there was to gain, unless another hides it: %s', (name) => {
    const { criticalPath, summary } = traced(name);
    const top = criticalPath?.causes[0];
    const lift = top === undefined ? undefined : relaxationOf(top)?.lift;
    if (top === undefined || lift === undefined || criticalPath!.end !== 'converged') {
      expect(HIDDEN).not.toHaveProperty([name]);
      return;
    }
    const { convergence } = simulate(lift(readScenario(name))).summary;
    const gain = (summary.convergence.seconds! - convergence.seconds!) / top.seconds;
    if (HIDDEN[name] === undefined) expect(gain).toBeGreaterThan(0.8);
    else expect(gain).toBeLessThan(0.8);
  });
});
