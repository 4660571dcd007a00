import { EVENT, type Kind, PERSISTENT_VOLUME_CLAIM, POD, SERVICE } from '../api/kind.js';
import type { ApiObject } from '../api/object.js';
import type { Pod } from '../api/pod.js';
import type { ContainerManifest } from '../api/pod-manifest.js';
import { isPodLevelResource } from '../api/pod-resources.js';
import { isQuotaOf } from '../api/quota-resources.js';
import { hasDeadline, inScope } from '../api/quota-scope.js';
import { containerUsage, QuotaUsage } from '../api/quota-usage.js';
import { type ResourceList, resourceList, resourceTexts } from '../api/resource-list.js';
import { type ResourceQuota, type ResourceQuotaStatus, scopeRequirements } from '../api/resource-quota.js';
import type { KindTable } from './kind-table.js';

/** Resources that every container must state where a quota limits them (evaluator/core validationSet). */
const TO_BE_STATED: ReadonlySet<string> = new Set([
  'cpu',
  'memory',
  'requests.cpu',
  'requests.memory',
  'limits.cpu',
  'limits.memory',
]);

/** Kinds whose changes may take something; what is counted of the others is how many there are (Evaluator.Handles). */
const CHARGED_CHANGES: ReadonlySet<Kind> = new Set([POD, SERVICE, PERSISTENT_VOLUME_CLAIM]);

/** What a new or changed object takes from a namespace's quotas, and whether that is still there (apiserver plugin/resourcequota). */
export class ResourceQuotas {
  private readonly table: KindTable;
  private readonly usage: QuotaUsage;

  constructor(table: KindTable) {
    this.table = table;
    this.usage = new QuotaUsage();
  }

  /** Whether there is any ResourceQuota: without one nothing else here need be asked. */
  get active(): boolean {
    return this.table.size > 0;
  }

  /** Whether a change of an object of a kind can take anything. */
  chargesChangesOf(kind: Kind): boolean {
    return this.active && CHARGED_CHANGES.has(kind);
  }

  /** The same as `charges`, for an object that was there before: what it takes beyond what it had. */
  chargesOfChange(
    previous: ApiObject,
    object: ApiObject,
    skipped: number,
    nowNs: number,
  ): readonly ResourceQuota[] | string {
    const changesScope = object.kind !== POD || isBounded(previous as Pod) !== isBounded(object as Pod);
    return changesScope ? this.charges(object, skipped, nowNs, previous) : [];
  }

  /**
   * The quotas with what the object takes from them, in the order in which they are to be written, but for the first
   * `skipped`, which have been; or why it may not be stored, as the original says it. A quota that had the `previous`
   * version in its scope is charged with the difference alone.
   */
  charges(object: ApiObject, skipped: number, nowNs: number, previous?: ApiObject): readonly ResourceQuota[] | string {
    const charges: ResourceQuota[] = [];
    if (object.kind === EVENT || !object.kind.namespaced) return charges;
    let passed = 0;
    for (const quota of this.table.values() as Iterable<ResourceQuota>) {
      if (quota.metadata.namespace !== object.metadata.namespace || quota.status === undefined) continue;
      const limited = Object.keys(quota.status.hard).filter((name) => isQuotaOf(object.kind, name));
      if (limited.length === 0 || !takesIn(quota, object)) continue;
      const had = previous !== undefined && takesIn(quota, previous) ? this.usage.of(previous, nowNs) : NOTHING;
      const taken = this.taken(object, had, limited, nowNs);
      if (taken.size > 0 && passed++ < skipped) continue;
      const problem = problemWith(quota, quota.status, object, limited);
      if (problem !== '') return problem;
      const used = charged(quota.metadata.name, quota.status, taken);
      if (typeof used === 'string') return used;
      if (taken.size > 0) charges.push(quota.withStatus({ hard: quota.status.hard, used }) as ResourceQuota);
    }
    return charges;
  }

  /** What is less than before is not given back here, but by who counts (quota.SubtractWithNonNegativeResult). */
  private taken(object: ApiObject, had: ResourceList, limited: readonly string[], nowNs: number): ResourceList {
    const taken: ResourceList = new Map();
    for (const [name, amount] of this.usage.of(object, nowNs)) {
      const before = had.get(name);
      const more = before === undefined ? amount : amount.subtract(before);
      if (more.sign > 0 && limited.includes(name)) taken.set(name, more);
    }
    return taken;
  }
}

const NOTHING: ResourceList = new Map();

function isBounded({ spec }: Pod): boolean {
  return hasDeadline(spec.shape);
}

function takesIn({ spec }: ResourceQuota, object: ApiObject): boolean {
  return scopeRequirements(spec).every((scope) => inScope(scope, object));
}

function problemWith(
  { metadata }: ResourceQuota,
  { used }: ResourceQuotaStatus,
  object: ApiObject,
  limited: readonly string[],
): string {
  const unstated = object.kind === POD ? unstatedIn(object as Pod, limited) : '';
  if (unstated !== '') return `failed quota: ${metadata.name}: must specify ${unstated}`;
  if (limited.every((name) => used[name] !== undefined)) return '';
  return `status unknown for quota: ${metadata.name}, resources: ${[...limited].sort().join(',')}`;
}

/** Which containers leave a resource open that must be stated (podEvaluator.Constraints). */
function unstatedIn({ spec }: Pod, limited: readonly string[]): string {
  const { containers, initContainers = [], resources } = spec.shape.spec;
  const whole = Object.keys({ ...resources?.requests, ...resources?.limits });
  if (whole.some(isPodLevelResource)) return '';
  const all = [...containers, ...initContainers];
  const open = limited.filter((name) => TO_BE_STATED.has(name)).sort();
  return open
    .map((name) => [name, all.filter((container) => !states(container, name)).map((one) => one.name)] as const)
    .filter(([, names]) => names.length > 0)
    .map(([name, names]) => `${name} for: ${[...new Set(names)].sort().join(',')}`)
    .join('; ');
}

function states({ resources }: ContainerManifest, name: string): boolean {
  return containerUsage(resourceList(resources?.requests), resourceList(resources?.limits)).has(name);
}

/** What is used once an object has taken its part; or that it is too much. */
function charged(
  name: string,
  { hard, used }: ResourceQuotaStatus,
  taken: ResourceList,
): ResourceQuotaStatus['used'] | string {
  const before = resourceList(used);
  const bounds = resourceList(hard);
  const after: ResourceList = new Map(before);
  const exceeded: string[] = [];
  for (const [resource, amount] of taken) {
    const sum = before.get(resource)!.add(amount);
    after.set(resource, sum);
    if (sum.compare(bounds.get(resource)!) > 0) exceeded.push(resource);
  }
  if (exceeded.length === 0) return resourceTexts(after);
  exceeded.sort();
  const shown = (list: ResourceList): string =>
    exceeded.map((resource) => `${resource}=${list.get(resource)!.toString()}`).join(',');
  return `exceeded quota: ${name}, requested: ${shown(taken)}, used: ${shown(before)}, limited: ${shown(bounds)}`;
}
