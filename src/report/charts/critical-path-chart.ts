import type { CriticalPath, WaitShare } from '../../measure/critical-path.js';
import { barOptions, barTexts } from './bar-options.js';
import type { BarChart } from './chart-file.js';
import { PALETTE } from './look.js';
import { readable, shareText } from './time-unit.js';
import { shortName } from './title.js';

const SHOWN = 10;

/** Sorts of waits, in the order of their colours. */
const CAUSES: readonly WaitShare['cause'][] = ['limiter', 'processor', 'queue', 'timer', 'disk', 'wire', 'none'];

/** What the way from the step that counts to convergence was spent on. */
export function criticalPathChart({ causes, seconds, end }: CriticalPath): BarChart {
  const shown = causes.slice(0, SHOWN);
  const rest = causes.slice(SHOWN);
  const restSeconds = rest.reduce((sum, one) => sum + one.seconds, 0);
  const labels = [...shown.map(({ name }) => shortName(name)), ...(rest.length > 0 ? [`${rest.length} others`] : [])];
  const values = [...shown.map((one) => one.seconds), ...(rest.length > 0 ? [restSeconds] : [])];
  const milli = seconds < 2;
  const scaled = values.map((value) => (milli ? value * 1e3 : value));
  const present = CAUSES.filter((cause) => shown.some((one) => one.cause === cause));
  const datasets = present.map((cause) => ({
    label: cause,
    backgroundColor: PALETTE[CAUSES.indexOf(cause)]!,
    data: scaled.map((value, at) => (shown[at]?.cause === cause ? value : 0)),
  }));
  const others = {
    label: 'others',
    backgroundColor: '#8A8F98',
    data: scaled.map((value, at) => (at < shown.length ? 0 : value)),
  };
  const texts = values.map((value) => `${readable(value)}, ${shareText(value / (seconds || 1))}`);
  const [top] = causes;
  const until = end === 'converged' ? 'convergence' : 'the last pod';
  const title =
    top === undefined
      ? `Nothing held up ${until}`
      : `${readable(top.seconds)} of the ${readable(seconds)} to ${until}: ${shortName(top.name)}`;
  const options = barOptions(title, `waited (${milli ? 'ms' : 's'})`, true);
  return {
    name: 'critical-path.png',
    configuration: {
      type: 'bar',
      data: { labels, datasets: rest.length > 0 ? [...datasets, others] : datasets },
      options: { ...options, layout: { padding: { top: 8, right: 120, bottom: 8, left: 8 } } },
      plugins: [barTexts(texts)],
    },
  };
}
