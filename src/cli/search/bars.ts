/** Width of the longest bar, in characters. */
const WIDTH = 40;

/** Values as bars for the terminal, and a mark where the threshold is. */
export function bars(
  rows: readonly { readonly label: string; readonly value: number; readonly text: string }[],
  threshold?: number,
): string {
  const known = rows.map(({ value }) => value).filter(Number.isFinite);
  const most = Math.max(...known, threshold ?? 0, Number.MIN_VALUE);
  const width = Math.max(...rows.map(({ label }) => label.length));
  const mark = threshold === undefined ? -1 : Math.min(WIDTH, Math.round((Math.max(0, threshold) / most) * WIDTH));
  const lines = rows.map(({ label, value, text }) => {
    const length = Number.isFinite(value) ? Math.round((Math.max(0, value) / most) * WIDTH) : 0;
    const bar = Array.from({ length: WIDTH + 1 }, (_, at) => (at === mark ? '│' : at < length ? '█' : ' ')).join('');
    return `${label.padStart(width)} ${bar} ${text}`;
  });
  return lines.join('\n');
}
