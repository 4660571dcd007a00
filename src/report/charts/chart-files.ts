import type { ChartConfiguration } from 'chart.js';
import type { RunResult } from '../../measure/run-result.js';
import type { ResultFile } from '../result-files.js';
import type { ChartFile } from './chart-file.js';
import { podsChart } from './pods-chart.js';
import { createRenderer } from './renderer.js';
import { requestsChart } from './requests-chart.js';
import { watchLagChart } from './watch-lag-chart.js';

/** The charts of a run as PNG files under `charts/`. */
export async function chartFiles(result: RunResult): Promise<readonly ResultFile[]> {
  return draw([podsChart(result), requestsChart(result), watchLagChart(result)]);
}

/** Draws charts as PNG files under `charts/`. */
export async function draw(charts: readonly ChartFile[]): Promise<readonly ResultFile[]> {
  const render = await createRenderer();
  return Promise.all(
    charts.map(async ({ name, configuration }) => ({
      path: `charts/${name}`,
      content: [await render(configuration as unknown as ChartConfiguration)],
    })),
  );
}
