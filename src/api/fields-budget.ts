import { both, choice, type Field, intOrPercent, object } from './field.js';
import { labelSelector } from './fields-meta.js';
import type { JsonObject } from './json.js';

const oneLimit: Field = (value, report) => {
  const { minAvailable, maxUnavailable } = value as JsonObject;
  if ((minAvailable ?? null) !== null && (maxUnavailable ?? null) !== null)
    report.error('must not have both minAvailable and maxUnavailable');
};

export const budgetSpec: Field = both(
  object({
    minAvailable: intOrPercent,
    maxUnavailable: intOrPercent,
    selector: labelSelector,
    unhealthyPodEvictionPolicy: choice('IfHealthyBudget', 'AlwaysAllow'),
  }),
  oneLimit,
);
