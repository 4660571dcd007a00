import { both, choice, type Field, list, object, text } from './field.js';
import { quantities } from './fields-pod.js';
import { excessOf } from './fields-quantity.js';
import { QUOTA_SCOPES } from './resource-quota.js';

const scope: Field = choice(...QUOTA_SCOPES);

export const quotaSpec: Field = object({
  hard: quantities,
  scopes: list(scope),
  scopeSelector: object({
    matchExpressions: list(
      object(
        { scopeName: scope, operator: choice('In', 'NotIn', 'Exists', 'DoesNotExist'), values: list(text()) },
        'scopeName',
        'operator',
      ),
    ),
  }),
});

/** Which amounts may not be more than which (core/validation ValidateLimitRange). */
const IN_ORDER: readonly (readonly [string, string])[] = [
  ['min', 'max'],
  ['min', 'defaultRequest'],
  ['min', 'default'],
  ['defaultRequest', 'default'],
  ['defaultRequest', 'max'],
  ['default', 'max'],
];

const inOrder: Field = (value, report) => {
  for (const [less, more] of IN_ORDER) {
    for (const { name, amount, bound } of excessOf(value, less, more)) {
      const message = `has a ${less} of ${amount} of ${name}, which is more than its ${more} ${bound}`;
      report.refuse(message, value, `lower the ${less} or raise the ${more}`);
    }
  }
};

export const limitRangeSpec: Field = object(
  {
    limits: list(
      both(
        object(
          {
            type: text(),
            max: quantities,
            min: quantities,
            default: quantities,
            defaultRequest: quantities,
            maxLimitRequestRatio: quantities,
          },
          'type',
        ),
        inOrder,
      ),
    ),
  },
  'limits',
);
