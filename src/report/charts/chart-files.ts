import type { ChartConfiguration } from 'chart.js';
import type { ChartedRun } from '../reported-run.js';
import type { ResultFile } from '../result-files.js';
import type { ChartFile } from './chart-file.js';
import { cpuChart } from './cpu-chart.js';
import { criticalPathChart } from './critical-path-chart.js';
import { latencyChart } from './latency-chart.js';
import { podsChart } from './pods-chart.js';
import { podsPerNodeChart } from './pods-per-node-chart.js';
import { queueDepthChart } from './queue-depth-chart.js';
import { createRenderer } from './renderer.js';
import { requestMixChart } from './request-mix-chart.js';
import { requestsChart } from './requests-chart.js';
import { watchLagChart } from './watch-lag-chart.js';
import { watchLagHeatmap } from './watch-lag-heatmap.js';

/** The charts of a run as PNG files under `charts/`: the three that tell most, or with `all` every one. */
export async function chartFiles(result: ChartedRun, all: boolean): Promise<readonly ResultFile[]> {
  const main = [podsChart(result), requestsChart(result), watchLagChart(result)];
  return draw(all ? [...main, ...furtherCharts(result)] : main);
}

function furtherCharts(result: ChartedRun): ChartFile<unknown>[] {
  const { criticalPath } = result;
  return [
    requestMixChart(result.summary),
    latencyChart(result.series),
    watchLagHeatmap(result),
    queueDepthChart(result),
    cpuChart(result),
    podsPerNodeChart(result),
    ...(criticalPath === undefined ? [] : [criticalPathChart(criticalPath)]),
  ];
}

/** Draws charts as PNG files under `charts/`. */
export async function draw(charts: readonly ChartFile<unknown>[]): Promise<readonly ResultFile[]> {
  const render = await createRenderer();
  return Promise.all(
    charts.map(async ({ name, configuration }) => ({
      path: `charts/${name}`,
      content: [await render(configuration as ChartConfiguration)],
    })),
  );
}
