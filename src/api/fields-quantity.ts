import { quantityOf } from './amount.js';
import { accepted, type Field } from './field.js';
import { type JsonObject, objectAt } from './json.js';

/** An amount of something, of which there cannot be less than nothing. */
export const quantity: Field = (value, report) => {
  if (typeof value !== 'string' && typeof value !== 'number') {
    report.error('must be a quantity', value, 'write a number with an optional suffix, like 2, 250m or 128Mi');
    return;
  }
  const checked = accepted((amount: string | number) => quantityOf(amount));
  const before = report.errors;
  checked(value, report);
  if (report.errors === before && quantityOf(value).sign < 0) report.error('must not be negative', value);
};

/** What one list of amounts has more of than another allows. */
export interface Excess {
  readonly name: string;
  readonly amount: string;
  readonly bound: string;
}

/** The amounts of `less` that are above those of the same names in `more`, both lists of the same object that were checked. */
export function excessOf(value: unknown, less: string, more: string): readonly Excess[] {
  const bounds = new Map(Object.entries(objectAt(value as JsonObject, more) ?? {}));
  return Object.entries(objectAt(value as JsonObject, less) ?? {}).flatMap(([name, amount]) => {
    const bound = bounds.get(name) ?? undefined;
    if (bound === undefined || quantityOf(amount as string).compare(quantityOf(bound as string)) <= 0) return [];
    return [{ name, amount: String(amount), bound: String(bound) }];
  });
}
