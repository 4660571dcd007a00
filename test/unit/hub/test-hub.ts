import { BUILT_IN_KINDS } from '../../../src/api/kind.js';
import { PodShapes } from '../../../src/api/pod-shapes.js';
import type { ApiServerDoor } from '../../../src/client/connection.js';
import { Hosts } from '../../../src/cluster/hosts.js';
import { buildHub, type Hub, type HubSettings } from '../../../src/cluster/hub.js';
import type { Profile } from '../../../src/cluster/profile.js';
import { Program } from '../../../src/cluster/program.js';
import { Engine } from '../../../src/engine/index.js';
import type { ApiServerProcess } from '../../../src/hub/api-server-process.js';
import { Measurements } from '../../../src/measure/measurements.js';
import { Streams } from '../../../src/random/streams.js';
import { loadProfile } from '../../../src/scenario/profile-file.js';

/** A hub with nobody around it, for tests: programs are added by name. */
export interface TestHub extends Hub {
  readonly engine: Engine;
  readonly apiServer: ApiServerProcess;
  readonly shapes: PodShapes;
  readonly measurements: Measurements;
  /** A program beside it; `door` stands in for the API server. */
  program(name: string, door?: ApiServerDoor): Program;
}

export function testHub(profile: Profile = loadProfile('ideal'), settings?: Partial<HubSettings>): TestHub {
  const copies = { 'kube-apiserver': settings?.apiServers ?? 1, etcd: settings?.etcdMembers ?? 1 };
  const engine = new Engine();
  const streams = new Streams(1);
  const shapes = new PodShapes();
  const measurements = new Measurements(BUILT_IN_KINDS);
  const hosts = new Hosts(engine, profile.hosts, copies);
  const hub = buildHub(engine, streams, hosts, profile, settings, shapes, measurements);
  const apiServer = hub.apiServers[0]!;
  const parts = {
    engine,
    streams,
    networkDelay: profile.networkDelay,
    probe: measurements,
    listsBeforeWatching: false,
  };
  const program = (name: string, door: ApiServerDoor = apiServer): Program =>
    new Program({ ...parts, door }, hosts.of('clients'), name, profile.clients);
  return { ...hub, apiServer, engine, shapes, measurements, program };
}
