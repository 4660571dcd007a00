import type { ApiObject } from '../api/object.js';
import type { PodSpecManifest } from '../api/pod-manifest.js';
import type { KindTable } from './kind-table.js';

/** Classes that every cluster has, with values in the shape of the pod (scheduling.SystemPriorityClasses). */
const SYSTEM: ReadonlySet<string> = new Set(['system-node-critical', 'system-cluster-critical']);

/** Gives pods the priority of their class (plugin/pkg/admission/priority). */
export class PriorityClasses {
  private readonly table: KindTable;

  constructor(table: KindTable) {
    this.table = table;
  }

  /** The class of a pod: the one it names, else the default of the cluster; null if there is no class of that name. */
  classOf({ priorityClassName = '' }: PodSpecManifest): ApiObject | undefined | null {
    if (priorityClassName === '') return this.table.size === 0 ? undefined : this.globalDefault();
    const known = this.table.get('', priorityClassName);
    if (known !== undefined) return known;
    return SYSTEM.has(priorityClassName) ? undefined : null;
  }

  /** Of several defaults the one of the lowest value. */
  private globalDefault(): ApiObject | undefined {
    let lowest: ApiObject | undefined;
    for (const candidate of this.table.values()) {
      if (candidate.extra?.globalDefault !== true) continue;
      if (lowest === undefined || priorityOf(candidate) < priorityOf(lowest)) lowest = candidate;
    }
    return lowest;
  }
}

/**
 * The spec with what its class decides; undefined if it states another priority or policy than its class has. A pod
 * that states a priority without a class keeps it.
 */
export function withPriority(spec: PodSpecManifest, priorityClass: ApiObject): PodSpecManifest | undefined {
  if (spec.priority !== undefined && (spec.priorityClassName ?? '') === '') return spec;
  const priority = priorityOf(priorityClass);
  const preemptionPolicy = policyOf(priorityClass);
  if (spec.priority !== undefined && spec.priority !== priority) return undefined;
  if (spec.preemptionPolicy !== undefined && spec.preemptionPolicy !== preemptionPolicy) return undefined;
  return { ...spec, priorityClassName: priorityClass.metadata.name, priority, preemptionPolicy };
}

function priorityOf(priorityClass: ApiObject): number {
  return priorityClass.extra?.value as number;
}

function policyOf(priorityClass: ApiObject): string {
  return (priorityClass.extra?.preemptionPolicy as string | undefined) ?? 'PreemptLowerPriority';
}
