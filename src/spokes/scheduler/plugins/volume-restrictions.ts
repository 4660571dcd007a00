import type { Pod } from '../../../api/pod.js';
import { claimNamesOf } from '../../../api/pod-claims.js';
import type { ClaimBindings } from '../claim-bindings.js';
import { ADD, DELETE } from '../cluster-event.js';
import type { NodeTable } from '../node-table.js';
import type { PendingPod, Plugin, PodFilter } from '../plugin.js';
import { unresolvable, unschedulable } from '../rejection.js';
import { CLAIM_ADDED, shareClaim } from './volume-wakes.js';

const NAME = 'VolumeRestrictions';
const IN_USE = unschedulable(
  NAME,
  'node(s) unavailable due to PersistentVolumeClaim with ReadWriteOncePod access mode already in-use by another pod',
);

/** A claim with access mode ReadWriteOncePod serves one pod in the whole cluster (plugins/volumerestrictions). */
export function volumeRestrictions(table: NodeTable, bindings: ClaimBindings): Plugin {
  return {
    name: NAME,
    reach: 'cluster',
    wakes: [
      { resource: 'Pod', actions: DELETE, hint: (waiting, { before }) => shareClaim(waiting, before as Pod) },
      { resource: 'Node', actions: ADD },
      CLAIM_ADDED,
    ],
    filter({ kind }: PendingPod): PodFilter | undefined {
      const { namespace, shape } = kind;
      const names = claimNamesOf(shape);
      if (names.length === 0) return undefined;
      const missing = names.find((name) => bindings.objects.claim(namespace, name) === undefined);
      if (missing !== undefined)
        return { rejects: unresolvable(NAME, `persistentvolumeclaim "${missing}" not found`), check: () => undefined };
      const single = bindings
        .claimsOf(namespace, shape)
        .filter(({ spec }) => spec?.accessModes?.includes('ReadWriteOncePod'));
      if (single.length === 0) return undefined;
      const users = single.map(({ metadata }) =>
        table.tally(`claim ${namespace}/${metadata.name}`, {
          counts: (other) => other.namespace === namespace && claimNamesOf(other.shape).includes(metadata.name),
        }),
      );
      return { check: () => (users.some(({ total }) => total > 0) ? IN_USE : undefined) };
    },
  };
}
