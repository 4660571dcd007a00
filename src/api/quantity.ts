import { InputError } from './input-error.js';
import { parseInt64 } from './int64.js';

/** How a quantity prints: `12M`, `12Mi` or `12e6`. */
export type QuantityFormat = 'DecimalSI' | 'BinarySI' | 'DecimalExponent';

const SYNTAX = /^([+-]?)0*([0-9]*)(?:\.([0-9]*))?([eEinumkKMGTP]*[-+]?[0-9]*)$/;
const DECIMAL_EXPONENTS: ReadonlyMap<string, number> = new Map([
  ['n', -9],
  ['u', -6],
  ['m', -3],
  ['', 0],
  ['k', 3],
  ['M', 6],
  ['G', 9],
  ['T', 12],
  ['P', 15],
  ['E', 18],
]);
const BINARY_EXPONENTS: ReadonlyMap<string, number> = new Map([
  ['Ki', 10],
  ['Mi', 20],
  ['Gi', 30],
  ['Ti', 40],
  ['Pi', 50],
  ['Ei', 60],
]);
const DECIMAL_SUFFIXES: ReadonlyMap<number, string> = new Map([...DECIMAL_EXPONENTS].map(([s, e]) => [e, s]));
const BINARY_SUFFIXES: ReadonlyMap<number, string> = new Map([...BINARY_EXPONENTS].map(([s, e]) => [e, s]));

const NANOS = 1_000_000_000n;
const INT64_MAX = (1n << 63n) - 1n;
/** Digits that Kubernetes still reads as a 64-bit integer (maxInt64Factors). */
const INT64_DIGITS = 18;
/** Beyond it a quantity is nonsense, and its digits would only fill memory. */
const EXPONENT_MAX = 10_000;

/**
 * An amount exactly as Kubernetes reads, adds and prints it (apimachinery resource.Quantity), in BigInt nano-units.
 * Reading is slow beside `milliCpuOf` and `bytesOf`, which take a short cut for everyday text.
 */
export class Quantity {
  readonly nanos: bigint;
  readonly format: QuantityFormat;
  /** The original text, where the API server shows it again instead of the canonical form. */
  readonly text: string | undefined;
  /** Kubernetes holds it as a decimal of any size, whose accessors round negative fractions the other way. */
  readonly wide: boolean;

  constructor(nanos: bigint, format: QuantityFormat, text?: string, wide = false) {
    this.nanos = nanos;
    this.format = format;
    this.text = text;
    this.wide = wide;
  }

  /** Throws InputError for text that Kubernetes refuses (resource.ParseQuantity). */
  static parse(text: string): Quantity {
    const match = SYNTAX.exec(text);
    if (match === null || text === '') throw notAQuantity(text);
    const [, sign, whole = '', fraction = '', suffix = ''] = match;
    const scale = scaleOf(suffix);
    if (scale === undefined) throw notAQuantity(text);
    const number = { text, negative: sign === '-', whole: whole === '' ? '0' : whole, fraction, ...scale };
    return parseNarrow(number) ?? parseWide(number);
  }

  get sign(): number {
    return this.nanos > 0n ? 1 : this.nanos < 0n ? -1 : 0;
  }

  compare(other: Quantity): number {
    return this.nanos < other.nanos ? -1 : this.nanos > other.nanos ? 1 : 0;
  }

  /** The sum in this quantity's format, or in the other's when this one is zero. */
  add(other: Quantity): Quantity {
    return new Quantity(this.nanos + other.nanos, this.nanos === 0n ? other.format : this.format);
  }

  subtract(other: Quantity): Quantity {
    return new Quantity(this.nanos - other.nanos, this.nanos === 0n ? other.format : this.format);
  }

  /** In whole units, rounded away from zero. */
  value(): bigint {
    return this.#rounded(NANOS);
  }

  /** In thousandths, rounded away from zero. */
  milliValue(): bigint {
    return this.#rounded(NANOS / 1000n);
  }

  #rounded(unit: bigint): bigint {
    if (this.wide && this.nanos < 0n) {
      // The Go accessor wraps at 64 bits, cuts off and adds one, whatever the sign (resource scaledValue).
      const wrapped = BigInt.asIntN(64, this.nanos);
      return wrapped / unit + (wrapped % unit === 0n ? 0n : 1n);
    }
    return awayFromZero(this.nanos, unit);
  }

  /** Rounded up to thousandths, as in every resource list of a stored object (SetDefaults_ResourceList). */
  roundedToMilli(): Quantity {
    const milli = NANOS / 1000n;
    if (this.nanos % milli === 0n) return this;
    return new Quantity(awayFromZero(this.nanos, milli) * milli, this.format, undefined, this.wide);
  }

  /** The canonical form: no fraction, the largest suffix that loses nothing. */
  canonical(): string {
    if (this.nanos === 0n) return '0';
    const magnitude = this.nanos < 0n ? -this.nanos : this.nanos;
    if (this.format === 'BinarySI' && magnitude >= 1024n * NANOS && this.nanos % NANOS === 0n)
      return canonicalBinary(this.nanos / NANOS);
    return canonicalDecimal(this.nanos, this.format === 'DecimalExponent');
  }

  /** What an API object with this quantity shows. */
  toString(): string {
    return this.text ?? this.canonical();
  }
}

interface ScannedNumber {
  readonly text: string;
  readonly negative: boolean;
  /** Without leading zeros. */
  readonly whole: string;
  readonly fraction: string;
  readonly format: QuantityFormat;
  readonly exponent: number;
}

function scaleOf(suffix: string): { format: QuantityFormat; exponent: number } | undefined {
  const decimal = DECIMAL_EXPONENTS.get(suffix);
  if (decimal !== undefined) return { format: 'DecimalSI', exponent: decimal };
  const binary = BINARY_EXPONENTS.get(suffix);
  if (binary !== undefined) return { format: 'BinarySI', exponent: binary };
  if (suffix.length < 2 || (suffix[0] !== 'e' && suffix[0] !== 'E')) return undefined;
  const exponent = parseInt64(suffix.slice(1));
  if (exponent === undefined || exponent > EXPONENT_MAX) return undefined;
  return { format: 'DecimalExponent', exponent: exponent < -EXPONENT_MAX ? -EXPONENT_MAX : Number(exponent) };
}

/** The case that Kubernetes keeps in a 64-bit integer, and whose text it may show again. */
function parseNarrow({ text, negative, whole, fraction, format, exponent }: ScannedNumber): Quantity | undefined {
  const binary = format === 'BinarySI';
  const spare = binary
    ? 15 - whole.length - Math.floor((exponent * 3) / 10) - 1
    : INT64_DIGITS - whole.length - fraction.length;
  if (spare < 0 || (binary && fraction !== '')) return undefined;
  const scale = binary ? 0 : exponent - fraction.length;
  if (scale < -9) return undefined;
  const digits = whole + fraction;
  const value = BigInt(digits);
  const amount = binary ? value << BigInt(exponent) : value;
  if (amount > INT64_MAX) return undefined;
  const shown = binary
    ? exponent % 10 === 0 && (value & 7n) !== 0n
    : scale % 3 === 0 && !digits.endsWith('000') && digits[0] !== '0';
  const nanos = amount * 10n ** BigInt(scale + 9);
  return new Quantity(negative ? -nanos : nanos, format, shown ? text : undefined);
}

/** The case of many digits: rounded up to nano-units, and capped at 63 bits when binary. */
function parseWide({ text, negative, whole, fraction, format, exponent }: ScannedNumber): Quantity {
  if (!/[0-9]/.test(text.slice(0, text.search(/[eEinumkKMGTP]|$/)))) throw notAQuantity(text);
  const unscaled = BigInt(whole + fraction);
  const binary = format === 'BinarySI';
  const scale = (binary ? 0 : exponent) - fraction.length + 9;
  const factor = binary ? 1n << BigInt(exponent) : 1n;
  let nanos =
    scale >= 0 ? unscaled * factor * 10n ** BigInt(scale) : awayFromZero(unscaled * factor, 10n ** BigInt(-scale));
  const capped = binary && nanos > INT64_MAX * NANOS;
  if (capped) nanos = INT64_MAX * NANOS;
  const small = binary && nanos > 0n && nanos < NANOS;
  return new Quantity(negative ? -nanos : nanos, small ? 'DecimalSI' : format, undefined, !capped);
}

function awayFromZero(value: bigint, unit: bigint): bigint {
  const rest = value % unit;
  return value / unit + (rest === 0n ? 0n : rest > 0n ? 1n : -1n);
}

function canonicalBinary(value: bigint): string {
  let amount = value;
  let exponent = 0;
  while (amount % 1024n === 0n) {
    amount /= 1024n;
    exponent += 10;
  }
  return `${amount}${BINARY_SUFFIXES.get(exponent) ?? ''}`;
}

function canonicalDecimal(nanos: bigint, withExponent: boolean): string {
  let amount = nanos;
  let exponent = -9;
  while (amount % 1000n === 0n) {
    amount /= 1000n;
    exponent += 3;
  }
  if (withExponent) return exponent === 0 ? `${amount}` : `${amount}e${exponent}`;
  // Beyond exa there is no suffix, and Kubernetes then prints none.
  return `${amount}${DECIMAL_SUFFIXES.get(exponent) ?? ''}`;
}

function notAQuantity(text: string): InputError {
  return new InputError(`${JSON.stringify(text)} is not a quantity`, {
    value: text,
    remedy: 'write a number with an optional suffix, like 2, 0.5, 250m, 128Mi or 2Gi',
  });
}
