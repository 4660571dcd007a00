import { ZONE_LABEL } from '../../../api/labels.js';
import type { ClaimBindings, Holding } from '../claim-bindings.js';
import type { NodeTable } from '../node-table.js';
import type { PendingPod, Plugin, PodFilter } from '../plugin.js';
import { type Rejection, unresolvable } from '../rejection.js';
import { type PersistentVolumeClaim, reaches } from '../storage.js';
import { VOLUME_WAKES } from './volume-wakes.js';

const NAME = 'VolumeBinding';
const ELSEWHERE = "node(s) didn't match PersistentVolume's node affinity";
const NONE_FREE = "node(s) didn't find available persistent volumes to bind";
const NO_VOLUME = 'node(s) unavailable due to one or more pvc(s) bound to non-existent pv(s)';
const UNBOUND = unresolvable(NAME, 'pod has unbound immediate PersistentVolumeClaims');

/** One rejection for each combination of reasons, in the order in which Kubernetes lists them. */
const REJECTIONS: readonly Rejection[] = Array.from({ length: 8 }, (_, bits) =>
  unresolvable(NAME, ...[ELSEWHERE, NONE_FREE, NO_VOLUME].filter((_reason, i) => (bits & (1 << i)) !== 0)),
);

/** Volumes of bound claims must be within reach of the node, and there must be some for the others (plugins/volumebinding). */
export function volumeBinding(table: NodeTable, bindings: ClaimBindings): Plugin {
  function reasonsOn(bound: readonly Holding[], waiting: readonly PersistentVolumeClaim[], node: number): number {
    const object = table.nodes[node]!;
    let bits = 0;
    for (const holding of bound) {
      if ('madeFor' in holding) {
        // A volume made for a node is within reach of its zone.
        if (holding.madeFor.metadata.labels[ZONE_LABEL] !== object.metadata.labels[ZONE_LABEL]) bits |= 1;
        continue;
      }
      const volume = bindings.volumeOf(holding);
      if (volume === undefined) return bits | 4;
      if (!reaches(volume, object)) bits |= 1;
    }
    if (waiting.length > 0 && bindings.plan(waiting, object) === undefined) bits |= 2;
    return bits;
  }

  return {
    name: NAME,
    reach: 'cluster',
    wakes: VOLUME_WAKES,
    filter({ kind }: PendingPod): PodFilter | undefined {
      const claims = bindings.claimsOf(kind.namespace, kind.shape);
      if (claims.length === 0) return undefined;
      const leaving = claims.find(({ metadata }) => metadata.deleting)?.metadata.name;
      if (leaving !== undefined)
        return rejected(unresolvable(NAME, `persistentvolumeclaim "${leaving}" is being deleted`));
      const bound: Holding[] = [];
      const waiting: PersistentVolumeClaim[] = [];
      for (const claim of claims) {
        const holding = bindings.of(claim);
        if (holding !== undefined) bound.push(holding);
        else if (bindings.waits(claim)) waiting.push(claim);
        else return rejected(UNBOUND);
      }
      return {
        check(node: number): Rejection | undefined {
          const bits = reasonsOn(bound, waiting, node);
          return bits === 0 ? undefined : REJECTIONS[bits];
        },
      };
    },
    reserve(pod, node) {
      if (pod.spec.shape.spec.volumes !== undefined) bindings.bind(pod, table.nodes[node]!);
    },
    unreserve: (pod) => bindings.release(pod),
  };
}

function rejected(rejects: Rejection): PodFilter {
  return { rejects, check: () => undefined };
}
