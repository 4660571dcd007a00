import { quantityOf } from './amount.js';
import { accepted, type Field } from './field.js';

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
