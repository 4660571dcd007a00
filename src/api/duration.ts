import { InputError } from './input-error.js';

const UNIT_NS: Readonly<Record<string, bigint>> = {
  ns: 1n,
  us: 1_000n,
  µs: 1_000n,
  μs: 1_000n,
  ms: 1_000_000n,
  s: 1_000_000_000n,
  m: 60_000_000_000n,
  h: 3_600_000_000_000n,
};
const MAX_NS = BigInt(Number.MAX_SAFE_INTEGER);
const PART = /([0-9]*)(?:\.([0-9]*))?(ns|us|µs|μs|ms|s|m|h)/y;

/**
 * A duration as Go and Kubernetes write it (`1h2m3.5s`, `150ms`, `0s`, `-5s`) in integer nanoseconds
 * (time.ParseDuration, fractions of a nanosecond cut off). Throws InputError for anything else, and for what is longer
 * than virtual time.
 */
export function parseDuration(text: string): number {
  const ns = parseLongDuration(text);
  if (ns > MAX_NS || ns < -MAX_NS) throw notADuration(text);
  return Number(ns);
}

/** The same, for up to 292 years. */
export function parseLongDuration(text: string): bigint {
  const sign = text.startsWith('-') ? -1n : 1n;
  const body = text.startsWith('-') || text.startsWith('+') ? text.slice(1) : text;
  if (body === '0') return 0n;
  let totalNs = 0n;
  let at = 0;
  while (at < body.length) {
    PART.lastIndex = at;
    const part = PART.exec(body);
    const [, whole = '', fraction = '', unit = ''] = part ?? [];
    if (part === null || (whole === '' && fraction === '')) throw notADuration(text);
    const unitNs = UNIT_NS[unit]!;
    totalNs += BigInt(whole === '' ? 0 : whole) * unitNs;
    if (fraction !== '') totalNs += (BigInt(fraction) * unitNs) / 10n ** BigInt(fraction.length);
    at = PART.lastIndex;
  }
  const ns = sign * totalNs;
  if (at === 0 || BigInt.asIntN(64, ns) !== ns) throw notADuration(text);
  return ns;
}

function notADuration(text: string): InputError {
  return new InputError(`${JSON.stringify(text)} is not a duration`, {
    value: text,
    remedy: 'write a number with a unit, like 30s, 150ms or 1h30m, up to 104 days',
  });
}

/** Nanoseconds as Go prints them: `1m30s`, `1.5ms`, `0s` (time.Duration.String). */
export function formatDuration(durationNs: number): string {
  if (durationNs === 0) return '0s';
  const sign = durationNs < 0 ? '-' : '';
  const ns = Math.abs(durationNs);
  if (ns < 1e3) return `${sign}${ns}ns`;
  if (ns < 1e6) return `${sign}${decimal(ns, 3)}µs`;
  if (ns < 1e9) return `${sign}${decimal(ns, 6)}ms`;
  const minutes = Math.floor(ns / 60e9);
  const seconds = `${decimal(ns - minutes * 60e9, 9)}s`;
  if (minutes === 0) return sign + seconds;
  const hours = Math.floor(minutes / 60);
  return hours === 0 ? `${sign}${minutes}m${seconds}` : `${sign}${hours}h${minutes % 60}m${seconds}`;
}

/** `value / 10^digits` without trailing zeros, exactly. */
function decimal(value: number, digits: number): string {
  const text = String(value).padStart(digits + 1, '0');
  const fraction = text.slice(-digits).replace(/0+$/, '');
  return text.slice(0, -digits) + (fraction === '' ? '' : `.${fraction}`);
}
