import type { PageData } from '../report/html/page-data.js';
import { pathSection } from './path-section.js';
import { replaySection } from './replay/replay-section.js';
import { themeButton } from './theme.js';
import { timelines } from './timelines.js';
import { workloadTable } from './workload-table.js';

const data = JSON.parse(document.getElementById('data')!.textContent) as PageData;
const repaints = [
  replaySection(section('replay'), data),
  timelines(section('timelines'), data),
  data.criticalPath === undefined ? nothing : pathSection(section('path'), data.criticalPath),
];
workloadTable(section('workloads'), data.summary.convergence.workloads);
themeButton(document.getElementById('theme')!, () => {
  for (const repaint of repaints) repaint();
});

function section(id: string): HTMLElement {
  return document.getElementById(id)!;
}

function nothing(): void {}
