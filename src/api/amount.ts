import { Quantity } from './quantity.js';

const DIGIT_0 = 48;
const DIGIT_9 = 57;
/** Digits that stay exact whatever everyday suffix follows them. */
const DIGITS_MAX = 9;

const BYTES: Readonly<Record<string, number>> = {
  '': 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
};

/** A quantity as a manifest writes it: text, or a bare number. */
export function quantityOf(value: string | number): Quantity {
  return Quantity.parse(typeof value === 'number' ? String(value) : value.trim());
}

/** CPU in thousandths of a core, rounded up as Kubernetes does; throws InputError for bad text. */
export function milliCpuOf(value: string | number): number {
  if (typeof value === 'string') {
    const digits = leadingDigits(value);
    if (digits > 0 && digits <= DIGITS_MAX) {
      if (digits === value.length) return Number(value) * 1000;
      if (digits === value.length - 1 && value.endsWith('m')) return Number.parseInt(value, 10);
    }
  }
  return Number(quantityOf(value).roundedToMilli().milliValue());
}

/** Bytes, or whole units of any other resource, rounded up as Kubernetes does; throws InputError for bad text. */
export function unitsOf(value: string | number): number {
  if (typeof value === 'string') {
    const digits = leadingDigits(value);
    const unit = digits > 0 && digits <= DIGITS_MAX ? BYTES[value.slice(digits)] : undefined;
    const units = unit === undefined ? Number.POSITIVE_INFINITY : Number.parseInt(value, 10) * unit;
    if (units <= Number.MAX_SAFE_INTEGER) return units;
  }
  return Number(quantityOf(value).roundedToMilli().value());
}

/** How many digits the text begins with. */
function leadingDigits(text: string): number {
  let count = 0;
  while (count < text.length) {
    const code = text.charCodeAt(count);
    if (code < DIGIT_0 || code > DIGIT_9) break;
    count++;
  }
  return count;
}
