import { NAMESPACE, PRIORITY_CLASS } from '../api/kind.js';
import { ObjectMeta } from '../api/meta.js';
import { draft } from '../api/object.js';
import type { PodShapes } from '../api/pod-shapes.js';
import type { Engine } from '../engine/index.js';
import { Admission } from '../hub/admission.js';
import { ApiServer } from '../hub/api-server.js';
import { ApiServerProcess } from '../hub/api-server-process.js';
import { CallTable } from '../hub/call-table.js';
import { Etcd } from '../hub/etcd.js';
import { LevelMeters } from '../hub/flow-control/level-meter.js';
import { LIST_RULES, type ListRules } from '../hub/flow-control/list-work.js';
import type { HubProbe } from '../hub/hub-probe.js';
import { PriorityClasses } from '../hub/priority-classes.js';
import { Store } from '../hub/store.js';
import type { Distribution } from '../random/distribution.js';
import { OwnStreams } from '../random/own-streams.js';
import type { Streams } from '../random/streams.js';
import type { Hosts } from './hosts.js';
import type { Profile } from './profile.js';

/** Namespaces that every cluster has. */
const NAMESPACES = ['default', 'kube-system', 'kube-public', 'kube-node-lease'];

/** The hub: one store behind etcd, one API server before it. */
export interface Hub {
  readonly store: Store;
  readonly etcd: Etcd;
  readonly apiServer: ApiServerProcess;
  /** What the priority levels of flow control did. */
  readonly meters: LevelMeters;
}

/** What a scenario sets of the hub. */
export interface HubSettings {
  /** `--max-requests-inflight` and `--max-mutating-requests-inflight` together. */
  readonly serverSeats: number;
  /** Time of an fsync; `undefined` takes the profile's. */
  readonly fsync: Distribution | undefined;
  /** How many seats LISTs take. */
  readonly lists: ListRules;
}

/** The flags' defaults, 400 and 200 (kubernetes-facts A1). */
const SERVER_SEATS = 600;

export function buildHub(
  engine: Engine,
  streams: Streams,
  hosts: Hosts,
  profile: Profile,
  settings: HubSettings | undefined,
  shapes: PodShapes,
  probe: HubProbe,
): Hub {
  const store = new Store(engine, (event) => {
    probe.committed(event);
    apiServer.changed(event);
  });
  const meters = new LevelMeters();
  const apiServer = new ApiServerProcess(
    engine,
    streams.stream('api-server/start'),
    profile.apiServer.startNs,
    apiServerMaker(engine, streams, hosts, profile, settings, shapes, probe, store, () => etcd, meters),
  );
  const etcd = new Etcd(
    engine,
    hosts.of('etcd'),
    { ...profile.etcd, fsync: settings?.fsync ?? profile.etcd.fsync },
    streams.stream('etcd/fsync'),
    probe,
    (slot) => apiServer.committed(slot),
    (slot) => apiServer.rangeRead(slot),
    (slot) => apiServer.unanswered(slot),
  );
  for (const name of NAMESPACES) store.create(draft(NAMESPACE, new ObjectMeta({ name }), {}, { phase: 'Active' }));
  return { store, etcd, apiServer, meters };
}

/** Makes the lives of one API server: they share its host, its random numbers and the rows of its calls. */
function apiServerMaker(
  engine: Engine,
  streams: Streams,
  hosts: Hosts,
  profile: Profile,
  settings: HubSettings | undefined,
  shapes: PodShapes,
  probe: HubProbe,
  store: Store,
  etcd: () => Etcd,
  meters: LevelMeters,
): (authorizesFromNs: number) => ApiServer {
  const host = hosts.of('kube-apiserver');
  const parts = {
    engine,
    host,
    component: host.addComponent('kube-apiserver', profile.apiServer),
    costs: profile.apiServer,
    streams: new OwnStreams(streams, 'api-server/requests'),
    store,
    etcd,
    calls: new CallTable(engine),
    admission: new Admission(
      shapes,
      new OwnStreams(streams, 'api-server/names'),
      new PriorityClasses(store.table(PRIORITY_CLASS)),
    ),
    flowControl: { serverSeats: settings?.serverSeats ?? SERVER_SEATS, lists: settings?.lists ?? LIST_RULES, meters },
    probe,
  };
  return (authorizesFromNs) => new ApiServer({ ...parts, authorizesFromNs });
}
