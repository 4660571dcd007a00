/** The unit of a time axis: whole numbers a reader can hold in mind. */
export interface TimeUnit {
  readonly name: 'ms' | 's' | 'minutes' | 'hours';
  readonly ns: number;
  /** Length of the axis in the unit. */
  readonly length: number;
}

/** The unit in which `lengthNs` is best read. */
export function timeUnit(lengthNs: number): TimeUnit {
  const [name, ns] = choose(lengthNs);
  return { name, ns, length: lengthNs / ns };
}

function choose(lengthNs: number): [TimeUnit['name'], number] {
  if (lengthNs < 2e9) return ['ms', 1e6];
  if (lengthNs <= 600e9) return ['s', 1e9];
  return lengthNs <= 4 * 3600e9 ? ['minutes', 60e9] : ['hours', 3600e9];
}

/** A duration for a title: `49.6 s`, `350 ms`, `12.5 min`. */
export function readable(seconds: number): string {
  if (seconds < 1) return `${trim(seconds * 1e3)} ms`;
  if (seconds < 600) return `${trim(seconds)} s`;
  return seconds < 4 * 3600 ? `${trim(seconds / 60)} min` : `${trim(seconds / 3600)} h`;
}

/** Three significant digits at least, without trailing zeros, thousands apart. */
export function trim(value: number): string {
  if (value < 100) return String(Number(value.toPrecision(3)));
  return String(Math.round(value)).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** A share of 1 in percent: `54.3 %`, `< 0.1 %`. */
export function shareText(share: number): string {
  return share > 0 && share < 0.001 ? '< 0.1 %' : `${Number((100 * share).toFixed(1))} %`;
}
