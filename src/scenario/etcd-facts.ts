import type { Hub } from '../cluster/hub.js';
import type { Backend } from '../hub/etcd/backend.js';
import type { EtcdFacts } from '../measure/summarize.js';
import type { DatabaseBytes } from '../measure/summary.js';

/** What became of etcd: who led, and how large its files are. */
export function etcdFacts({ etcd, eventsEtcd, store }: Hub): EtcdFacts {
  return {
    leaderChanges: etcd.leaderChanges + (eventsEtcd?.leaderChanges ?? 0),
    databaseBytes: bytesOf(store.backend!),
    eventsDatabaseBytes: store.eventsBackend === undefined ? null : bytesOf(store.eventsBackend),
  };
}

function bytesOf({ fileBytes: end, peakBytes: max }: Backend): DatabaseBytes {
  return { end, max };
}
