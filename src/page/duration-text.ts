/** A duration as people say it: `49.6 s`, `350 ms`, `12.5 min`. */
export function durationText(seconds: number): string {
  const size = Math.abs(seconds);
  if (size === 0) return '0 s';
  if (size < 1e-3) return `${digits(seconds * 1e6)} µs`;
  if (size < 1) return `${digits(seconds * 1e3)} ms`;
  if (size < 600) return `${digits(seconds)} s`;
  return size < 4 * 3600 ? `${digits(seconds / 60)} min` : `${digits(seconds / 3600)} h`;
}

/** Three significant digits, thousands apart. */
export function digits(value: number): string {
  if (Math.abs(value) < 100) return String(Number(value.toPrecision(3)));
  return Math.round(value).toLocaleString('en-US');
}

/** A moment of a run of this length, with steady width: `0:49.58`, `12:03.4`. */
export function clockText(seconds: number, length: number): string {
  const places = length < 2 ? 4 : length < 100 ? 2 : 1;
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  const rest = (seconds % 60).toFixed(places).padStart(places + 3, '0');
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, '0')}:${rest}` : `${minutes}:${rest}`;
}
