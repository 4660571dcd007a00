import { quantityOf } from './amount.js';
import { both, choice, type Field, list, object, text } from './field.js';
import { quantities } from './fields-pod.js';
import { type JsonObject, objectAt } from './json.js';
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
    const upper = objectAt(value as JsonObject, more);
    for (const [name, amount] of Object.entries(objectAt(value as JsonObject, less) ?? {})) {
      const bound = upper !== undefined && Object.hasOwn(upper, name) ? upper[name] : undefined;
      if (bound === undefined || bound === null) continue;
      if (quantityOf(amount as string).compare(quantityOf(bound as string)) > 0)
        report.refuse(
          `has a ${less} of ${String(amount)} of ${name}, which is more than its ${more} ${String(bound)}`,
          value,
          `lower the ${less} or raise the ${more}`,
        );
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
