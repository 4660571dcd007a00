import type { ChartConfiguration } from 'chart.js';
import type { RunResult } from '../../measure/run-result.js';
import type { ChartFile } from './chart-file.js';
import { FAINT, PALETTE, TEXT } from './look.js';
import { trim } from './time-unit.js';
import { titleLines } from './title.js';

/** Bars at most: of more counts some share one. */
const BARS = 40;

type Measured = Pick<RunResult, 'pods' | 'nodeStates'>;

/** How many nodes have how many pods at the end. */
export function podsPerNodeChart(run: Measured): ChartFile<ChartConfiguration<'bar', number[], string>> {
  const counts = podsPerNode(run);
  // One beside the smallest shows that there are none with fewer.
  const first = Math.max(0, (counts[0] ?? 0) - 1);
  const fullest = counts.at(-1) ?? 0;
  const width = Math.max(1, Math.ceil((fullest - first + 1) / BARS));
  const bars = new Array<number>(Math.floor((fullest - first) / width) + 1).fill(0);
  for (const count of counts) bars[Math.floor((count - first) / width)]!++;
  const labels = bars.map((_, at) => label(first + at * width, width));
  const ticks = { color: TEXT, font: { size: 13 } };
  const axisTitle = (text: string) => ({ display: true, text, color: TEXT, font: { size: 14 } });
  return {
    name: 'pods-per-node.png',
    configuration: {
      type: 'bar',
      data: {
        labels,
        datasets: [
          { label: 'nodes', backgroundColor: PALETTE[0], barPercentage: 1, categoryPercentage: 0.92, data: bars },
        ],
      },
      options: {
        responsive: false,
        animation: false,
        locale: 'en-US',
        layout: { padding: { top: 8, right: 24, bottom: 8, left: 8 } },
        plugins: {
          title: {
            display: true,
            text: titleLines(titleOf(counts)),
            align: 'start',
            color: TEXT,
            font: { size: 18, weight: 'bold' },
          },
          legend: { display: false },
        },
        scales: {
          x: {
            title: axisTitle('pods on a node at the end'),
            ticks: { ...ticks, maxRotation: 0 },
            grid: { display: false },
          },
          y: {
            min: 0,
            grace: '5%',
            title: axisTitle('nodes'),
            ticks: { ...ticks, precision: 0 },
            grid: { color: FAINT },
          },
        },
      },
    },
  };
}

function label(from: number, width: number): string {
  return width === 1 ? String(from) : `${from}–${from + width - 1}`;
}

/** Pods on each node that was ever ready, and is not gone, ascending. */
function podsPerNode({ pods, nodeStates }: Measured): number[] {
  const onNode = new Map<string, number>();
  for (const { node, state } of nodeStates) {
    if (state === 'gone') onNode.delete(node);
    else onNode.set(node, 0);
  }
  for (let row = 0; row < pods.count; row++) {
    const node = pods.node[row]!;
    if (pods.boundNs[row]! < 0 || pods.goneNs[row]! >= 0) continue;
    onNode.set(node, (onNode.get(node) ?? 0) + 1);
  }
  return [...onNode.values()].sort((a, b) => a - b);
}

function titleOf(counts: readonly number[]): string {
  const [least, most] = [counts[0], counts.at(-1)];
  if (least === undefined || most === undefined) return 'There are no nodes';
  const all = counts.reduce((sum, count) => sum + count, 0);
  const on = `${trim(all)} ${all === 1 ? 'pod' : 'pods'} on ${trim(counts.length)} ${counts.length === 1 ? 'node' : 'nodes'}`;
  if (least === most) return `${on}: ${least} on each`;
  const [often, nodes] = mostOften(counts);
  return `${on}: ${trim(nodes)} have ${often}, none has more than ${most}`;
}

/** Which count is met most often, and how often; of several the smallest. */
function mostOften(counts: readonly number[]): [count: number, nodes: number] {
  const met = new Map<number, number>();
  for (const count of counts) met.set(count, (met.get(count) ?? 0) + 1);
  return [...met].reduce((best, one) => (one[1] > best[1] ? one : best));
}
