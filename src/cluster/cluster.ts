import { type Kind, NODE, POD, POD_DISRUPTION_BUDGET } from '../api/kind.js';
import type { KindRegistry } from '../api/kind-registry.js';
import type { Node } from '../api/node.js';
import type { Pod } from '../api/pod.js';
import type { PodDisruptionBudget } from '../api/pod-disruption-budget.js';
import type { PodShapes } from '../api/pod-shapes.js';
import type { WaitingLine } from '../client/process.js';
import { SlowWatch } from '../client/slow-watch.js';
import { assert, type Engine } from '../engine/index.js';
import type { Processor } from '../engine/processor.js';
import type { Streams } from '../random/streams.js';
import { ClusterAutoscaler } from '../spokes/cluster-autoscaler/cluster-autoscaler.js';
import type { Arrivals } from '../spokes/load/arrivals.js';
import { ClosedLoad } from '../spokes/load/closed-load.js';
import { type Load, type LoadOrder, readsPast } from '../spokes/load/load-order.js';
import { OpenLoad } from '../spokes/load/open-load.js';
import { Recipe } from '../spokes/recipe/recipe.js';
import { User } from '../spokes/user/user.js';
import { Background } from './background.js';
import { Cloud, firstGroupNodes } from './cloud.js';
import { settledNodes } from './cluster-nodes.js';
import type { Component } from './component.js';
import { electedComponents } from './components.js';
import type { ClusterConfig, WatchFault } from './config.js';
import { startAutoscalers } from './controller-manager.js';
import { customSpokes, type LoadedSpoke } from './custom-spokes.js';
import { type Copies, Hosts } from './hosts.js';
import { buildHub, type Hub } from './hub.js';
import { hubSettings } from './hub-settings.js';
import { jsonSpeakers } from './json-speakers.js';
import { Links } from './links.js';
import { Machines } from './machines.js';
import { Metrics } from './metrics.js';
import { Partitions } from './partitions.js';
import type { Probe } from './probe.js';
import { ProcessFaults } from './process-faults.js';
import type { ComponentName, Profile, ProgramCosts } from './profile.js';
import { Program, type ProgramParts } from './program.js';
import type { SchedulerExtras } from './scheduler.js';
import type { SpokeCopies } from './spoke-copies.js';
import { storeStartState } from './start-state.js';
import { Wiring } from './wiring.js';

/** Kubelets, users and loads look again so soon for an API server that is gone, as the measured ones did. */
const RECONNECT_NS = 20e6;

/** cluster-autoscaler's client (--kube-client-qps, --kube-client-burst). */
const AUTOSCALER_QPS = 5;
const AUTOSCALER_BURST = 10;

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

type MakeProgram = (name: string, host: ComponentName, costs: ProgramCosts, user?: string, number?: number) => Program;

/** A whole control plane with its machines and its user, wired and ready to start. */
export class Cluster {
  readonly hub: Hub;
  readonly user: User;
  readonly wiring: Wiring;
  /** Carries out orders in place of controllers and scheduler, if the cluster is controlled so. */
  readonly recipe: Recipe | undefined;
  readonly machines: Machines;
  /** What pods use of processors; undefined where nobody measures it. */
  readonly metrics: Metrics | undefined;
  private readonly autoscaler: ClusterAutoscaler | undefined;
  /** What happens to processes. */
  readonly faults: ProcessFaults;
  /** What happens to the wires between them. */
  readonly partitions: Partitions;
  /** What they are like. */
  readonly links: Links;
  readonly hosts: Hosts;
  private readonly parts: ClusterParts;
  private readonly program: MakeProgram;
  private readonly components: readonly Component[];
  /** Those of the user's own. */
  private readonly spokes: readonly SpokeCopies[];
  /** What does not belong to one of the components. */
  private readonly programs: Program[];
  /** Loads made so far. */
  private loads: number;

  constructor(config: ClusterConfig, parts: ClusterParts) {
    const { engine, streams, profile, probe } = parts;
    this.hosts = new Hosts(engine, profile.hosts, copiesOf(config));
    this.hub = buildHub(engine, streams, this.hosts, profile, hubSettings(config), parts.shapes, probe);
    this.wiring = new Wiring(config.wiring, this.hub, {
      ...parts,
      delay: config.network.delay ?? profile.networkDelay,
      machines: () => this.machines.fleet.size,
      protectsClaims: hubSettings(config).protectsClaims,
    });
    const programParts: Omit<ProgramParts, 'door' | 'networkDelay'> = {
      engine,
      streams,
      listsBeforeWatching: config.traits.listsBeforeWatching,
      probe,
      pollNs: config.informers.mode === 'poll' ? config.informers.everyNs : 0,
    };
    const speakJson = jsonSpeakers(config);
    const alone = (name: string, host: Processor, costs: ProgramCosts, watcher = `system:${name}`, replica = 0) => {
      const way = this.wiring.wayOf(name);
      const made = new Program({ ...programParts, ...way, json: speakJson.has(name) }, host, name, costs, watcher);
      this.wiring.links.made(made, replica, way.door);
      return made;
    };
    const program = (name: string, host: ComponentName, costs: ProgramCosts, watcher?: string, number = 0) => {
      const made = alone(name, this.hosts.of(host), costs, watcher, number);
      this.programs.push(made);
      return made;
    };
    this.program = program;
    this.parts = parts;
    this.programs = [];
    this.loads = 0;
    this.faults = new ProcessFaults(
      { engine, streams, hub: this.hub, links: this.wiring.links },
      () => this.components,
      () => this.spokes,
    );
    this.partitions = new Partitions(engine, this);
    this.components =
      config.control === 'imperative'
        ? []
        : electedComponents(config, parts, (name, host, index, costs) =>
            alone(name, this.hosts.of(host, index), costs, undefined, index),
          );
    this.machines = new Machines(config, [...settledNodes(config.nodes), ...firstGroupNodes(config.nodeGroups)], {
      engine,
      streams,
      store: this.hub.store,
      probe,
      program: (watcher) => program('kubelet', 'kubelets', profile.kubelets, watcher),
      client: (kubelet, name, user, nodes) => kubelet.client(name, user, 0, 0, RECONNECT_NS, nodes),
    });
    storeStartState(this.hub.store, config.state);
    for (const [number, { count, resource }] of config.watchers.entries()) {
      const kind = parts.kinds.all.find((one) => one.resource === resource);
      assert(kind !== undefined, `no kind has the resource ${resource}`);
      program('watchers', 'clients', profile.clients, 'system:masters', number).listeners(kind!, count, probe);
    }
    this.spokes = customSpokes(engine, this.hosts, (name, host, as) => alone(name, host, profile.clients, as), parts);
    this.metrics = this.startMetrics(config);
    this.autoscaler = this.startAutoscaler(config);
    const user = program('kubectl', 'clients', profile.clients);
    const userClient = (qps: number, burst: number) =>
      user.client('kubectl', 'system:masters', qps, burst, RECONNECT_NS);
    this.user = new User(user.process, userClient, probe);
    this.recipe = config.control === 'imperative' ? this.imperative() : undefined;
    this.links = new Links(engine, streams, this, config.network.delay ?? profile.networkDelay);
    for (const link of config.network.links) this.links.describe(link);
  }

  /** What stands in the place of schedulers and controllers, with the machines there are now for its inventory. */
  private imperative(): Recipe {
    const script = this.program('recipe', 'clients', this.parts.profile.clients, 'system:masters');
    const client = script.client('recipe', 'system:masters', 0, 0, RECONNECT_NS);
    return new Recipe(script.process, client, [...this.machines.fleet.names]);
  }

  /** Nothing is measured, and nothing scaled by it, where nobody asks for it. */
  private startMetrics(config: ClusterConfig): Metrics | undefined {
    if (config.metricsServer.replicas === 0) return undefined;
    const { profile } = this.parts;
    const metrics = new Metrics(this.program('metrics-server', 'clients', profile.clients), config);
    const manager = this.components.find(({ plan }) => plan.name === 'kube-controller-manager');
    manager?.add((program) => startAutoscalers(program, config, profile.controllerManager, metrics));
    return metrics;
  }

  private startAutoscaler(config: ClusterConfig): ClusterAutoscaler | undefined {
    if (config.nodeGroups.length === 0) return undefined;
    const { engine, streams, profile } = this.parts;
    const name = 'cluster-autoscaler';
    const program = this.program(name, 'clients', profile.clients);
    return new ClusterAutoscaler({
      process: program.process,
      client: program.client(name, `system:serviceaccount:kube-system:${name}`, AUTOSCALER_QPS, AUTOSCALER_BURST),
      nodes: program.informer<Node>(NODE),
      pods: program.informer<Pod>(POD),
      budgets: program.informer<PodDisruptionBudget>(POD_DISRUPTION_BUDGET),
      provider: new Cloud(engine, config.nodeGroups, this.machines, streams.stream('cloud')),
      options: config.clusterAutoscaler,
      stream: streams.stream(name),
    });
  }

  /** Opens all watches and starts the heartbeats. */
  start(): void {
    const { engine, profile } = this.parts;
    new Background(engine, this.hosts.all, profile.background).start();
    for (const server of this.hub.apiServers) server.start();
    this.wiring.start();
    for (const component of this.components) component.start();
    for (const program of this.programs) program.start();
    for (const spoke of this.spokes) spoke.start();
    this.machines.start();
    this.metrics?.server.start();
    this.autoscaler?.start();
  }

  /** Stores what a load of requests is about, and gives the load itself, to be started. */
  prepareLoad(order: LoadOrder, user: string, arrivals: (() => Arrivals) | undefined): Load {
    const { parts } = this;
    if (readsPast(order)) this.hub.store.backendOf(order.kind)?.history.keep(order.kind);
    for (const target of order.targets) this.hub.store.create(target);
    for (const server of this.hub.apiServers) server.forgetSizes();
    const load = this.program('load', 'clients', parts.profile.clients, undefined, this.loads);
    this.links.loadMade(this.loads++);
    const targets = order.targets.map(
      ({ kind, metadata }) => this.hub.store.get(kind, metadata.namespace, metadata.name)!,
    );
    const client = load.client('load', user, 0, 0, RECONNECT_NS);
    const known = { ...order, targets };
    if (arrivals === undefined) return new ClosedLoad(load.process, client, known, parts.probe);
    const watches = load.watches(order.kind, order.verb === 'watch' ? order.count : 0, parts.probe);
    const stream = parts.streams.stream(order.name);
    return new OpenLoad({ process: load.process, client, order: known, probe: parts.probe, stream, arrivals, watches });
  }

  /** Whether every program has its first lists, and every component that is alive a replica that works. */
  get synced(): boolean {
    const { components, spokes, programs } = this;
    return [...components, ...spokes].every(({ ready }) => ready) && programs.every(({ synced }) => synced);
  }

  /** Whether somebody who polls has not read yet what may be work for him. */
  get unread(): boolean {
    const newest = (kind: Kind): number => this.hub.store.table(kind).workRevision;
    return this.all().some((program) => program.hasUnread(newest));
  }

  private all(): Program[] {
    return [...this.components.flatMap((component) => component.programs), ...this.outside()];
  }

  /** The programs that are no part of a component. */
  private outside(): Program[] {
    return [...this.programs, ...this.spokes.flatMap(({ programs }) => programs)];
  }

  /**
   * Something happens to a program's watch of a kind, in each of its processes; nothing where all are dead or wait for
   * their lease. False if there is no such program or it has no such watch.
   */
  disturbWatch(program: string, kind: Kind, { fault, forNs, delay }: WatchFault): boolean {
    const processes = this.all().filter(({ process }) => process.name === program);
    const informers = processes.flatMap((each) => each.informerOf(kind) ?? []);
    const untilNs = this.parts.engine.nowNs + forNs;
    const stream = `watch/${program}/${kind.resource}`;
    for (const informer of informers) {
      if (fault === 'stale-cache') informer.wire.delay(untilNs);
      else if (fault === 'watch-drop') informer.drop(untilNs);
      else informer.wire.slowness = new SlowWatch(delay!, this.parts.streams.stream(stream), untilNs);
    }
    const mayBeAway = [...this.components.map(({ plan }) => plan), ...this.spokes].some(({ name }) => name === program);
    return informers.length > 0 || (mayBeAway && processes.every(({ hears }) => !hears));
  }

  /** Whether nodes may come that nobody has named. */
  get growsNodes(): boolean {
    return this.autoscaler !== undefined;
  }

  /** Names of the programs whose watches of a kind can be disturbed. */
  watchersOf(kind: Kind): string[] {
    const watching = this.all().filter((program) => program.informerOf(kind) !== undefined);
    return [...new Set(watching.map(({ process }) => process.name))];
  }

  /** The queues of each program that is alive. */
  queues(): WaitingLine[][] {
    return this.all().map(({ process }) => process.queues);
  }

  /** Busy processor seconds by program. */
  busySeconds(): Map<string, number> {
    const seconds = new Map<string, number>();
    this.hosts.tellBusy((name, busy) => seconds.set(name, (seconds.get(name) ?? 0) + busy));
    return seconds;
  }
}

/** API servers and etcd members are each on a machine of their own. */
function copiesOf({ apiServer, etcd }: ClusterConfig): Copies {
  return { 'kube-apiserver': apiServer.replicas, etcd: etcd.members };
}
