import type { DurationQuantiles } from '../../measure/duration-quantiles.js';
import { QUANTILES } from '../../measure/duration-quantiles.js';
import type { RunSeries } from '../../measure/run-result.js';
import type { ChartFile, Point } from './chart-file.js';
import { FAINT, lineOptions, PALETTE, TEXT } from './look.js';
import { readable } from './time-unit.js';

/** Shorter than this is drawn as this: a logarithm has no place for 0. */
const SHORTEST_SECONDS = 1e-5;

/** How long everything took that the hub does: the share that was done within each time. */
export function latencyChart(
  { durations }: Pick<RunSeries, 'durations'>,
  title: string = titleOf(durations),
): ChartFile {
  const longest = Math.max(SHORTEST_SECONDS * 10, ...durations.map(({ seconds }) => seconds.at(-1)!));
  const shortest = Math.min(...durations.map(({ seconds }) => seconds[1]!), longest / 10);
  const options = lineOptions(title, { name: 'ms', ns: 1e6, length: longest }, { title: 'share done (%)' });
  const ticks = { color: TEXT, font: { size: 13 }, maxRotation: 0 };
  return {
    name: 'latency.png',
    configuration: {
      type: 'line',
      data: {
        datasets: durations.map(({ name, seconds, count }, at) => ({
          label: `${name} (${count.toLocaleString('en-US')})`,
          borderColor: PALETTE[at]!,
          backgroundColor: PALETTE[at]!,
          borderWidth: 2.5,
          data: seconds.map(
            (second, index): Point => ({ x: Math.max(SHORTEST_SECONDS, second), y: QUANTILES[index]! }),
          ),
        })),
      },
      options: {
        ...options,
        layout: { padding: { top: 8, right: 40, bottom: 8, left: 8 } },
        plugins: { ...options.plugins, legend: { ...options.plugins!.legend!, reverse: false } },
        scales: {
          x: {
            type: 'logarithmic',
            min: decade(Math.max(SHORTEST_SECONDS, shortest), false),
            max: decade(longest, true),
            title: { display: true, text: 'time taken (logarithmic)', color: TEXT, font: { size: 14 } },
            ticks: { ...ticks, callback: (value) => (isDecade(Number(value)) ? readable(Number(value)) : '') },
            grid: { color: FAINT },
          },
          y: { ...options.scales!.y, max: 100, grace: 0 } as never,
        },
      },
    },
  };
}

function titleOf(durations: readonly DurationQuantiles[]): string {
  const parts = durations.filter(({ name }) => name !== 'etcd commits').map((one) => `${one.name} within ${at99(one)}`);
  return parts.length === 0 ? 'Nothing was asked of the hub' : `99 % of ${parts.join(', of ')}`;
}

/** What 99 % took at most. */
export function at99({ seconds }: DurationQuantiles): string {
  return readable(seconds[QUANTILES.indexOf(99)]!);
}

/** The power of ten at or below a value of at least 10 µs; with `above`, the one at or above it. */
function decade(value: number, above: boolean): number {
  let exponent = -5;
  while (Number(`1e${exponent + 1}`) <= value) exponent++;
  return Number(`1e${above && Number(`1e${exponent}`) < value ? exponent + 1 : exponent}`);
}

function isDecade(value: number): boolean {
  return /^1(e|0*$)|^0\.0*1$/.test(String(value));
}
