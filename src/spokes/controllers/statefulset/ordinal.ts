import type { Pod } from '../../../api/pod.js';
import type { ClaimTemplate, StatefulSet, StatefulSetSpec } from '../../../api/stateful-set.js';

const ZERO = 0x30;

/** Name of the pod that has an ordinal (stateful_set_utils getPodName). */
export function podName(setName: string, ordinal: number): string {
  return `${setName}-${ordinal}`;
}

/** Name of the claim that the pod of an ordinal has by a template (getPersistentVolumeClaimName). */
export function claimName(template: ClaimTemplate, setName: string, ordinal: number): string {
  return `${template.name}-${setName}-${ordinal}`;
}

/** The number at the end of a pod's name; -1 for a name without one. Read by hand: every sync asks for those of all pods. */
export function ordinalOf({ metadata: { name } }: Pod): number {
  const dash = name.lastIndexOf('-');
  if (dash < 0 || dash === name.length - 1) return -1;
  let ordinal = 0;
  for (let at = dash + 1; at < name.length; at++) {
    const digit = name.charCodeAt(at) - ZERO;
    if (digit < 0 || digit > 9) return -1;
    ordinal = 10 * ordinal + digit;
  }
  return ordinal;
}

/** Whether a pod's name makes it one of the set's (stateful_set_utils isMemberOf). */
export function isMemberOf({ metadata }: StatefulSet, pod: Pod): boolean {
  const { name } = pod.metadata;
  return name.startsWith(metadata.name) && name.lastIndexOf('-') === metadata.name.length && ordinalOf(pod) >= 0;
}

/** Whether the set still wants a pod of this ordinal. */
export function isWanted(spec: StatefulSetSpec, ordinal: number): boolean {
  return ordinal >= spec.firstOrdinal && ordinal < spec.firstOrdinal + spec.replicas;
}
