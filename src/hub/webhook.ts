import type { Call, Verb } from '../api/call.js';
import type { Distribution } from '../random/distribution.js';

export const WEBHOOK_OPERATIONS = ['CREATE', 'UPDATE', 'DELETE', '*'] as const;

/** Which requests a webhook is asked about (admissionregistration.k8s.io/v1 RuleWithOperations); `*` is everything. */
export interface WebhookRule {
  readonly operations: readonly (typeof WEBHOOK_OPERATIONS)[number][];
  readonly apiGroups: readonly string[];
  /** `pods`, or `pods/binding` for a subresource. */
  readonly resources: readonly string[];
}

/** A webhook as the API server knows it: how long its answers take, and what becomes of a request without one. */
export interface Webhook {
  readonly name: string;
  readonly rules: readonly WebhookRule[];
  readonly latency: Distribution;
  readonly timeoutNs: number;
  /** `Fail` refuses the request, `Ignore` goes on without the answer. */
  readonly failurePolicy: 'Fail' | 'Ignore';
}

const OPERATIONS: Readonly<Partial<Record<Verb, 'CREATE' | 'UPDATE' | 'DELETE'>>> = {
  create: 'CREATE',
  update: 'UPDATE',
  patch: 'UPDATE',
  delete: 'DELETE',
};

/** Whether a webhook is asked about a call (admission/plugin/webhook/predicates/rules). */
export function concerns({ rules }: Webhook, { verb, kind, subresource }: Call): boolean {
  const operation = OPERATIONS[verb];
  if (operation === undefined) return false;
  const resource = subresource === '' ? kind.resource : `${kind.resource}/${subresource}`;
  return rules.some(
    ({ operations, apiGroups, resources }) =>
      (operations.includes('*') || operations.includes(operation)) &&
      (apiGroups.includes('*') || apiGroups.includes(kind.group)) &&
      (resources.includes(resource) || resources.includes('*/*') || (subresource === '' && resources.includes('*'))),
  );
}
