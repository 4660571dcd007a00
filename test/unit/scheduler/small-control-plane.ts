import { NODE, POD } from '../../../src/api/kind.js';
import { KindRegistry } from '../../../src/api/kind-registry.js';
import type { Labels } from '../../../src/api/labels.js';
import { readManifests } from '../../../src/api/manifest.js';
import { ObjectMeta } from '../../../src/api/meta.js';
import type { NodeSpec } from '../../../src/api/node.js';
import { draft } from '../../../src/api/object.js';
import { PENDING, type Pod, PodSpec } from '../../../src/api/pod.js';
import type { PodSpecManifest } from '../../../src/api/pod-manifest.js';
import { PodShapes } from '../../../src/api/pod-shapes.js';
import { resources } from '../../../src/api/resources.js';
import type { ApiClient } from '../../../src/client/api-client.js';
import type { Informer } from '../../../src/client/informer.js';
import { Hosts } from '../../../src/cluster/hosts.js';
import { buildHub, type Hub } from '../../../src/cluster/hub.js';
import type { Probe } from '../../../src/cluster/probe.js';
import { Program } from '../../../src/cluster/program.js';
import { schedulerLinks } from '../../../src/cluster/scheduler.js';
import { traitsOf } from '../../../src/cluster/versions.js';
import { Engine } from '../../../src/engine/index.js';
import { Streams } from '../../../src/random/streams.js';
import { loadProfile } from '../../../src/scenario/profile-file.js';
import { DEFAULT_PROFILE } from '../../../src/spokes/scheduler/default-profile.js';
import { Scheduler } from '../../../src/spokes/scheduler/scheduler.js';
import type { ProfileOptions } from '../../../src/spokes/scheduler/scheduler-options.js';

const SECOND_NS = 1e9;
const CYCLE_NS = 500_000;

/** Takes note of nothing, nor does what it is asked for. */
const DEAF: Probe = new Proxy({} as Probe, { get: () => (): unknown => DEAF });

/** A hub and a scheduler, and hands to put nodes and pods into it. */
export class SmallControlPlane {
  readonly engine: Engine;
  readonly hub: Hub;
  readonly scheduler: Scheduler;
  readonly pods: Informer<Pod>;
  readonly user: ApiClient;
  readonly #shapes: PodShapes;

  constructor(qps = 0, profiles: readonly ProfileOptions[] = [DEFAULT_PROFILE]) {
    this.engine = new Engine();
    const streams = new Streams(1);
    const profile = loadProfile('ideal');
    const hosts = new Hosts(this.engine, profile.hosts);
    this.#shapes = new PodShapes();
    this.hub = buildHub(this.engine, streams, hosts, profile, undefined, this.#shapes, DEAF);
    const door = this.hub.apiServers[0]!;
    const parts = {
      engine: this.engine,
      streams,
      door,
      networkDelay: profile.networkDelay,
      probe: DEAF,
      listsBeforeWatching: false,
    };
    const program = new Program(parts, hosts.of('kube-scheduler'), 'kube-scheduler', profile.scheduler);
    this.pods = program.informer<Pod>(POD);
    this.scheduler = new Scheduler(
      schedulerLinks(program, new KindRegistry().all, qps, 2 * qps),
      {
        profiles,
        version: traitsOf(36),
        podInitialBackoffNs: SECOND_NS,
        podMaxBackoffNs: 10 * SECOND_NS,
        parallelism: 16,
        costs: { cycleNs: CYCLE_NS, nodeListedNs: 0, nodeFilteredNs: 0, nodeTriedNs: 0, nodeScoredNs: 0, plugins: {} },
        customPlugins: [],
      },
      streams.stream('scheduler/ties'),
    );
    this.user = new Program(parts, hosts.of('clients'), 'user', profile.clients).client('user', 'system:masters', 0, 0);
    program.start();
    this.scheduler.start();
    this.run(1);
  }

  /** Lets virtual time pass. */
  run(seconds: number): void {
    this.engine.run(this.engine.nowNs + seconds * SECOND_NS);
  }

  addNode(name: string, milliCpu: number, labels: Labels = {}, spec: Partial<NodeSpec> = {}): void {
    const allocatable = resources({ milliCpu, memory: 2 ** 34, pods: 110 });
    const status = { capacity: allocatable, allocatable, ready: 'True', readyReason: '', readySinceNs: 0 } as const;
    const metadata = ObjectMeta.of({ name, labels: { 'kubernetes.io/hostname': name, ...labels } });
    const full = { unschedulable: false, taints: [], ...spec };
    this.hub.store.create(draft(NODE, metadata, full, { ...status, readyHeartbeatNs: 0 }));
  }

  createPod(
    name: string,
    cpu: string,
    more: Partial<PodSpecManifest> = {},
    labels: Labels = {},
    namespace = 'default',
  ): void {
    const containers = [{ name: 'c', image: 'i', resources: { requests: { cpu } } }];
    const shape = this.#shapes.of({ containers, terminationGracePeriodSeconds: 0, ...more });
    this.user.create(draft(POD, ObjectMeta.of({ namespace, name, labels }), new PodSpec(shape, ''), PENDING));
  }

  /** Writes what a manifest has, past the API server. */
  apply(manifest: string): void {
    const { objects } = readManifests(manifest, 'manifest.yaml', { shapes: this.#shapes });
    for (const object of objects) this.hub.store.create(object);
  }

  deletePod(name: string): void {
    this.user.deleteNamed(POD, 'default', name, { gracePeriodSeconds: 0 });
  }

  pod(name: string): Pod | undefined {
    return this.hub.store.get(POD, 'default', name) as Pod | undefined;
  }

  /** Node of a pod; `''` while it waits. */
  nodeOf(name: string): string {
    return this.pod(name)!.spec.nodeName;
  }
}
