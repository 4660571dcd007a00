/** A mean with its half-width, in as many digits as are known: `49.7 ± 0.3`. */
export function withError(mean: number, halfWidth: number): string {
  if (!Number.isFinite(halfWidth) || halfWidth === 0) return plain(mean);
  const digits = Math.min(12, Math.max(0, 1 - magnitude(halfWidth)));
  return `${grouped(mean.toFixed(digits))} ± ${grouped(halfWidth.toFixed(digits))}`;
}

/** Three significant digits at least, thousands apart. */
export function plain(value: number): string {
  if (value === 0) return '0';
  const digits = Math.min(12, Math.max(0, 2 - magnitude(value)));
  return grouped(String(Number(value.toFixed(digits))));
}

/** The power of ten of the first digit. */
function magnitude(value: number): number {
  return Number(Math.abs(value).toExponential().split('e')[1]);
}

function grouped(text: string): string {
  const [whole, fraction] = text.split('.');
  const apart = whole!.replace(/\B(?=(\d{3})+$)/g, ',');
  return fraction === undefined ? apart : `${apart}.${fraction}`;
}
