import type { BucketCounts } from '../measure/bucket-counts.js';

export type MetricLabels = Readonly<Record<string, string>>;

/** A metric in OpenMetrics text: its head, and all its samples after it, as the format wants them. */
export class MetricFamily {
  private readonly name: string;
  private readonly head: readonly string[];
  private readonly samples: string[];

  /** The name without the ending that the type of a metric gives it. */
  constructor(name: string, type: 'counter' | 'gauge' | 'histogram', help: string) {
    this.name = name;
    this.head = [`# TYPE ${name} ${type}`, `# HELP ${name} ${quoted(help)}`];
    this.samples = [];
  }

  /** Nothing at all for a metric without samples. */
  lines(): readonly string[] {
    return this.samples.length === 0 ? [] : [...this.head, ...this.samples];
  }

  /** A gauge's value at a moment, in seconds. */
  value(labels: MetricLabels, value: number, atSeconds: number): void {
    this.add('', labels, value, atSeconds);
  }

  /** What a counter has come to. */
  count(labels: MetricLabels, total: number, atSeconds: number): void {
    this.add('_total', labels, total, atSeconds);
  }

  buckets(
    labels: MetricLabels,
    bounds: readonly number[],
    { upTo, count, sum }: BucketCounts,
    atSeconds: number,
  ): void {
    for (const [at, bound] of bounds.entries())
      this.add('_bucket', { ...labels, le: floatText(bound) }, upTo[at]!, atSeconds);
    this.add('_bucket', { ...labels, le: '+Inf' }, count, atSeconds);
    this.add('_sum', labels, sum, atSeconds);
    this.add('_count', labels, count, atSeconds);
  }

  private add(ending: string, labels: MetricLabels, value: number, atSeconds: number): void {
    const texts = Object.entries(labels).map(([key, text]) => `${key}="${quoted(text)}"`);
    const set = texts.length === 0 ? '' : `{${texts.join(',')}}`;
    this.samples.push(`${this.name}${ending}${set} ${numberText(value)} ${numberText(atSeconds)}`);
  }
}

/** Bounds are floats: `1.0`, `0.005`, `1e-08`. */
function floatText(bound: number): string {
  const text = String(bound);
  if (/e-\d$/.test(text)) return text.replace('e-', 'e-0');
  return Number.isInteger(bound) && !text.includes('e') ? `${text}.0` : text;
}

/** To the nanosecond, without an exponent. */
function numberText(value: number): string {
  return String(Number(value.toFixed(9)));
}

function quoted(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
}
