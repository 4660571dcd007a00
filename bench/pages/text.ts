export function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}

/** In Markdown; all but the first column to the right. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [head, head.map((_, index) => (index === 0 ? '---' : '---:')), ...rows];
  return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

export function seconds(value: number): string {
  return `${value < 10 ? value.toFixed(2) : value.toFixed(0)} s`;
}

export function mebibytes(bytes: number): string {
  return `${Math.round(bytes / 2 ** 20).toLocaleString('en-US')} MiB`;
}

export function millions(value: number): string {
  return `${(value / 1e6).toFixed(2)} M`;
}

export function nanoseconds(value: number): string {
  if (value >= 1e6) return `${(value / 1e6).toFixed(0)} ms`;
  return `${value < 100 ? value.toFixed(1) : Math.round(value).toLocaleString('en-US')} ns`;
}
