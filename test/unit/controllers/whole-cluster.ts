import type { Call } from '../../../src/api/call.js';
import type { JsonObject } from '../../../src/api/json.js';
import { type Kind, POD } from '../../../src/api/kind.js';
import { readManifests } from '../../../src/api/manifest.js';
import { applyMergePatch } from '../../../src/api/merge-patch.js';
import { controllerOf } from '../../../src/api/meta.js';
import type { ApiObject } from '../../../src/api/object.js';
import type { Pod } from '../../../src/api/pod.js';
import type { WatchEvent } from '../../../src/api/watch.js';
import { Cluster } from '../../../src/cluster/cluster.js';
import { Engine } from '../../../src/engine/index.js';
import { Measurements } from '../../../src/measure/measurements.js';
import { Streams } from '../../../src/random/streams.js';
import { load } from '../scenario/scenario-files.js';

export interface WholeClusterOptions {
  readonly nodes?: number;
  readonly seed?: number;
  /** As scenarios write them; the wire takes no time and pods start at once by default. */
  readonly delay?: string;
  readonly podStart?: string;
  /** Of every controller; 0 means no limit. */
  readonly qps?: number;
  /** Of Kubernetes 1.x. */
  readonly minor?: number;
  /** Feature gates that are on. */
  readonly gates?: readonly string[];
  /** Whether somebody counts what is used of ResourceQuotas. */
  readonly quotas?: boolean;
  /** Whether somebody makes claims for the pods of StatefulSets. */
  readonly claims?: boolean;
}

class Watched extends Measurements {
  onCommit: (event: WatchEvent) => void = () => undefined;
  onAnswer: (call: Call) => void = () => undefined;

  override answered(call: Call, nowNs: number): void {
    super.answered(call, nowNs);
    this.onAnswer(call);
  }

  override committed(event: WatchEvent): void {
    super.committed(event);
    this.onCommit(event);
  }
}

/** A whole control plane with hollow kubelets, where every step costs nothing but the delays that are asked for. */
export class WholeCluster {
  readonly engine: Engine;
  readonly cluster: Cluster;
  readonly measurements: Watched;
  private readonly shapes;
  private readonly startNs: number;
  private readonly sources: Map<ApiObject, JsonObject> = new Map();

  constructor({
    nodes = 3,
    seed = 1,
    delay = '0s',
    podStart = '0s',
    qps = 0,
    minor = 36,
    gates = [],
    quotas = false,
    claims = false,
  }: WholeClusterOptions = {}) {
    const scenario = load({
      'main.yaml': `cluster:
  kubernetes: "1.${minor}"
  featureGates: { ${gates.map((gate) => `${gate}: true`).join(', ')} }
  profile: ideal
  nodes: [ { count: ${nodes} } ]
  controllerManager: { kubeApiQps: ${qps}, kubeApiBurst: 30 }
  scheduler: { kubeApiQps: 0 }
  network: { delay: "${delay}" }
  kubelet: { model: hollow, podStart: "${podStart}", podStop: "${podStart}", nodeStatus: false }
`,
    });
    this.engine = new Engine({ seed });
    this.measurements = new Watched(scenario.kinds.all);
    this.shapes = scenario.shapes;
    const needs = {
      ...(quotas ? { resourceQuotas: true as const } : {}),
      ...(claims ? { claims: true as const } : {}),
    };
    this.cluster = new Cluster(
      { ...scenario.cluster, ...needs },
      {
        engine: this.engine,
        streams: new Streams(seed),
        profile: scenario.profile,
        shapes: scenario.shapes,
        kinds: scenario.kinds,
        probe: this.measurements,
      },
    );
    this.cluster.start();
    this.engine.run(1e9);
    this.startNs = this.engine.nowNs;
    this.measurements.begin(this.startNs);
  }

  apply(manifest: string): void {
    const { objects, sources } = readManifests(manifest, 'test.yaml', { shapes: this.shapes });
    for (const [index, object] of objects.entries()) this.sources.set(object, sources[index]!);
    this.cluster.user.apply(objects, 1, this.shapes, (object) => this.sources.get(object));
  }

  patch(kind: Kind, name: string, patch: JsonObject): void {
    const apply = (current: ApiObject): ApiObject => applyMergePatch(current, patch, this.shapes);
    this.cluster.user.change(kind, kind.namespaced ? 'default' : '', name, { apply });
  }

  delete(kind: Kind, name: string): void {
    this.cluster.user.delete(kind, 'default', name);
  }

  /** Runs until so many virtual seconds after the start. */
  runTo(seconds: number): void {
    this.engine.run(this.startNs + seconds * 1e9);
  }

  /** Whether nothing but chores is left to do. */
  get quiet(): boolean {
    return this.engine.workPending === 0;
  }

  /** Workloads that are not as desired. */
  get unconverged(): number {
    return this.measurements.workloads.unconverged;
  }

  stored<T extends ApiObject>(kind: Kind, name: string): T {
    return this.cluster.hub.store.get(kind, 'default', name) as T;
  }

  all<T extends ApiObject>(kind: Kind): readonly T[] {
    return [...this.cluster.hub.store.table(kind).values()] as T[];
  }

  /** Pods that some object of a kind controls. */
  podsOf(owner: Kind): readonly Pod[] {
    return this.all<Pod>(POD).filter(({ metadata }) => controllerOf(metadata)?.kindId === owner.id);
  }

  /** Requests of a client that the API server has answered. */
  requests(client: string, verb: string, resource: string): number {
    const { keys } = this.measurements.requests;
    const matching = keys
      .map((key, index) => ({ ...key, index }))
      .filter((key) => {
        return key.client === client && key.verb === verb && key.resource === resource;
      });
    return matching.reduce((sum, { index }) => sum + this.measurements.requests.latencyOf(index).count, 0);
  }
}
