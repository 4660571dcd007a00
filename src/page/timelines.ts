import uPlot from 'uplot';
import type { NamedSeries } from '../measure/run-result.js';
import type { PageData, PageDurations } from '../report/html/page-data.js';
import { digits, durationText } from './duration-text.js';
import { element } from './element.js';
import { marksPlugin } from './marks-plugin.js';
import { type Palette, palette } from './palette.js';

const HEIGHT = 220;
/** Above the highest point there is room for the names of steps. */
const HEADROOM = 1.15;
/** Names with a line of their own; the others are one. */
const NAMES_SHOWN = 7;

interface Line {
  readonly name: string;
  readonly values: readonly (number | null)[];
  readonly stacked?: readonly number[];
}

interface Timeline {
  readonly id: string;
  readonly title: string;
  readonly times: readonly number[];
  readonly lines: readonly Line[];
  readonly text: (value: number) => string;
  readonly stacked?: boolean;
  readonly log?: boolean;
}

/** All charts over time, one cursor for all; returns how to recolour them. */
export function timelines(section: HTMLElement, data: PageData): () => void {
  const grid = element('div', { class: 'grid' });
  section.append(
    element(
      'p',
      { class: 'note' },
      'Drag across a chart to look closer at all of them, double-click to see all again. Lines in orange are steps, in red faults.',
    ),
    grid,
  );
  const all = describe(data).filter(({ lines }) => lines.length > 0);
  let drawn: uPlot[] = [];
  let width = 0;
  const draw = (): void => {
    for (const plot of drawn) plot.destroy();
    width = plotWidth(grid);
    const colors = palette();
    grid.replaceChildren();
    drawn = all.map((timeline) => {
      const figure = element('figure', { id: `chart-${timeline.id}`, 'aria-label': timeline.title });
      grid.append(figure);
      return plot(timeline, data, colors, figure, width);
    });
  };
  draw();
  addEventListener('resize', () => {
    if (plotWidth(grid) !== width) draw();
  });
  return draw;
}

function plotWidth(grid: HTMLElement): number {
  const columns = grid.clientWidth >= 860 ? 2 : 1;
  return Math.floor((grid.clientWidth - 20 * (columns - 1)) / columns) - 26;
}

function describe({ counts, series }: PageData): Timeline[] {
  const moments = counts.running.map((_, at) => at * counts.step);
  const samples = series.commitRate.map((_, at) => (at + 1) * series.step);
  const pods = (name: string, values: readonly number[]): Line => ({ name, values });
  const ofNames = (id: string, title: string, all: readonly NamedSeries[], text = digits): Timeline => {
    return { id, title, times: samples, lines: busiest(all), text, stacked: true };
  };
  const spread = (id: string, title: string, all: PageDurations): Timeline => {
    return { id, title, times: samples, lines: spreadLines(all), text: durationText, log: true };
  };
  return [
    {
      id: 'pods',
      title: 'Pods',
      times: moments,
      text: digits,
      lines: [
        pods(
          'created',
          counts.created.map((count, at) => count - counts.gone[at]!),
        ),
        pods('bound', counts.bound),
        pods('running', counts.running),
      ],
    },
    ofNames('requests', 'Requests a second, by client', series.requests),
    spread('latency', 'Time to answer, at the API server', series.latency),
    spread('watch-lag', 'Watch lag: from commit to cache', series.watchLag),
    ofNames('watch-events', 'Watch events a second, by program', series.watchEvents),
    ofNames('queues', 'Requests waiting for a seat, by priority level', series.waiting),
    ofNames('seats', 'Seats in use, by priority level', series.seats),
    ofNames('cpu', 'Processors, cores busy', series.cores),
    {
      id: 'etcd-rate',
      title: 'etcd commits a second',
      times: samples,
      text: digits,
      lines: nonZero('commits', series.commitRate),
    },
    spread('etcd', 'Time of an etcd commit', series.commit),
  ];
}

function nonZero(name: string, values: readonly number[]): Line[] {
  return values.some((value) => value > 0) ? [{ name, values }] : [];
}

function spreadLines({ p50, p99, max }: PageDurations): Line[] {
  const drawn = (values: readonly number[]): (number | null)[] => values.map((value) => (value > 0 ? value : null));
  if (!max.some((value) => value > 0)) return [];
  return [
    { name: 'worst', values: drawn(max) },
    { name: '99 %', values: drawn(p99) },
    { name: 'median', values: drawn(p50) },
  ];
}

/** The busiest on their own, the rest together; each stands on those before it. */
function busiest(all: readonly NamedSeries[]): Line[] {
  const total = ({ values }: NamedSeries): number => values.reduce((sum, value) => sum + value, 0);
  const ranked = all.map((one) => ({ one, sum: total(one) })).sort((a, b) => b.sum - a.sum);
  const shown = ranked.slice(0, NAMES_SHOWN).map(({ one }) => one);
  const rest = ranked.slice(NAMES_SHOWN).map(({ one }) => one);
  if (rest.length > 0) shown.push({ name: `${rest.length} others`, values: addedUp(rest) });
  let below: readonly number[] = [];
  return shown.map(({ name, values }) => {
    const stacked = values.map((value, at) => value + (below[at] ?? 0));
    below = stacked;
    return { name, values, stacked };
  });
}

function addedUp(all: readonly NamedSeries[]): number[] {
  return all[0]!.values.map((_, at) => all.reduce((sum, { values }) => sum + values[at]!, 0));
}

function plot(timeline: Timeline, data: PageData, colors: Palette, figure: HTMLElement, width: number): uPlot {
  const { times, text, stacked = false, log = false } = timeline;
  // What stands on others is drawn before them: the highest first.
  const lines = stacked ? [...timeline.lines].reverse() : timeline.lines;
  const axis = {
    stroke: colors.note,
    grid: { stroke: colors.faint, width: 1 },
    ticks: { stroke: colors.faint, width: 1 },
  };
  const options: uPlot.Options = {
    title: timeline.title,
    width,
    height: HEIGHT,
    cursor: { sync: { key: 'time' }, y: false },
    legend: { live: true },
    plugins: [marksPlugin(data.marks, colors)],
    scales: {
      x: { time: false, range: (_, min, max) => [min, max] },
      y: log ? { distr: 3 } : { range: (_, __, max) => [0, Math.max(max * HEADROOM, 1e-9)] },
    },
    axes: [
      { ...axis, values: (_, ticks) => ticks.map((tick) => durationText(tick)), space: 70 },
      { ...axis, values: (_, ticks) => ticks.map((tick) => (tick === null ? '' : text(tick))), size: 64 },
    ],
    series: [
      { label: 'time', value: (_, value) => (value === null ? '–' : durationText(value)) },
      ...lines.map((line, at) => look(line, stacked ? lines.length - 1 - at : at, colors, stacked, text)),
    ],
  };
  const columns = lines.map((line) => [...(line.stacked ?? line.values)]);
  return new uPlot(options, [[...times], ...columns], figure);
}

function look(
  line: Line,
  rank: number,
  colors: Palette,
  stacked: boolean,
  text: (value: number) => string,
): uPlot.Series {
  const color = colors.series[rank % colors.series.length]!;
  const shown = (_: uPlot, __: number | null, ___: number, at: number | null): string => {
    const value = at === null ? null : line.values[at];
    return value === null || value === undefined ? '–' : text(value);
  };
  return {
    label: line.name,
    stroke: color,
    width: stacked ? 1 : 1.75,
    value: shown as uPlot.Series.Value,
    points: { show: false },
    // Where nothing was delivered for a while there is nothing to measure.
    spanGaps: true,
    ...(stacked ? { fill: color } : {}),
  };
}
