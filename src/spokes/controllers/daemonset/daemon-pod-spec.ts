import type { PodSpecManifest, TolerationManifest } from '../../../api/pod-manifest.js';
import type { TaintEffect } from '../../../api/taint.js';

/** Taints of ailing nodes, which daemon pods stay on and are still put on (AddOrUpdateDaemonPodTolerations). */
const TOLERATED: readonly TolerationManifest[] = [
  tolerated('node.kubernetes.io/not-ready', 'NoExecute'),
  tolerated('node.kubernetes.io/unreachable', 'NoExecute'),
  tolerated('node.kubernetes.io/disk-pressure', 'NoSchedule'),
  tolerated('node.kubernetes.io/memory-pressure', 'NoSchedule'),
  tolerated('node.kubernetes.io/pid-pressure', 'NoSchedule'),
  tolerated('node.kubernetes.io/unschedulable', 'NoSchedule'),
];
const TOLERATED_BY_HOST_NETWORK = tolerated('node.kubernetes.io/network-unavailable', 'NoSchedule');

function tolerated(key: string, effect: TaintEffect): TolerationManifest {
  return { key, operator: 'Exists', effect };
}

/** The spec of a DaemonSet's template with the tolerations that all of its pods get. */
export function withDaemonTolerations(spec: PodSpecManifest): PodSpecManifest {
  const added = spec.hostNetwork === true ? [...TOLERATED, TOLERATED_BY_HOST_NETWORK] : TOLERATED;
  const kept = (spec.tolerations ?? []).filter((own) => !added.some((other) => sameTarget(own, other)));
  return { ...spec, tolerations: [...kept, ...added] };
}

/** Whether two tolerations differ only in their seconds: then the DaemonSet's own, which has none, wins. */
function sameTarget(a: TolerationManifest, b: TolerationManifest): boolean {
  return a.key === b.key && a.effect === b.effect && a.operator === b.operator && (a.value ?? '') === (b.value ?? '');
}

/**
 * The spec of the pod for one node: the scheduler binds it there because its affinity allows no other
 * (ReplaceDaemonSetPodNodeNameNodeAffinity). Other required terms of the template are dropped, preferred ones stay.
 */
export function pinnedTo(spec: PodSpecManifest, nodeName: string): PodSpecManifest {
  const matchFields = [{ key: 'metadata.name', operator: 'In', values: [nodeName] }];
  const nodeAffinity = {
    ...spec.affinity?.nodeAffinity,
    requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchFields }] },
  };
  return { ...spec, affinity: { ...spec.affinity, nodeAffinity } };
}
