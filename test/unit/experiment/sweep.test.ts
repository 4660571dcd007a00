import { describe, expect, test } from 'vitest';
import { inlinePool } from '../../../src/experiment/inline-pool.js';
import type { Outcome, Pool } from '../../../src/experiment/outcome.js';
import { replicationSeed } from '../../../src/experiment/replication-seed.js';
import { runKey } from '../../../src/experiment/run-record.js';
import { runSweep } from '../../../src/experiment/run-sweep.js';
import type { Sweep } from '../../../src/experiment/sweep.js';
import { sweepResult } from '../../../src/experiment/sweep-result.js';
import { prepareSmall, smallFiles } from './small-scenario.js';

const QPS = 'vary: { controllerManager.kubeApiQps: [5, 50] }\n';

/** A pool of a synthetic model, whose runs end in an order of their own. */
function modelPool(
  sweep: Sweep,
  model: (settings: Readonly<Record<string, unknown>>, seed: number) => number,
  width = 3,
): Pool {
  let turn = 0;
  return {
    width,
    close: async () => {},
    run: async ({ settings, seed }): Promise<Outcome> => {
      for (let wait = (turn++ * 7) % 5; wait > 0; wait--) await Promise.resolve();
      const value = model(Object.fromEntries(settings.map(({ path, value }) => [path, value])), seed);
      const figures = { [sweep.figures[0]!.name]: value };
      return { status: 'done', fingerprint: '', end: 'converged', events: 1, pass: true, figures, halfWidths: {} };
    },
  };
}

describe('the variants of a sweep', () => {
  test('are every combination, the last axis fastest, without the excluded ones', () => {
    const { variants } = prepareSmall(`
vary:
  - controllerManager.kubeApiQps: [5, 50]
  - { scheduler.kubeApiQps: [50, 100], scheduler.kubeApiBurst: [60, 110] }
exclude: [{ controllerManager.kubeApiQps: 50, scheduler.kubeApiQps: 100 }]
`);
    expect(variants.map(({ label }) => label)).toEqual([
      'controllerManager.kubeApiQps=5, scheduler.kubeApiQps=50, kubeApiBurst=60',
      'controllerManager.kubeApiQps=5, scheduler.kubeApiQps=100, kubeApiBurst=110',
      'controllerManager.kubeApiQps=50, scheduler.kubeApiQps=50, kubeApiBurst=60',
    ]);
  });

  test.each([
    ['vary: { controllerManager.kubeApiQqs: [1, 2] }', /unknown key "kubeApiQqs".*with kubeApiQqs=1/],
    ['vary: { "timeline[4].at": [1s] }', /timeline has 1 entries/],
    ['vary: { kubelet.podStart: [soon] }', /"soon"/],
    ['vary: { kubernetes: 5..1 }', /below/],
    ['exclude: [{ a: 1 }]', /a is not varied/],
    ['figures: [{ name: x, value: "1 +" }]', /not CEL/],
    ['until: never', /no rule to stop by/],
  ])('are refused when wrong in all of them: %s', (more, message) => {
    expect(() => prepareSmall(more)).toThrow(message);
  });

  test('keep the rest of the scenario: distributions with commas, and what is not varied', async () => {
    const sweep = prepareSmall('', {
      axes: [{ paths: ['seed'], levels: [[{ path: 'seed', value: 1 }]] }],
      replications: 1,
    });
    const [record] = await runSweep(sweep, inlinePool(sweep.bundle), { known: new Map() });
    const plain = prepareSmall('', { replications: 1 });
    const [again] = await runSweep(plain, inlinePool(plain.bundle), { known: new Map() });
    expect(record!.status === 'done' && record!.fingerprint).toBe(again!.status === 'done' && again!.fingerprint);
  });
});

describe('the content of a variant', () => {
  const contents = (more: string, files = smallFiles(more), program = 'test'): string[] =>
    prepareSmall(more, { program }, files).variants.map(({ content }) => content);

  test('stays when more is varied, more often, or comments change', () => {
    const [five, fifty] = contents(QPS);
    expect(
      contents('vary: { controllerManager.kubeApiQps: [50, 5, 7] }\nreplications: 40 # more\n').slice(0, 2),
    ).toEqual([fifty, five]);
  });

  test('changes with the scenario, a file it names, and the program', () => {
    const [five] = contents(QPS);
    const files = smallFiles(QPS);
    expect(contents(QPS, { ...files, '/exp/web.yaml': files['/exp/web.yaml']!.replace('6', '7') })[0]).not.toBe(five);
    expect(contents(QPS, { ...files, '/exp/small.yaml': files['/exp/small.yaml']!.replace('5m', '6m') })[0]).not.toBe(
      five,
    );
    expect(contents(QPS, files, 'other')[0]).not.toBe(five);
  });
});

describe('a sweep', () => {
  test('gives all variants of a replication the same seed, the first that of the scenario', async () => {
    const sweep = prepareSmall(`${QPS}replications: 2\n`);
    const records = await runSweep(sweep, inlinePool(sweep.bundle), { known: new Map() });
    expect(records.map(({ run, variant, replication, seed }) => [run, variant, replication, seed])).toEqual([
      [1, 1, 1, 1],
      [2, 2, 1, 1],
      [3, 1, 2, replicationSeed(1, 2)],
      [4, 2, 2, replicationSeed(1, 2)],
    ]);
  });

  test('has the same records in the same order, however many runs are made at once', async () => {
    const sweep = prepareSmall('vary: { controllerManager.kubeApiQps: [1, 2, 3] }\nreplications: 7\n');
    const model = (settings: Readonly<Record<string, unknown>>, seed: number): number =>
      Number(settings['controllerManager.kubeApiQps']) + (seed % 7);
    const texts = [1, 2, 8].map((width) => runSweep(sweep, modelPool(sweep, model, width), { known: new Map() }));
    const [one, two, eight] = (await Promise.all(texts)).map((records) => JSON.stringify(records));
    expect(two).toBe(one);
    expect(eight).toBe(one);
  });

  test('runs nothing again that is known', async () => {
    const sweep = prepareSmall(`${QPS}replications: 6\n`);
    const first = await runSweep(
      { ...sweep, replications: 4 },
      modelPool(sweep, () => 1),
      { known: new Map() },
    );
    const known = new Map(first.map((record) => [runKey(record.content, record.seed), record as Outcome]));
    const made: number[] = [];
    const all = await runSweep(
      sweep,
      modelPool(sweep, () => 1),
      { known, ended: ({ replication }) => made.push(replication) },
    );
    expect(made.sort()).toEqual([5, 5, 6, 6]);
    expect(all).toHaveLength(12);
  });

  test('stops a variant as soon as it is known well enough, looking every five runs', async () => {
    const sweep = prepareSmall(`${QPS}until: relative half-width < 10 %\n`);
    const model = (settings: Readonly<Record<string, unknown>>, seed: number): number =>
      settings['controllerManager.kubeApiQps'] === 5 ? 100 : 100 + (seed % 100);
    const records = await runSweep(sweep, modelPool(sweep, model), { known: new Map() });
    const { variants } = sweepResult(sweep, records);
    expect(variants[0]!.done).toBe(5);
    expect(variants[1]!.done).toBeGreaterThan(5);
    expect(variants[1]!.done % 5).toBe(0);
    const { halfWidth, mean } = variants[1]!.figures[sweep.figures[0]!.name]!;
    expect(halfWidth / mean).toBeLessThan(0.1);
  });

  test('goes on when a variant fails, and says why it did', async () => {
    const sweep = prepareSmall('vary: { "timeline[0].apply": [web.yaml, gone.yaml] }\nreplications: 2\n');
    const records = await runSweep(sweep, inlinePool(sweep.bundle), { known: new Map() });
    const { variants } = sweepResult(sweep, records);
    expect(variants.map(({ done, failed }) => [done, failed])).toEqual([
      [2, 0],
      [0, 2],
    ]);
    expect(variants[1]!.failure).toMatch(/no file gone\.yaml/);
  });

  test('compares every variant with the first, run by run', async () => {
    const sweep = prepareSmall(`${QPS}replications: 10\n`);
    // The seeds scatter the runs a hundred times wider than the variants differ.
    const model = (settings: Readonly<Record<string, unknown>>, seed: number): number =>
      (seed % 1000) + (settings['controllerManager.kubeApiQps'] === 5 ? 0 : -3);
    const { variants } = sweepResult(sweep, await runSweep(sweep, modelPool(sweep, model), { known: new Map() }));
    const { difference } = variants[1]!.figures[sweep.figures[0]!.name]!;
    expect(difference).toMatchObject({ mean: -3, halfWidth: 0, direction: 'less', kind: 'paired' });
    const { halfWidth, values, p10, p50, p90 } = variants[0]!.figures[sweep.figures[0]!.name]!;
    expect(halfWidth).toBeGreaterThan(100);
    const sorted = [...values].sort((a, b) => a - b);
    expect([p10, p50, p90]).toEqual([sorted[0], sorted[4], sorted[8]]);
  });

  test('evaluates figures of its own, series after their warm-up among them', async () => {
    const sweep = prepareSmall(`
replications: 1
vary: { stop: [{ when: horizon, atMost: 30s }] }
figures:
  - { name: leases, value: 'hub.byRequest.filter(r, r.resource == "leases")[0].count - 1.0' }
  - { name: ended, value: 'end.reason == "converged"' }
  - { name: busy, series: requests, warmUp: mser-5, unit: /s }
  - { name: nothing, value: nodes.unknownAt.p100 }
`);
    const [record] = await runSweep(sweep, inlinePool(sweep.bundle), { known: new Map() });
    if (record!.status !== 'done') throw new Error(record!.message);
    expect(record!.figures).toMatchObject({ ended: 0, nothing: null });
    expect(record!.figures.busy).toBeGreaterThan(0);
    expect(record!.figures.leases).toBeGreaterThan(0);
    expect(record!.figures['convergence.seconds']).toBeGreaterThan(0.1);
  });
});
