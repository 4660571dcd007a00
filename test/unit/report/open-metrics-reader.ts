/** A sample as it stands in OpenMetrics text. */
export interface MetricSample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
  readonly atSeconds: number;
}

export interface ReadFamily {
  readonly type: string;
  readonly samples: MetricSample[];
}

const ENDINGS: Readonly<Record<string, readonly string[]>> = {
  counter: ['_total'],
  gauge: [''],
  histogram: ['_bucket', '_sum', '_count'],
};
const SAMPLE = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? (-?\d+(?:\.\d+)?) (\d+(?:\.\d+)?)$/;
const LABEL = /([a-zA-Z_]\w*)="((?:[^"\\\n]|\\[\\"n])*)"(?:,|$)/y;

/** Reads OpenMetrics text as strictly as its specification; throws an Error that says what is wrong with it. */
export function readOpenMetrics(text: string): ReadonlyMap<string, ReadFamily> {
  const lines = text.split('\n');
  if (lines.pop() !== '' || lines.pop() !== '# EOF') throw new Error('does not end with # EOF and a newline');
  const families = new Map<string, ReadFamily>();
  let current = '';
  for (const line of lines) {
    const [, name, type] = /^# TYPE (\S+) (\S+)$/.exec(line) ?? [];
    if (name !== undefined) {
      if (families.has(name)) throw new Error(`${name} comes twice`);
      families.set(name, { type: type!, samples: [] });
      current = name;
    } else if (line.startsWith('#')) {
      if (!line.startsWith(`# HELP ${current} `)) throw new Error(`not about ${current}: ${line}`);
    } else families.get(current)!.samples.push(sampleOf(line, current, families.get(current)!.type));
  }
  for (const [name, family] of families) check(name, family);
  return families;
}

function sampleOf(line: string, family: string, type: string): MetricSample {
  const [, name, labelText = '', value, at] = SAMPLE.exec(line) ?? [];
  if (name === undefined) throw new Error(`is no sample: ${line}`);
  if (!ENDINGS[type]!.some((ending) => name === family + ending)) throw new Error(`${name} is no ${type} of ${family}`);
  const labels: Record<string, string> = {};
  LABEL.lastIndex = 0;
  while (LABEL.lastIndex < labelText.length) {
    const [, key, quoted] = LABEL.exec(labelText) ?? [];
    if (key === undefined) throw new Error(`labels are broken: ${line}`);
    labels[key] = quoted!.replace(/\\(.)/g, (_, sign: string) => (sign === 'n' ? '\n' : sign));
  }
  return { name, labels, value: Number(value), atSeconds: Number(at) };
}

/** Times of a series only go up; counters do not fall; buckets add up to their count. */
function check(family: string, { type, samples }: ReadFamily): void {
  const before = new Map<string, MetricSample>();
  for (const sample of samples) {
    const series = JSON.stringify([sample.name, sample.labels]);
    const last = before.get(series);
    if (last !== undefined && last.atSeconds >= sample.atSeconds) throw new Error(`${series} goes back in time`);
    if (last !== undefined && type !== 'gauge' && last.value > sample.value) throw new Error(`${series} falls`);
    before.set(series, sample);
  }
  if (type !== 'histogram') return;
  let below = 0;
  let bound = Number.NEGATIVE_INFINITY;
  for (const { name, labels, value } of samples) {
    if (name === `${family}_count` && value !== below) throw new Error(`${family}: ${value} are not ${below}`);
    if (name !== `${family}_bucket`) continue;
    const le = labels.le === '+Inf' ? Number.POSITIVE_INFINITY : Number(labels.le);
    if (le <= bound && bound !== Number.POSITIVE_INFINITY) throw new Error(`${family}: bounds do not ascend`);
    if (bound !== Number.POSITIVE_INFINITY && value < below) throw new Error(`${family}: buckets do not add up`);
    [bound, below] = [le, value];
  }
}
