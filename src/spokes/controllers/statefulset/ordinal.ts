import type { Pod } from '../../../api/pod.js';
import type { ClaimTemplate, StatefulSet, StatefulSetSpec } from '../../../api/stateful-set.js';

/** Name of the pod that has an ordinal (stateful_set_utils getPodName). */
export function podName(setName: string, ordinal: number): string {
  return `${setName}-${ordinal}`;
}

/** Name of the claim that the pod of an ordinal has by a template (getPersistentVolumeClaimName). */
export function claimName(template: ClaimTemplate, setName: string, ordinal: number): string {
  return `${template.name}-${setName}-${ordinal}`;
}

/** The number at the end of a pod's name; -1 for a name without one. */
export function ordinalOf(pod: Pod): number {
  const digits = /-([0-9]+)$/.exec(pod.metadata.name)?.[1];
  return digits === undefined ? -1 : Number(digits);
}

/** Whether a pod's name makes it one of the set's (stateful_set_utils isMemberOf). */
export function isMemberOf({ metadata }: StatefulSet, pod: Pod): boolean {
  const ordinal = ordinalOf(pod);
  return ordinal >= 0 && pod.metadata.name.replace(/-[0-9]+$/, '') === metadata.name;
}

/** Whether the set still wants a pod of this ordinal. */
export function isWanted(spec: StatefulSetSpec, ordinal: number): boolean {
  return ordinal >= spec.firstOrdinal && ordinal < spec.firstOrdinal + spec.replicas;
}
