import { NAMESPACE } from '../api/kind.js';
import { ObjectMeta } from '../api/meta.js';
import { draft } from '../api/object.js';
import type { PodShapes } from '../api/pod-shapes.js';
import type { Engine } from '../engine/index.js';
import { Admission } from '../hub/admission.js';
import { ApiServer } from '../hub/api-server.js';
import { CallTable } from '../hub/call-table.js';
import { Etcd } from '../hub/etcd.js';
import type { HubProbe } from '../hub/hub-probe.js';
import { Store } from '../hub/store.js';
import type { Distribution } from '../random/distribution.js';
import type { Streams } from '../random/streams.js';
import type { Hosts } from './hosts.js';
import type { Profile } from './profile.js';

/** Namespaces that every cluster has. */
const NAMESPACES = ['default', 'kube-system', 'kube-public', 'kube-node-lease'];

/** The hub: one store behind etcd, one API server before it. */
export interface Hub {
  readonly store: Store;
  readonly etcd: Etcd;
  readonly apiServer: ApiServer;
}

export function buildHub(
  engine: Engine,
  streams: Streams,
  hosts: Hosts,
  profile: Profile,
  fsync: Distribution | undefined,
  shapes: PodShapes,
  probe: HubProbe,
): Hub {
  const store = new Store(engine, (event) => {
    probe.committed(event);
    apiServer.changed(event);
  });
  const apiServer = new ApiServer(
    engine,
    hosts.of('kube-apiserver'),
    profile.apiServer,
    streams.stream('api-server/requests'),
    store,
    new Admission(shapes, streams.stream('api-server/names')),
    probe,
    new CallTable(),
  );
  const etcd = new Etcd(
    engine,
    hosts.of('etcd'),
    { ...profile.etcd, fsync: fsync ?? profile.etcd.fsync },
    streams.stream('etcd/fsync'),
    probe,
    (slot) => apiServer.committed(slot),
    (slot) => apiServer.rangeRead(slot),
  );
  apiServer.connect(etcd);
  for (const name of NAMESPACES) store.create(draft(NAMESPACE, new ObjectMeta({ name }), {}, { phase: 'Active' }));
  return { store, etcd, apiServer };
}
