import type { Pod } from '../../../api/pod.js';
import { claimNamesOf } from '../../../api/pod-claims.js';
import type { PodShape } from '../../../api/pod-shape.js';
import type { ClaimBindings } from '../claim-bindings.js';
import { ADD, DELETE, UPDATE } from '../cluster-event.js';
import type { NodeTable } from '../node-table.js';
import type { PendingPod, Plugin, PodFilter } from '../plugin.js';
import { type Rejection, unschedulable } from '../rejection.js';
import { provisionerOf } from '../storage.js';
import { CLAIM_ADDED } from './volume-wakes.js';

const NAME = 'NodeVolumeLimits';
const TOO_MANY = unschedulable(NAME, 'node(s) exceed max volume count');

/** A node takes only so many volumes of a driver, as its CSINode says (plugins/nodevolumelimits). */
export function nodeVolumeLimits(table: NodeTable, bindings: ClaimBindings): Plugin {
  /** Drivers by volume, of the claims that pods of a shape use. */
  function volumesOf(namespace: string, shape: PodShape): ReadonlyMap<string, string> {
    const drivers = new Map<string, string>();
    for (const claim of bindings.claimsOf(namespace, shape)) {
      const holding = bindings.of(claim);
      const csi = holding === undefined ? undefined : bindings.volumeOf(holding)?.spec?.csi;
      if (csi !== undefined) drivers.set(`${csi.driver}/${csi.volumeHandle}`, csi.driver);
      else if (holding === undefined || 'madeFor' in holding) {
        const driver = provisionerOf(bindings.objects.storageClass(claim.spec?.storageClassName ?? ''));
        if (driver !== '') drivers.set(`${driver}/claim ${claim.id}`, driver);
      }
    }
    return drivers;
  }

  function check(wanted: ReadonlyMap<string, string>, node: number): Rejection | undefined {
    const drivers = bindings.objects.csiNode(table.names[node]!)?.spec?.drivers ?? [];
    if (drivers.every(({ allocatable }) => allocatable?.count === undefined)) return undefined;
    const attached = new Map<string, string>();
    for (const { kind } of table.pods[node]!) {
      for (const [volume, driver] of volumesOf(kind.namespace, kind.shape)) attached.set(volume, driver);
    }
    for (const { name, allocatable } of drivers) {
      const added = [...wanted].filter(([volume, driver]) => driver === name && !attached.has(volume)).length;
      const present = [...attached.values()].filter((driver) => driver === name).length;
      if (added > 0 && allocatable?.count !== undefined && present + added > allocatable.count) return TOO_MANY;
    }
    return undefined;
  }

  return {
    name: NAME,
    reach: 'cluster',
    wakes: [
      { resource: 'CSINode', actions: ADD | UPDATE },
      {
        resource: 'Pod',
        actions: DELETE,
        hint: (_, { before }) => (before as Pod).spec.shape.spec.volumes !== undefined,
      },
      CLAIM_ADDED,
    ],
    filter({ kind }: PendingPod): PodFilter | undefined {
      if (claimNamesOf(kind.shape).length === 0) return undefined;
      const wanted = volumesOf(kind.namespace, kind.shape);
      return wanted.size === 0 ? undefined : { check: (node) => check(wanted, node) };
    },
  };
}
