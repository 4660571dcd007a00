import { describe, expect, test } from 'vitest';
import type { Outcome } from '../../../src/experiment/outcome.js';
import { runSweep } from '../../../src/experiment/run-sweep.js';
import { type SweepResult, sweepResult } from '../../../src/experiment/sweep-result.js';
import { answer } from '../../../src/report/sweep/answer.js';
import { plain, withError } from '../../../src/report/sweep/number-text.js';
import { sweepCharts } from '../../../src/report/sweep/sweep-charts.js';
import { sweepHtml } from '../../../src/report/sweep/sweep-html.js';
import { sweepPngs } from '../../../src/report/sweep/sweep-pngs.js';
import { prepareSmall } from '../experiment/small-scenario.js';

type Model = (settings: Readonly<Record<string, number>>, noise: number) => Record<string, number | null>;

/** What a sweep of a synthetic model comes to; the noise is the same for all variants of a replication. */
async function swept(vary: string, model: Model): Promise<SweepResult> {
  const figures =
    'figures: [{ name: time, value: convergence.seconds, unit: s }, { name: load, value: hub.rate.mean, unit: /s }]\n';
  const sweep = prepareSmall(`vary: ${vary}\nreplications: 6\n${figures}`);
  const run = async ({
    settings,
    seed,
  }: {
    settings: readonly { path: string; value: unknown }[];
    seed: number;
  }): Promise<Outcome> => {
    const values = model(
      Object.fromEntries(settings.map(({ path, value }) => [path, Number(value)])),
      (seed % 100) / 100,
    );
    return {
      status: 'done',
      fingerprint: '',
      end: 'converged',
      events: 1,
      pass: true,
      figures: values,
      halfWidths: {},
    };
  };
  return sweepResult(sweep, await runSweep(sweep, { width: 1, run, close: async () => {} }, { known: new Map() }));
}

const QPS = 'controllerManager.kubeApiQps';
/** A wait that falls as one over the limit until nothing is left to gain at 100. */
const saturating: Model = (settings, noise) => ({
  time: 1000 / Math.min(100, settings[QPS]!) + noise,
  load: settings[QPS]! * 2,
});

describe('the answer of a sweep', () => {
  test('names the best, the worst, where the gain ends, and the price', async () => {
    const text = answer(await swept(`{ ${QPS}: [10, 20, 100, 200, 400] }`, saturating));
    expect(text).toMatch(/^time is least with kubeApiQps=100, 10\.\d+ ± 0\.\d+ s, and most with kubeApiQps=10/);
    expect(text).toContain('the largest step is from 20 to 100');
    expect(text).toContain('load rises with it (+900 %): 20 /s with kubeApiQps=10, 200 /s with kubeApiQps=100.');
  });

  test('says from where on nothing more is gained', async () => {
    const text = answer(
      await swept(`{ ${QPS}: [10, 100, 200, 400] }`, (settings, noise) => ({
        time: 1000 / Math.min(100, settings[QPS]!) + noise - settings[QPS]! / 1e5,
        load: 1,
      })),
    );
    expect(text).toContain('kubeApiQps 100 is enough: no more than 1 % is gained beyond it.');
  });

  test('finds the power by which a figure grows', async () => {
    const text = answer(
      await swept(`{ ${QPS}: [10, 20, 40] }`, (settings) => ({ time: settings[QPS]! ** 2, load: 1 })),
    );
    expect(text).toContain('twice the kubeApiQps makes 4 times the time');
  });

  test('claims no difference where there is none', async () => {
    let turn = 0;
    const text = answer(
      await swept(`{ ${QPS}: [10, 20] }`, () => ({
        time: [3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8][turn++ % 12]!,
        load: null,
      })),
    );
    expect(text).toMatch(/^No difference in time is shown between the variants/);
    expect(text).toContain('No run has load.');
  });
});

describe('the charts of a sweep', () => {
  test('are curves with bands for one number, heatmaps for two factors', async () => {
    const one = sweepCharts(await swept(`{ ${QPS}: [10, 20, 400] }`, saturating));
    expect(one.map(({ name }) => name)).toEqual([
      'response-time',
      'response-load',
      'trade-off',
      'distribution-time',
      'distribution-load',
    ]);
    const [mean, low, high] = one[0]!.configuration.data.datasets.map(
      ({ data }) => data as unknown as { x: number; y: number }[],
    );
    expect(mean!.map(({ x }) => x)).toEqual([10, 20, 400]);
    for (const [index, { y }] of mean!.entries()) {
      expect(low![index]!.y).toBeLessThan(y);
      expect(high![index]!.y).toBeGreaterThan(y);
    }
    const two = sweepCharts(await swept(`{ ${QPS}: [10, 20], scheduler.kubeApiQps: [50, 60, 70] }`, saturating));
    const heatmap = two.find(({ name }) => name === 'heatmap-time')!;
    expect(heatmap.configuration.data.datasets).toHaveLength(2);
    expect(heatmap.configuration.notes!.texts).toHaveLength(6);
  });

  test('are drawn as PNG files, and stand on a page that needs nothing from outside', async () => {
    const result = await swept(`{ ${QPS}: [10, 20], scheduler.kubeApiQps: [50, 60] }`, saturating);
    const charts = sweepCharts(result);
    for (const { content } of await sweepPngs(charts)) expect([...content][0]!.slice(1, 4).toString()).toBe('PNG');
    const page = sweepHtml({ ...result, question: 'Is 1 < 2 & "so"?' }, charts, {
      program: 'p',
      scenario: '',
      files: {},
    });
    expect(page).toContain('Is 1 &lt; 2 &amp; &quot;so&quot;?');
    expect(page.match(/<canvas/g)).toHaveLength(charts.length);
    expect(page).not.toMatch(/(src|href)="|@import|url\(/);
    for (const [, script] of page.matchAll(/<script>(.*?)<\/script>/gs))
      expect(() => new Function(script!)).not.toThrow();
  });
});

test('numbers have as many digits as are known', () => {
  expect(withError(10.7654, 0.0049)).toBe('10.7654 ± 0.0049');
  expect(withError(145.8, 3)).toBe('145.8 ± 3.0');
  expect(withError(12345.6, 123)).toBe('12,346 ± 123');
  expect(withError(5, Number.POSITIVE_INFINITY)).toBe('5');
  expect(plain(0.000164)).toBe('0.000164');
  expect(plain(1234567)).toBe('1,234,567');
});
