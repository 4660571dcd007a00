import { describe, expect, test } from 'vitest';
import { chartFiles } from '../../../src/report/charts/chart-files.js';
import { podsChart } from '../../../src/report/charts/pods-chart.js';
import { requestsChart } from '../../../src/report/charts/requests-chart.js';
import { readable, timeUnit, trim } from '../../../src/report/charts/time-unit.js';
import { watchLagChart } from '../../../src/report/charts/watch-lag-chart.js';
import { slowestPart } from '../../../src/report/slowest-part.js';
import { syntheticResult } from './synthetic.js';

const result = syntheticResult(1000);

function title(chart: ReturnType<typeof podsChart>): unknown {
  return chart.configuration.options?.plugins?.title?.text;
}

describe('charts', () => {
  test('say the finding in their titles', () => {
    expect(title(podsChart(result))).toBe('1,000 pods started, the last after 50 s; converged after 50 s');
    expect(title(requestsChart(result))).toBe('Up to 71 requests a second, most from kubelet');
    expect(title(watchLagChart(result))).toBe('Watch events arrive within 4.8 ms (99 %), 18 ms at worst');
  });

  test('end at the counts of the run', () => {
    const last = podsChart(result).configuration.data.datasets.map(({ data }) => data.at(-1));
    expect(last).toEqual([
      { x: 50, y: 1000 },
      { x: 50, y: 1000 },
      { x: 50, y: 1000 },
    ]);
  });

  test('have no more points than pixels, and keep the highest one', () => {
    const long = syntheticResult(100_000);
    const lagMax = long.watch.lagMax.map((lag, second) => (second === 2345 ? 9 : lag));
    const chart = watchLagChart({ ...long, watch: { ...long.watch, lagMax } });
    const worst = chart.configuration.data.datasets.find(({ label }) => label === 'worst')!.data;
    expect(worst.length).toBeLessThanOrEqual(800);
    expect(Math.max(...worst.map(({ y }) => y ?? 0))).toBe(9000);
  });

  test('are PNG files, the same bytes each time', async () => {
    const [first, second] = [await chartFiles(result), await chartFiles(result)];
    expect(first.map(({ path }) => path)).toEqual(['charts/pods.png', 'charts/requests.png', 'charts/watch-lag.png']);
    for (const [index, { content }] of first.entries()) {
      const [image] = [...content] as Buffer[];
      expect(image!.subarray(1, 4).toString()).toBe('PNG');
      expect(image!.equals([...second[index]!.content][0] as Buffer)).toBe(true);
    }
  });
});

test('a time is written in the unit in which it is best read', () => {
  expect([0.35, 49.56, 700, 20_000].map(readable)).toEqual(['350 ms', '49.6 s', '11.7 min', '5.56 h']);
  expect([0, 0.123456, 1234567].map(trim)).toEqual(['0', '0.123', '1,234,567']);
  expect(timeUnit(1e9)).toEqual({ name: 'ms', ns: 1e6, length: 1000 });
  expect(timeUnit(3600e9).name).toBe('minutes');
});

describe('slowestPart', () => {
  test('names the stretch that took longest and the client whose limit held it up', () => {
    expect(slowestPart(result.summary)).toEqual({
      name: 'creating pods',
      seconds: 50,
      limitedClient: 'replicaset-controller',
    });
  });

  test('is unknown when nothing happened to any pod', () => {
    const never = { p1: null, p10: null, p50: null, p90: null, p99: null, p100: null };
    const pods = { ...result.summary.pods, createdAt: never, boundAt: never, runningAt: never, goneAt: never };
    expect(slowestPart({ ...result.summary, pods })).toBeUndefined();
  });
});
