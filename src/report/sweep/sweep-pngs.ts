import { createRenderer } from '../charts/renderer.js';
import type { ResultFile } from '../result-files.js';
import { type SweepChart, TEXT } from './chart-look.js';
import { drawNotes, finishChart } from './draw-notes.js';

/** The charts as PNG files under `charts/`. */
export async function sweepPngs(charts: readonly SweepChart[]): Promise<readonly ResultFile[]> {
  const render = await createRenderer();
  const files: ResultFile[] = [];
  for (const { name, configuration } of charts) {
    // A copy: finishing puts functions into what must stay data.
    const finished = finishChart(structuredClone(configuration), drawNotes, TEXT);
    files.push({ path: `charts/${name}.png`, content: [await render(finished)] });
  }
  return files;
}
