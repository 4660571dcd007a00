import type { ChartConfiguration } from 'chart.js';
import type { RunResult } from '../../measure/run-result.js';
import type { ResultFile } from '../result-files.js';
import { podsChart } from './pods-chart.js';
import { createRenderer } from './renderer.js';
import { requestsChart } from './requests-chart.js';
import { watchLagChart } from './watch-lag-chart.js';

/** The charts of a run as PNG files under `charts/`. */
export async function chartFiles(result: RunResult): Promise<readonly ResultFile[]> {
  const render = await createRenderer();
  const charts = [podsChart(result), requestsChart(result), watchLagChart(result)];
  return Promise.all(
    charts.map(async ({ name, configuration }) => ({
      path: `charts/${name}`,
      content: [await render(configuration as unknown as ChartConfiguration)],
    })),
  );
}
