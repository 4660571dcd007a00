import type { ChartConfiguration } from 'chart.js';
import type { MeasuredRun } from '../../src/cli/bench/measured-run.js';
import { PALETTE } from '../../src/report/charts/look.js';
import type { Newest } from './newest.js';
import { type RunSize, runSize } from './run-size.js';

interface Figure {
  readonly file: string;
  readonly configuration: ChartConfiguration;
}

interface Size extends RunSize {
  readonly run: MeasuredRun;
}

const BLUE = PALETTE[0];

/** What the records look like: `results/*.png`. */
export function figures(found: Newest): readonly Figure[] {
  const sizes = sizesOf(found);
  const byPods = (value: (size: Size) => number) => sizes.map((size) => ({ x: size.pods, y: value(size) }));
  const largest = new Map(sizes.toSorted((a, b) => a.pods - b.pods).map((size) => [size.nodes, size.run]));
  const byNodes = [...largest].map(([nodes, run]) => ({ x: nodes, y: run.eventsPerSecond / 1e6 }));
  return [
    line(
      'time-by-pods.png',
      'Time of a whole run',
      'pods',
      'seconds',
      byPods(({ run }) => run.seconds),
    ),
    line(
      'memory-by-pods.png',
      'Memory of a whole run',
      'pods',
      'MiB',
      byPods(({ run }) => run.peakMemoryBytes / 2 ** 20),
    ),
    line('events-by-nodes.png', 'Events simulated a second', 'nodes', 'million events a second', byNodes),
    peers(found),
  ];
}

function sizesOf({ runs }: Newest): Size[] {
  return [...runs].flatMap(([name, run]) => {
    const size = runSize(name);
    return size === undefined ? [] : [{ ...size, run }];
  });
}

function line(file: string, title: string, x: string, y: string, points: { x: number; y: number }[]): Figure {
  const data = points.toSorted((a, b) => a.x - b.x);
  return {
    file,
    configuration: {
      type: 'line',
      data: { datasets: [{ data, borderColor: BLUE, backgroundColor: BLUE, pointRadius: 4 }] },
      options: {
        responsive: false,
        animation: false,
        locale: 'en-US',
        layout: { padding: 16 },
        plugins: {
          title: { display: true, text: title, align: 'start', font: { size: 18 } },
          legend: { display: false },
        },
        scales: {
          x: { type: 'logarithmic', title: { display: true, text: `${x} (logarithmic)` } },
          y: { type: 'logarithmic', title: { display: true, text: `${y} (logarithmic)` } },
        },
      },
    },
  };
}

function peers({ nsPerOperation }: Newest): Figure {
  const cases = [...nsPerOperation].filter(([name]) => name.startsWith('processes: '));
  const names = [...new Set(cases.flatMap(([, times]) => Object.keys(times)))];
  const datasets = names.map((name, index) => ({
    label: name,
    data: cases.map(([, times]) => (times[name] === undefined ? null : 1e3 / times[name])),
    backgroundColor: PALETTE[index % PALETTE.length]!,
  }));
  return {
    file: 'peers.png',
    configuration: {
      type: 'bar',
      data: { labels: cases.map(([name]) => name.replace('processes: ', '')), datasets },
      options: {
        responsive: false,
        animation: false,
        locale: 'en-US',
        layout: { padding: 16 },
        plugins: {
          title: { display: true, text: 'Processes that pause and go on', align: 'start', font: { size: 18 } },
        },
        scales: { y: { title: { display: true, text: 'million events a second' } } },
      },
    },
  };
}
