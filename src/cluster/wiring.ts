import type { KindRegistry } from '../api/kind-registry.js';
import type { ApiObject } from '../api/object.js';
import type { PodShapes } from '../api/pod-shapes.js';
import type { ApiServerDoor } from '../client/connection.js';
import type { Engine } from '../engine/index.js';
import { Admission } from '../hub/admission.js';
import type { HubProbe } from '../hub/hub-probe.js';
import { LoadBalancer } from '../hub/load-balancer.js';
import { Mesh, type MeshCount } from '../hub/mesh/mesh.js';
import { MeshCopy } from '../hub/mesh/mesh-copy.js';
import type { Store } from '../hub/store.js';
import { Constant } from '../random/constant.js';
import type { Distribution } from '../random/distribution.js';
import { OwnStreams } from '../random/own-streams.js';
import type { Streams } from '../random/streams.js';
import { ClientLinks } from './client-links.js';
import type { WiringConfig } from './config.js';
import type { Hub } from './hub.js';

/** What a program is connected with, and how far away that is. */
export interface Way {
  readonly door: ApiServerDoor;
  readonly networkDelay: Distribution;
}

/** What the wiring is made of. */
export interface WiringParts {
  readonly engine: Engine;
  readonly streams: Streams;
  readonly shapes: PodShapes;
  readonly kinds: KindRegistry;
  readonly probe: HubProbe;
  /** One way between two programs. */
  readonly delay: Distribution;
  readonly machines: () => number;
  readonly protectsClaims: boolean;
}

/** Programs that stand for many clients. */
const MANY: ReadonlySet<string> = new Set(['kubelet', 'load', 'watchers']);

const HERE = new Constant(0, '0s');

/** How the programs of a cluster reach the truth: all through the hub, or each in a copy of its own. */
export class Wiring {
  private readonly hub: Hub;
  private readonly parts: WiringParts;
  private readonly mesh: Mesh | undefined;
  private readonly balancer: LoadBalancer | undefined;
  readonly links: ClientLinks;

  constructor({ mode, loss }: WiringConfig, hub: Hub, parts: WiringParts) {
    const { engine, streams, delay, machines } = parts;
    this.hub = hub;
    this.parts = parts;
    this.links = new ClientLinks(engine, hub.apiServers);
    this.balancer = hub.apiServers.length === 1 ? undefined : new LoadBalancer(hub.apiServers);
    this.mesh =
      mode === 'hub'
        ? undefined
        : new Mesh({ engine, observer: hub.store, delay, loss, stream: streams.stream('mesh'), machines });
  }

  wayOf(program: string): Way {
    const { mesh, parts } = this;
    if (mesh === undefined) return { door: this.doorOf(program), networkDelay: parts.delay };
    const admission = (store: Store): Admission =>
      new Admission(parts.shapes, new OwnStreams(parts.streams, `mesh/names/${program}`), store, parts.protectsClaims);
    return {
      door: new MeshCopy(parts.engine, mesh, program === 'kubelet', parts.probe, admission),
      networkDelay: HERE,
    };
  }

  /** Programs that stand for many have many connections. */
  private doorOf(program: string): ApiServerDoor {
    if (this.balancer === undefined) return this.hub.apiServers[0]!;
    return MANY.has(program) ? this.balancer.connections() : this.balancer.connection();
  }

  /** Whether there is no hub that something could be cut off from. */
  get isMesh(): boolean {
    return this.mesh !== undefined;
  }

  start(): void {
    this.mesh?.start(this.objects());
  }

  /** What the mesh came to; undefined where there is a hub. */
  get count(): MeshCount | undefined {
    return this.mesh?.count(this.objects());
  }

  private objects(): ApiObject[] {
    return this.parts.kinds.all.flatMap((kind) => [...this.hub.store.table(kind).values()]);
  }
}
