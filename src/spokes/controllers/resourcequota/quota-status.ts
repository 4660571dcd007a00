import type { Kind } from '../../../api/kind.js';
import type { ApiObject } from '../../../api/object.js';
import { Quantity } from '../../../api/quantity.js';
import { isQuotaOf } from '../../../api/quota-resources.js';
import { inScope } from '../../../api/quota-scope.js';
import type { QuotaUsage } from '../../../api/quota-usage.js';
import { addTo, type ResourceList, resourceList, resourceTexts } from '../../../api/resource-list.js';
import { type ResourceQuota, type ResourceQuotaStatus, scopeRequirements } from '../../../api/resource-quota.js';

/** The objects of one kind that a process knows. */
export interface KnownObjects {
  readonly kind: Kind;
  readonly cache: { inNamespace(namespace: string): Iterable<ApiObject> };
}

const ZERO = new Quantity(0n, 'DecimalSI');

/** What of a quota is used, counted anew (quota.CalculateUsage); what nothing here counts stays as it was. */
export function countedStatus(
  quota: ResourceQuota,
  known: readonly KnownObjects[],
  usage: QuotaUsage,
  nowNs: number,
): ResourceQuotaStatus {
  const hard = resourceList(quota.spec.hard);
  const before = resourceList(quota.status?.used);
  const counted: ResourceList = new Map();
  for (const objects of known) {
    const names = [...hard.keys()].filter((name) => isQuotaOf(objects.kind, name));
    if (names.length === 0) continue;
    const sum = usedBy(objects, quota, usage, nowNs);
    for (const name of names) counted.set(name, sum.get(name) ?? ZERO);
  }
  const used = new Map([...hard.keys()].flatMap((name) => entry(name, counted.get(name) ?? before.get(name))));
  return { hard: resourceTexts(hard), used: resourceTexts(used) };
}

function entry(name: string, amount: Quantity | undefined): (readonly [string, Quantity])[] {
  return amount === undefined ? [] : [[name, amount]];
}

function usedBy(
  { cache }: KnownObjects,
  { metadata, spec }: ResourceQuota,
  usage: QuotaUsage,
  nowNs: number,
): ResourceList {
  const scopes = scopeRequirements(spec);
  const sum: ResourceList = new Map();
  for (const object of cache.inNamespace(metadata.namespace)) {
    if (scopes.every((scope) => inScope(scope, object))) addTo(sum, usage.of(object, nowNs));
  }
  return sum;
}

/** Whether there is nothing to write. */
export function sameQuotaStatus(a: ResourceQuotaStatus | undefined, b: ResourceQuotaStatus): boolean {
  return a !== undefined && sameAmounts(a.hard, b.hard) && sameAmounts(a.used, b.used);
}

/** Equal amounts, however they are written. */
export function sameAmounts(a: ResourceQuotaStatus['hard'] = {}, b: ResourceQuotaStatus['hard'] = {}): boolean {
  const others = resourceList(b);
  const own = [...resourceList(a)];
  return own.length === others.size && own.every(([name, amount]) => others.get(name)?.compare(amount) === 0);
}
