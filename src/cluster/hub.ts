import { EVENT, type Kind, NAMESPACE } from '../api/kind.js';
import { ObjectMeta } from '../api/meta.js';
import { draft } from '../api/object.js';
import type { PodShapes } from '../api/pod-shapes.js';
import type { Engine } from '../engine/index.js';
import { Admission } from '../hub/admission.js';
import { ApiServer } from '../hub/api-server.js';
import { ApiServerProcess } from '../hub/api-server-process.js';
import { CallTable } from '../hub/call-table.js';
import { Backend } from '../hub/etcd/backend.js';
import type { ElectionTimes } from '../hub/etcd/election.js';
import { Etcd } from '../hub/etcd/etcd.js';
import { EtcdClient } from '../hub/etcd/etcd-client.js';
import { EtcdConnections } from '../hub/etcd/etcd-clients.js';
import type { EtcdDoor } from '../hub/etcd/etcd-door.js';
import { EventLeases } from '../hub/etcd/event-leases.js';
import { DEFAULT_FLOW_SCHEMAS } from '../hub/flow-control/default-flow-schemas.js';
import { DEFAULT_PRIORITY_LEVELS } from '../hub/flow-control/default-priority-levels.js';
import type { FlowSchema } from '../hub/flow-control/flow-schema.js';
import { LevelMeters } from '../hub/flow-control/level-meter.js';
import { LIST_RULES, type ListRules } from '../hub/flow-control/list-work.js';
import type { PriorityLevel } from '../hub/flow-control/priority-level.js';
import type { HubProbe } from '../hub/hub-probe.js';
import { IdentityLease } from '../hub/identity-lease.js';
import { ObjectBytes } from '../hub/object-bytes.js';
import { Store } from '../hub/store.js';
import type { Webhook } from '../hub/webhook.js';
import type { WebhookSet } from '../hub/webhooks.js';
import type { Distribution } from '../random/distribution.js';
import { OwnStreams } from '../random/own-streams.js';
import type { Streams } from '../random/streams.js';
import { type Hosts, numbered } from './hosts.js';
import type { Profile } from './profile.js';

/** Namespaces that every cluster has. */
const NAMESPACES = ['default', 'kube-system', 'kube-public', 'kube-node-lease'];

/** The hub: one store behind etcd, API servers before it. */
export interface Hub {
  readonly store: Store;
  readonly etcd: Etcd;
  /** Where Events are kept, if not there. */
  readonly eventsEtcd: Etcd | undefined;
  readonly apiServers: readonly ApiServerProcess[];
  /** From each API server to the one and to the other. */
  readonly connections: EtcdConnections;
  readonly eventConnections: EtcdConnections;
  /** What the priority levels of flow control did. */
  readonly meters: LevelMeters;
  /** Undefined where there are none. */
  readonly webhooks: WebhookSet | undefined;
}

/** What a scenario sets of the hub. */
export interface HubSettings {
  readonly apiServers: number;
  readonly etcdMembers: number;
  readonly elections: ElectionTimes;
  /** Whether Events have an etcd of their own (`--etcd-servers-overrides`). */
  readonly eventsSeparately: boolean;
  readonly eventTtlNs: number;
  /** Whether a controller protects claims that pods use. */
  readonly protectsClaims: boolean;
  readonly compactionIntervalNs: number;
  /** 0: no limit. */
  readonly quotaBackendBytes: number;
  /** `--max-requests-inflight` and `--max-mutating-requests-inflight` together. */
  readonly serverSeats: number;
  /** `--request-timeout`. */
  readonly requestTimeoutNs?: number;
  /** Time of an fsync; `undefined` takes the profile's. */
  readonly fsync: Distribution | undefined;
  /** One way over the wire; `undefined` takes the profile's. */
  readonly wire: Distribution | undefined;
  /** How many seats LISTs take. */
  readonly lists: ListRules;
  readonly schemas?: readonly FlowSchema[];
  readonly levels?: readonly PriorityLevel[];
  readonly mutatingWebhooks?: readonly Webhook[];
  readonly validatingWebhooks?: readonly Webhook[];
  /** Whether pods need a service account, which somebody has to make. */
  readonly serviceAccounts?: boolean;
  /** Whether each API server has a lease by which it says that it is there. */
  readonly identityLeases?: boolean;
}

/** One of each, with the flags' defaults: 400 and 200 requests (kubernetes-facts A1), elections as in B. */
const DEFAULTS: HubSettings = {
  apiServers: 1,
  etcdMembers: 1,
  elections: { heartbeatIntervalNs: 100e6, electionTimeoutNs: 1e9 },
  eventsSeparately: false,
  eventTtlNs: 3600e9,
  protectsClaims: false,
  compactionIntervalNs: 300e9,
  quotaBackendBytes: 0,
  serverSeats: 600,
  fsync: undefined,
  wire: undefined,
  lists: LIST_RULES,
};

/** What the parts of a hub are built from. */
interface HubParts {
  readonly engine: Engine;
  readonly streams: Streams;
  readonly hosts: Hosts;
  readonly profile: Profile;
  readonly settings: HubSettings;
  readonly shapes: PodShapes;
  readonly probe: HubProbe;
  readonly meters: LevelMeters;
  readonly webhooks: WebhookSet | undefined;
  readonly bytes: ObjectBytes;
}

export function buildHub(
  engine: Engine,
  streams: Streams,
  hosts: Hosts,
  profile: Profile,
  given: Partial<HubSettings> | undefined,
  shapes: PodShapes,
  probe: HubProbe,
): Hub {
  const settings = { ...DEFAULTS, ...given };
  const meters = new LevelMeters();
  const webhooks = webhooksOf(settings, streams);
  const bytes = new ObjectBytes();
  const parts = { engine, streams, hosts, profile, settings, shapes, probe, meters, webhooks, bytes };
  const connections = new EtcdConnections();
  const eventConnections = settings.eventsSeparately ? new EtcdConnections() : connections;
  const store: Store = new Store(engine, (event) => {
    probe.committed(event);
    store.backendOf(event.object.kind)!.committed(event);
    if (event.object.kind !== EVENT) connections.changed(event);
    else {
      leases.committed(event);
      eventConnections.changed(event);
    }
  });
  store.backend = newBackend(settings, bytes);
  if (settings.eventsSeparately) store.eventsBackend = newBackend(settings, bytes);
  const leases = new EventLeases(engine, store, settings.eventTtlNs, () => (eventsEtcd ?? etcd).leader?.live === true);
  const admission = new Admission(shapes, new OwnStreams(streams, 'api-server/names'), store, settings.protectsClaims);
  const apiServers = Array.from(
    { length: settings.apiServers },
    (_, index) =>
      new ApiServerProcess(
        engine,
        streams.stream(numbered('api-server/start', index)),
        profile.apiServer.startNs,
        apiServerMaker(parts, index, store, admission, (kind) =>
          kind === EVENT ? eventConnections.all[index]! : connections.all[index]!,
        ),
        settings.identityLeases ? leaseMaker(parts, index) : undefined,
      ),
  );
  const etcd = buildEtcd(parts, 'etcd', connections);
  const eventsEtcd = settings.eventsSeparately ? buildEtcd(parts, 'etcd-events', eventConnections) : undefined;
  connect(parts, apiServers, etcd, connections, 'etcd');
  if (eventsEtcd !== undefined) connect(parts, apiServers, eventsEtcd, eventConnections, 'etcd-events');
  for (const name of NAMESPACES) store.create(draft(NAMESPACE, ObjectMeta.of({ name }), {}, { phase: 'Active' }));
  return { store, etcd, eventsEtcd, apiServers, connections, eventConnections, meters, webhooks };
}

/** Makes the lease of an API server for each of its lives. */
function leaseMaker({ engine, streams }: HubParts, index: number): (server: ApiServer) => IdentityLease {
  const name = `apiserver-${index}`;
  const stream = streams.stream(numbered('api-server/lease', index));
  return (server) => new IdentityLease(engine, server, name, stream);
}

function webhooksOf(settings: HubSettings, streams: Streams): WebhookSet | undefined {
  const { mutatingWebhooks: mutating = [], validatingWebhooks: validating = [] } = settings;
  const all = [...mutating, ...validating];
  if (all.length === 0) return undefined;
  const own = new Map(all.map((webhook) => [webhook, streams.stream(`webhook/${webhook.name}`)]));
  return { mutating, validating, streams: own, down: new Set() };
}

/** Connects every API server with an etcd. */
function connect(
  { engine, streams, profile, settings }: HubParts,
  servers: readonly ApiServerProcess[],
  etcd: Etcd,
  connections: EtcdConnections,
  name: string,
): void {
  for (const [index, user] of servers.entries()) {
    const own = { index, servers: servers.length, wire: settings.wire ?? profile.networkDelay };
    const stream = () => streams.stream(numbered(`wire/${name}`, index));
    connections.all.push(new EtcdClient({ engine, etcd, user, stream, ...own }));
  }
}

function newBackend(settings: HubSettings, bytes: ObjectBytes): Backend {
  const { compactionIntervalNs, quotaBackendBytes: quotaBytes, etcdMembers: members } = settings;
  return new Backend({ compactionIntervalNs, quotaBytes, members }, bytes);
}

function buildEtcd(
  { engine, streams, hosts, profile, settings, probe }: HubParts,
  name: string,
  clients: EtcdConnections,
): Etcd {
  const members = Array.from({ length: settings.etcdMembers }, (_, index) => index);
  return new Etcd({
    name,
    engine,
    hosts: members.map((index) => hosts.of('etcd', index)),
    costs: settings.fsync === undefined ? profile.etcd : { ...profile.etcd, fsync: settings.fsync, fsyncColdNs: 0 },
    streams: members.map((index) => ({
      log: streams.stream(numbered(`${name}/fsync`, index)),
      database: () => streams.stream(numbered(`${name}/database`, index)),
    })),
    probe,
    clients,
    times: settings.elections,
    wire: settings.wire ?? profile.networkDelay,
    peerStream: () => streams.stream(`${name}/peers`),
  });
}

/** Makes the lives of one API server: they share its host, its random numbers and the rows of its calls. */
function apiServerMaker(
  { engine, streams, hosts, profile, settings, probe, meters, webhooks, bytes }: HubParts,
  index: number,
  store: Store,
  admission: Admission,
  etcd: (kind: Kind) => EtcdDoor,
): (authorizesFromNs: number) => ApiServer {
  const host = hosts.of('kube-apiserver', index);
  const parts = {
    engine,
    host,
    component: host.addComponent('kube-apiserver', profile.apiServer),
    costs: profile.apiServer,
    streams: new OwnStreams(streams, numbered('api-server/requests', index)),
    watchTimeouts: streams.stream(numbered('api-server/watch-timeouts', index)),
    store,
    etcd,
    calls: new CallTable(engine),
    admission,
    flowControl: {
      serverSeats: settings.serverSeats,
      requestTimeoutNs: settings.requestTimeoutNs,
      lists: settings.lists,
      meters,
      schemas: settings.schemas ?? DEFAULT_FLOW_SCHEMAS,
      levels: settings.levels ?? DEFAULT_PRIORITY_LEVELS,
    },
    accounts: settings.serviceAccounts ? streams.stream(numbered('api-server/accounts', index)) : undefined,
    webhooks,
    bytes,
    probe,
  };
  return (authorizesFromNs) => new ApiServer({ ...parts, authorizesFromNs });
}
