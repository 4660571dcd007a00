import { describe, expect, it } from 'vitest';
import { Trace } from '../../src/engine/index.js';
import { relaxationOf } from '../../src/scenario/relaxation.js';
import { simulate } from '../../src/scenario/simulate.js';
import { readScenario, runScenario, SCENARIOS } from './golden-record.js';

const ns = (seconds: number): number => Math.round(seconds * 1e9);

describe.each(SCENARIOS)('the critical path of %s', (name) => {
  const { summary, criticalPath } = runScenario(name, { trace: new Trace() });

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

describe('a run without its longest wait', () => {
  it.each(['rolling-update', 'my-spring-app', 'leader-failover'])(
    'gains at least four fifths of what there was to gain in %s',
    (name) => {
      const { criticalPath, summary } = runScenario(name, { trace: new Trace() });
      const top = criticalPath!.causes[0]!;
      const lifted = simulate(relaxationOf(top)!.lift!(readScenario(name))).summary.convergence.seconds!;
      expect(summary.convergence.seconds! - lifted).toBeGreaterThan(0.8 * top.seconds);
    },
  );
});
