import { describe, expect, test } from 'vitest';
import type { CriticalPath } from '../../../src/measure/critical-path.js';
import type { ChartFile } from '../../../src/report/charts/chart-file.js';
import { chartFiles } from '../../../src/report/charts/chart-files.js';
import { comparisonCharts } from '../../../src/report/charts/comparison-charts.js';
import { cpuChart } from '../../../src/report/charts/cpu-chart.js';
import { criticalPathChart } from '../../../src/report/charts/critical-path-chart.js';
import { latencyChart } from '../../../src/report/charts/latency-chart.js';
import { podsChart } from '../../../src/report/charts/pods-chart.js';
import { podsPerNodeChart } from '../../../src/report/charts/pods-per-node-chart.js';
import { queueDepthChart } from '../../../src/report/charts/queue-depth-chart.js';
import { requestMixChart } from '../../../src/report/charts/request-mix-chart.js';
import { requestsChart } from '../../../src/report/charts/requests-chart.js';
import { readable, timeUnit, trim } from '../../../src/report/charts/time-unit.js';
import { titleLines } from '../../../src/report/charts/title.js';
import { watchLagChart } from '../../../src/report/charts/watch-lag-chart.js';
import { watchLagHeatmap } from '../../../src/report/charts/watch-lag-heatmap.js';
import { compareRuns } from '../../../src/report/run-comparison.js';
import { slowestPart } from '../../../src/report/slowest-part.js';
import { syntheticResult } from './synthetic.js';

const result = syntheticResult(1000);
const criticalPath: CriticalPath = {
  end: 'converged',
  seconds: 50,
  causes: Array.from({ length: 14 }, (_, at) => ({
    name: `wait ${at}`,
    cause: at === 0 ? 'limiter' : 'disk',
    seconds: at === 0 ? 37 : 1,
    count: 1,
  })),
  links: [],
  workloads: [],
  podCount: 0,
  pods: [],
};
const explained = { ...result, criticalPath };

function title(chart: ChartFile<unknown>): unknown {
  const { options } = chart.configuration as { options: { plugins: { title: { text: unknown } } } };
  return options.plugins.title.text;
}

describe('charts', () => {
  test('say the finding in their titles', () => {
    expect(title(podsChart(result))).toBe('1,000 pods started, the last after 50 s; converged after 50 s');
    expect(title(requestsChart(result))).toBe('Up to 71 requests a second, most from kubelet');
    expect(title(watchLagChart(result))).toBe('Watch events arrive within 4.8 ms (99 %), 18 ms at worst');
  });

  test('of the further ones too', () => {
    const row = {
      client: 'kubelet',
      verb: 'update',
      resource: 'leases',
      subresource: '',
      code: 200,
      latency: result.summary.etcd.commitLatency,
      priorityLevel: 'node-high',
      rate: 40,
      bytes: 1000,
    };
    const byRequest = [
      { ...row, count: 2000 },
      { ...row, client: 'scheduler', verb: 'create', resource: 'pods', subresource: 'binding', count: 1100 },
    ];
    const hub = { ...result.summary.hub, byRequest };
    expect(title(requestMixChart({ ...result.summary, hub }))).toBe('64.5 % of 3,100 requests: update leases');
    expect(title(latencyChart(result.series))).toBe('99 % of reads within 1.99 ms, of writes within 3.98 ms');
    expect(title(watchLagHeatmap(result))).toBe('Half of 14,000 watch events come within 1 ms, 99 % within 4.8 ms');
    expect(title(queueDepthChart(result))).toBe('At most 3 objects for deployment waited');
    expect(title(cpuChart(result))).toBe('0.0307 cores busy on average, 0.0247 of them with kube-apiserver');
    expect(title(podsPerNodeChart(result))).toBe('1,000 pods on 100 nodes: 10 on each');
    expect(title(criticalPathChart(criticalPath))).toBe('37 s of the 50 s to convergence: wait 0');
  });

  test('count a node without pods, and not a pod that is gone', () => {
    const goneNs = result.pods.goneNs.slice();
    goneNs[0] = result.endNs;
    const nodeStates = [...result.nodeStates, { atNs: 0, node: 'spare', state: 'ready' as const }];
    const chart = podsPerNodeChart({ pods: { ...result.pods, goneNs }, nodeStates });
    expect(title(chart)).toBe('999 pods on 101 nodes: 99 have 10, none has more than 10');
    expect(chart.configuration.data.datasets[0]!.data).toEqual([1, 0, 0, 0, 0, 0, 0, 0, 0, 1, 99]);
  });

  test('of a comparison say which way the figures went, on one axis', () => {
    const other = syntheticResult(500);
    const runs = [result, other].map((run, at) => ({
      name: `results/${at === 0 ? 'a' : 'b'}`,
      summary: run.summary,
      configuration: {},
    }));
    const charts = comparisonCharts([result, other], compareRuns(runs));
    expect(charts.map(title)).toEqual([
      'Converged: a after 50 s, b after 25 s',
      'b against a: 4 figures better (blue), 1 worse (orange)',
      '99 % of writes within: a 3.98 ms, b 3.98 ms',
    ]);
  });

  test('a long title goes over two lines, after a part', () => {
    const long = `${'a'.repeat(60)}, ${'b'.repeat(60)}`;
    expect(titleLines(long)).toEqual([`${'a'.repeat(60)},`, 'b'.repeat(60)]);
    expect(titleLines('short')).toBe('short');
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
    const [first, second] = [await chartFiles(explained, true), await chartFiles(explained, true)];
    const names = [
      'pods',
      'requests',
      'watch-lag',
      'request-mix',
      'latency',
      'watch-lag-heatmap',
      'queue-depth',
      'cpu',
    ];
    expect(first.map(({ path }) => path)).toEqual(
      [...names, 'pods-per-node', 'critical-path'].map((name) => `charts/${name}.png`),
    );
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
