import { type Kind, NODE, POD } from '../api/kind.js';
import type { KindRegistry } from '../api/kind-registry.js';
import type { Lease, Node } from '../api/node.js';
import type { Pod } from '../api/pod.js';
import type { PodShapes } from '../api/pod-shapes.js';
import { assert, type Engine, type EventKind } from '../engine/index.js';
import type { Processor } from '../engine/processor.js';
import { EACH_NODE } from '../hub/call-flows.js';
import type { Streams } from '../random/streams.js';
import { HollowWorker } from '../spokes/kubelet/hollow-worker.js';
import { Kubelets } from '../spokes/kubelet/kubelets.js';
import { LeaseRenewal, newLease } from '../spokes/kubelet/lease-renewal.js';
import { NodeFleet } from '../spokes/kubelet/node-fleet.js';
import { NodeStatusReport } from '../spokes/kubelet/node-status-report.js';
import { SyncLoopWorker } from '../spokes/kubelet/sync-loop-worker.js';
import { ClosedLoad } from '../spokes/load/closed-load.js';
import type { LoadOrder } from '../spokes/load/load-order.js';
import { User } from '../spokes/user/user.js';
import { Background } from './background.js';
import { settledNodes } from './cluster-nodes.js';
import type { ClusterConfig } from './config.js';
import { startControllerManager } from './controller-manager.js';
import { type LoadedSpoke, startCustomSpokes, watchedKinds } from './custom-spokes.js';
import { Hosts } from './hosts.js';
import { buildHub, type Hub, type HubSettings } from './hub.js';
import type { Probe } from './probe.js';
import type { ComponentName, Profile, ProgramCosts } from './profile.js';
import { Program, type ProgramParts } from './program.js';
import { type SchedulerExtras, startScheduler } from './scheduler.js';
import { storeStartState } from './start-state.js';

/** Kubelets, users and loads look again so soon for an API server that is gone, as the measured ones did. */
const RECONNECT_NS = 20e6;

/** What a cluster is built from beside its configuration. */
export interface ClusterParts extends SchedulerExtras {
  readonly engine: Engine;
  readonly streams: Streams;
  readonly profile: Profile;
  readonly shapes: PodShapes;
  readonly kinds: KindRegistry;
  readonly probe: Probe;
  /** Spokes written outside. */
  readonly customSpokes?: readonly LoadedSpoke[];
}

/** A whole control plane with its machines and its user, wired and ready to start. */
export class Cluster {
  readonly hub: Hub;
  readonly user: User;
  readonly fleet: NodeFleet;
  private readonly hosts: Hosts;
  private readonly parts: ClusterParts;
  private readonly restartKind: EventKind;
  private readonly program: (name: string, host: ComponentName, costs: ProgramCosts, watcher?: string) => Program;
  private readonly programs: Program[];
  private readonly kubelets: Kubelets;
  private readonly leases: LeaseRenewal;
  private readonly firstLeases: readonly Lease[];
  private readonly nodeStatus: NodeStatusReport;
  private readonly reportsStatus: boolean;

  constructor(config: ClusterConfig, parts: ClusterParts) {
    const { engine, streams, profile, probe } = parts;
    this.hosts = new Hosts(engine, profile.hosts);
    this.hub = buildHub(engine, streams, this.hosts, profile, hubSettings(config), parts.shapes, probe);
    const nodes = settledNodes(config.nodes);
    this.fleet = new NodeFleet();
    this.firstLeases = this.register(nodes, config.kubelet.nodeLeaseDurationSeconds);
    storeStartState(this.hub.store, config.state);
    const programParts: ProgramParts = {
      engine,
      streams,
      door: this.hub.apiServer,
      networkDelay: config.network.delay ?? profile.networkDelay,
      probe,
    };
    const programOn = (name: string, host: Processor, costs: ProgramCosts, watcher: string) => {
      const made = new Program(programParts, host, name, costs, watcher);
      this.programs.push(made);
      return made;
    };
    const program = (name: string, host: ComponentName, costs: ProgramCosts, watcher = `system:${name}`) =>
      programOn(name, this.hosts.of(host), costs, watcher);
    this.restartKind = engine.register('fault: api server restarts', () => this.hub.apiServer.restart(), 'timer');
    this.program = program;
    this.parts = parts;
    this.programs = [];
    for (const { name, config: own } of [
      { name: 'kube-scheduler', config: config.scheduler },
      ...config.otherSchedulers,
    ]) {
      if (own.replicas === 0) continue;
      const scheduler = program(name, 'kube-scheduler', profile.scheduler);
      scheduler.lead();
      startScheduler(scheduler, parts.kinds.all, own, config.kubernetesMinor, profile.scheduler, streams, parts);
    }
    if (config.controllerManager.replicas > 0) {
      const manager = program('kube-controller-manager', 'kube-controller-manager', profile.controllerManager);
      manager.lead();
      const watched = watchedKinds(parts.customSpokes ?? [], parts.kinds);
      startControllerManager(manager, config, profile.controllerManager, parts.shapes, parts.kinds.all, watched);
    }
    // Hollow kubelets share one client and so one flow; real ones have one each.
    const kubeletUser = config.kubelet.model === 'hollow' ? 'system:nodes' : EACH_NODE;
    const kubelet = program('kubelet', 'kubelets', profile.kubelets, kubeletUser);
    const kubeletClient = kubelet.client('kubelet', kubeletUser, 0, 0, RECONNECT_NS);
    const pods = kubelet.informer<Pod>(POD, (pod) => pod.spec.nodeName !== '');
    const stream = streams.stream('kubelet');
    const { podStart, podStop } = config.kubelet;
    const kubeletParts = { engine, client: kubeletClient, pods, fleet: this.fleet, podStart, podStop, stream, probe };
    const Worker = config.kubelet.model === 'hollow' ? HollowWorker : SyncLoopWorker;
    this.kubelets = new Kubelets(pods, this.fleet, new Worker(kubeletParts));
    this.leases = new LeaseRenewal(engine, kubeletClient, this.fleet, config.kubelet.nodeLeaseDurationSeconds);
    const { nodeStatusReportFrequencyNs } = config.kubelet;
    this.nodeStatus = new NodeStatusReport(engine, kubeletClient, this.fleet, stream, nodeStatusReportFrequencyNs);
    this.reportsStatus = config.kubelet.nodeStatus;
    for (const { count, resource } of config.watchers) {
      const kind = parts.kinds.all.find((one) => one.resource === resource);
      assert(kind !== undefined, `no kind has the resource ${resource}`);
      program('watchers', 'clients', profile.clients, 'system:masters').listeners(kind!, count, probe);
    }
    startCustomSpokes(this.hosts, (name, host, as) => programOn(name, host, profile.clients, as), parts);
    const user = program('kubectl', 'clients', profile.clients);
    const userClient = (qps: number, burst: number) =>
      user.client('kubectl', 'system:masters', qps, burst, RECONNECT_NS);
    this.user = new User(user.process, userClient, probe);
  }

  /** Opens all watches and starts the heartbeats. */
  start(): void {
    const { engine, profile } = this.parts;
    new Background(engine, this.hosts.all, profile.background).start();
    this.hub.apiServer.start();
    for (const program of this.programs) program.start();
    this.leases.start(this.firstLeases);
    if (this.reportsStatus) for (const node of this.fleet.names.keys()) this.nodeStatus.join(node);
  }

  /** Stores what a load of requests is about, and gives the load itself, to be started. */
  prepareLoad(order: LoadOrder, user: string): ClosedLoad {
    const { parts } = this;
    for (const target of order.targets) this.hub.store.create(target);
    const load = this.program('load', 'clients', parts.profile.clients);
    const targets = order.targets.map(
      ({ kind, metadata }) => this.hub.store.get(kind, metadata.namespace, metadata.name)!,
    );
    return new ClosedLoad(
      load.process,
      load.client('load', user, 0, 0, RECONNECT_NS),
      { ...order, targets },
      parts.probe,
    );
  }

  /** A machine of this name comes up, unless there is one. */
  join(name: string): void {
    if (this.fleet.indexOf(name) >= 0) return;
    const node = this.fleet.add(name);
    this.leases.join(node);
    if (this.reportsStatus) this.nodeStatus.join(node);
  }

  /** Whether every program has its first lists. */
  get synced(): boolean {
    return this.programs.every((program) => program.synced);
  }

  /** Zone label of a machine as it was registered; `''` without one. */
  zoneOf(node: number): string {
    const known = this.hub.store.get(NODE, '', this.fleet.names[node]!);
    return known?.metadata.labels['topology.kubernetes.io/zone'] ?? '';
  }

  /** What a program hears of a kind arrives so much later; false if there is no such program or it has no such cache. */
  delayWatch(program: string, kind: Kind, forNs: number): boolean {
    const informer = this.programs.find(({ process }) => process.name === program)?.informerOf(kind);
    informer?.delay(this.parts.engine.nowNs + forNs);
    return informer !== undefined;
  }

  /** The API server dies, and is started again after `forNs` (-1 = never). */
  killApiServer(forNs: number): void {
    this.hub.apiServer.kill();
    if (forNs >= 0) this.parts.engine.schedule(forNs, this.restartKind);
  }

  /** Machines go down without a word. */
  crash(nodes: readonly number[]): void {
    for (const node of nodes) this.fleet.set(node, false);
  }

  /** Machines come back, and their kubelets take up where they are told to. */
  restart(nodes: readonly number[]): void {
    for (const node of nodes) {
      this.fleet.set(node, true);
      this.nodeStatus.report(node);
      this.kubelets.nodeRestarted(node);
    }
  }

  /** Machines that are down while the control plane believes them well: it is about to find out. */
  get silentlyDown(): boolean {
    for (let node = 0; node < this.fleet.size; node++) {
      if (this.fleet.isUp(node)) continue;
      const known = this.hub.store.get(NODE, '', this.fleet.names[node]!) as Node | undefined;
      if (known?.status.ready === 'True') return true;
    }
    return false;
  }

  /** Busy processor seconds by program. */
  busySeconds(): Map<string, number> {
    const seconds = new Map<string, number>();
    for (const host of this.hosts.all) {
      for (const [index, name] of host.componentNames().entries()) {
        seconds.set(name, (seconds.get(name) ?? 0) + host.busySeconds(index));
      }
    }
    return seconds;
  }

  private register(nodes: readonly Node[], leaseDurationSeconds: number): Lease[] {
    return nodes.map((node) => {
      const { name } = node.metadata;
      this.fleet.add(name);
      this.hub.store.create(node);
      return this.hub.store.create(newLease(name, leaseDurationSeconds, 0)).object as Lease;
    });
  }
}

function hubSettings({ apiServer, etcd }: ClusterConfig): HubSettings {
  return { serverSeats: apiServer.maxRequestsInflight + apiServer.maxMutatingRequestsInflight, fsync: etcd.fsync };
}
