import type { AnswerTaker, Call } from '../api/call.js';
import { NODE, POD } from '../api/kind.js';
import { compileSelector } from '../api/label-selector.js';
import { type Labels, NO_LABELS, ZONE_LABEL } from '../api/labels.js';
import type { Lease, Node } from '../api/node.js';
import type { Pod } from '../api/pod.js';
import type { Resources } from '../api/resources.js';
import type { ApiClient } from '../client/api-client.js';
import type { Informer } from '../client/informer.js';
import { PodsByNode } from '../client/pods-by-node.js';
import type { Engine, EventKind } from '../engine/index.js';
import type { Store } from '../hub/store.js';
import type { Stream } from '../random/stream.js';
import type { Streams } from '../random/streams.js';
import type { KubeletModel } from '../spokes/kubelet/kubelet-model.js';
import type { KubeletProbe } from '../spokes/kubelet/kubelet-probe.js';
import { LeaseRenewal, newLease } from '../spokes/kubelet/lease-renewal.js';
import { NodeFleet } from '../spokes/kubelet/node-fleet.js';
import { NodeStatusReport } from '../spokes/kubelet/node-status-report.js';
import { StaticPods } from '../spokes/kubelet/static-pods.js';
import type { ClusterConfig, KubeletConfig, NodeSelection } from './config.js';
import { kubeletsOf } from './node-kubelets.js';
import type { Program } from './program.js';

/** What the machines are wired to. */
export interface MachineParts {
  readonly engine: Engine;
  readonly streams: Streams;
  readonly store: Store;
  readonly probe: KubeletProbe;
  /** Makes the program of all kubelets, whose informers are a user's. */
  program(user: string): Program;
  /** Makes a client of theirs by its name, which speaks for machines if they are users of their own. */
  client(program: Program, name: string, user: string, nodes: readonly string[] | undefined): ApiClient;
}

/** The machines of a cluster with their kubelets, and what happens to them. */
export class Machines implements AnswerTaker {
  readonly fleet: NodeFleet;
  private readonly parts: MachineParts;
  private readonly kubelets: KubeletModel;
  /** That of all kubelets. */
  readonly program: Program;
  readonly pods: Informer<Pod>;
  private readonly podsByNode: PodsByNode;
  private readonly leases: LeaseRenewal;
  private readonly firstLeases: readonly Lease[];
  private readonly nodeStatus: NodeStatusReport;
  private readonly staticPods: StaticPods;
  private readonly client: ApiClient;
  private readonly kubelet: KubeletConfig;
  private readonly graceNs: number;
  private readonly bootStream: Stream;
  private readonly offKind: EventKind;
  private readonly bootedKind: EventKind;
  private readonly caughtUpKind: EventKind;

  /** Registers the nodes that are there from the start. */
  constructor(config: ClusterConfig, nodes: readonly Node[], parts: MachineParts) {
    const { engine, streams, store } = parts;
    const { kubelet } = config;
    this.parts = parts;
    this.fleet = new NodeFleet();
    this.firstLeases = nodes.map((node) => {
      const { name } = node.metadata;
      this.fleet.add(name, node.status.allocatable, node.status.capacity);
      store.create(node);
      return store.create(newLease(name, kubelet.nodeLeaseDurationSeconds, 0)).object as Lease;
    });
    // Hollow kubelets share one client and so one flow; real ones have one each.
    const isHollow = kubelet.model === 'hollow';
    const user = isHollow ? 'system:nodes' : 'system:node:*';
    this.program = parts.program(user);
    const clientNamed = (name: string): ApiClient =>
      parts.client(this.program, name, user, isHollow ? undefined : this.fleet.names);
    const client = clientNamed('kubelet');
    this.client = client;
    this.pods = this.program.informer<Pod>(POD, (pod) => pod.spec.nodeName !== '');
    this.podsByNode = new PodsByNode(this.pods);
    // Where programs poll, each node does so for itself.
    this.pods.poller?.divide(this.fleet.names.map((name) => this.podsByNode.part(name)));
    const pressureChanged = (node: number): void => this.nodeStatus.changed(node);
    this.kubelets = kubeletsOf(
      config,
      {
        ...parts,
        client,
        clientNamed,
        pods: this.pods,
        podsByNode: this.podsByNode,
        fleet: this.fleet,
        pressureChanged,
      },
      (on) => this.select(on),
    );
    this.leases = new LeaseRenewal(engine, client, this.fleet, kubelet.nodeLeaseDurationSeconds);
    const stream = streams.stream('kubelet/status');
    this.nodeStatus = new NodeStatusReport(engine, client, this.fleet, stream, kubelet);
    this.kubelet = kubelet;
    this.graceNs = config.controllerManager.nodeMonitorGracePeriodNs;
    this.staticPods = this.startStaticPods(config);
    this.bootStream = streams.stream('node/boot');
    this.offKind = engine.register('node: switched off', (node, reboot) => this.switchOff(node, reboot === 1), 'timer');
    // A run may have waited for nothing but this.
    this.caughtUpKind = engine.register('node: clock caught up', () => engine.become(false), 'timer');
    this.bootedKind = engine.register('node: booted', (node) => this.restart([node]), 'timer');
  }

  private startStaticPods({ staticPods }: ClusterConfig): StaticPods {
    const files = staticPods.map(({ pods, on }) => ({ pods, nodes: on === undefined ? undefined : this.select(on) }));
    const nodeId = (node: number): number => this.parts.store.get(NODE, '', this.fleet.names[node]!)?.id ?? -1;
    return new StaticPods(this.client, this.pods, this.fleet, files, nodeId);
  }

  /** Starts the heartbeats. */
  start(): void {
    this.leases.start(this.firstLeases);
    for (const node of this.fleet.names.keys()) {
      if (this.kubelet.nodeStatus) this.nodeStatus.join(node);
      this.staticPods.join(node);
    }
  }

  /** A machine of this name comes up, unless there is one; without an `allocatable` it takes all pods. */
  join(name: string, allocatable?: Resources): void {
    if (this.fleet.indexOf(name) >= 0) return;
    const node = this.fleet.add(name, allocatable);
    this.pods.poller?.add(this.podsByNode.part(name));
    this.leases.join(node);
    if (this.kubelet.nodeStatus) this.nodeStatus.join(node);
  }

  /** A new machine has booted: its kubelet registers it. */
  register(node: Node): void {
    const { name } = node.metadata;
    this.parts.engine.become(false);
    const number = this.fleet.add(name, node.status.allocatable, node.status.capacity);
    this.pods.poller?.add(this.podsByNode.part(name));
    this.client.create(node, number).answerTo = this;
  }

  /** A Node is registered: the heartbeats begin. */
  answered({ node }: Call): void {
    this.leases.join(node);
    if (this.kubelet.nodeStatus) this.nodeStatus.join(node);
    this.nodeStatus.report(node);
    this.kubelets.nodeJoined(node);
    this.staticPods.join(node);
  }

  /** A machine is given back. */
  switchOffForGood(name: string): void {
    this.crash([this.fleet.indexOf(name)]);
  }

  /** Whether the containers of a pod really run: on a machine that is up, whatever its status says. */
  runs(pod: Pod): boolean {
    const { metadata, spec, status } = pod;
    return status.phase === 'Running' && !metadata.deleting && this.fleet.isUp(this.fleet.indexOf(spec.nodeName));
  }

  /** Numbers of the machines that are meant; -1 for a name that none has. */
  select(selection: NodeSelection): number[] {
    if (selection.by === 'name') return selection.names.map((name) => this.fleet.indexOf(name));
    const all = this.fleet.names.map((_, index) => index);
    if (selection.by === 'all') return all;
    const labels = selection.by === 'zone' ? { [ZONE_LABEL]: selection.zone } : selection.labels;
    const selector = compileSelector({ matchLabels: labels });
    const candidates = all.filter((node) => selector.matches(this.labelsOf(node)));
    return selection.by === 'chance' ? this.draw(candidates, selection.count, selection.stream) : candidates;
  }

  /** So many of them, or all if there are no more. */
  private draw(candidates: number[], count: number, name: string): number[] {
    const stream = this.parts.streams.stream(name);
    const drawn: number[] = [];
    while (drawn.length < count && candidates.length > 0)
      drawn.push(...candidates.splice(stream.below(candidates.length), 1));
    return drawn;
  }

  /** They go down without a word. */
  crash(nodes: readonly number[]): void {
    for (const node of nodes) {
      this.fleet.set(node, false);
      this.kubelets.nodeStopped(node);
    }
  }

  /**
   * They are switched off in good order: kubelets that are told end their pods first, critical ones last. With `reboot`
   * they come back by themselves.
   */
  shutDown(nodes: readonly number[], reboot = false): void {
    const { engine } = this.parts;
    const { shutdownGracePeriodNs } = this.kubelet;
    for (const node of nodes) {
      if (shutdownGracePeriodNs > 0 && this.fleet.isUp(node) && !this.fleet.isFrozen(node)) {
        this.nodeStatus.report(node, false);
        this.kubelets.nodeStopping(node);
      }
      engine.schedule(shutdownGracePeriodNs, this.offKind, node, reboot ? 1 : 0);
    }
  }

  private switchOff(node: number, reboot: boolean): void {
    this.crash([node]);
    if (!reboot) return;
    const bootNs = this.kubelet.nodeBoot.sample(this.bootStream);
    this.parts.engine.schedule(bootNs, this.bootedKind, node);
  }

  /** They come back, and their kubelets take up where they are told to. */
  restart(nodes: readonly number[]): void {
    for (const node of nodes) {
      this.fleet.set(node, true);
      this.back(node);
    }
  }

  /** They run on, but neither hear of the API server nor are heard. */
  cutOff(nodes: readonly number[]): void {
    for (const node of nodes) this.fleet.connect(node, false);
  }

  /** The way to the API server is open again. */
  reconnect(nodes: readonly number[]): void {
    for (const node of nodes) {
      this.fleet.connect(node, true);
      this.back(node);
    }
  }

  /** Their kubelets stand still; containers run on, and nobody looks after them. */
  freeze(nodes: readonly number[]): void {
    for (const node of nodes) this.fleet.freeze(node);
  }

  /** Their kubelets go on with all that has come meanwhile. */
  thaw(nodes: readonly number[]): void {
    for (const node of nodes) {
      if (!this.fleet.thaw(node)) continue;
      this.kubelets.nodeThawed(node);
      this.back(node);
    }
  }

  /** Everything takes so many times longer there. */
  slow(nodes: readonly number[], factor: number): void {
    for (const node of nodes) this.fleet.slow(node, factor);
  }

  /** Their clocks are set to so much more than the true time, ns; less if that is negative. Waits of kubelets go on as before. */
  setClocks(nodes: readonly number[], skewNs: number): void {
    const { engine } = this.parts;
    for (const node of nodes) {
      this.fleet.setClock(node, skewNs, engine.nowNs);
      const behindNs = this.fleet.clocks!.behindNs(node, engine.nowNs) - this.graceNs;
      if (behindNs > 0) engine.scheduleAs(true, behindNs, this.caughtUpKind);
    }
    if (this.kubelet.nodeStatus) this.nodeStatus.lookAtOwn(nodes, (node) => this.believed(node) !== 'Unknown');
  }

  /** What the control plane believes of a machine. */
  private believed(node: number): string | undefined {
    const known = this.parts.store.get(NODE, '', this.fleet.names[node]!) as Node | undefined;
    return known?.status.ready;
  }

  /** Machines whose leases are no news until the control plane has taken them for lost. */
  private get unheeded(): boolean {
    const { clocks } = this.fleet;
    if (clocks === undefined) return false;
    const { nowNs } = this.parts.engine;
    for (const node of clocks.known)
      if (clocks.behindNs(node, nowNs) > this.graceNs && this.believed(node) === 'True') return true;
    return false;
  }

  /** Machines that nobody hears of while the control plane believes them well: it is about to find out. */
  get silent(): boolean {
    for (let node = 0; node < this.fleet.size; node++)
      if (!this.fleet.isReachable(node) && this.believed(node) === 'True') return true;
    return this.unheeded;
  }

  private back(node: number): void {
    if (!this.fleet.isReachable(node)) return;
    this.nodeStatus.report(node);
    this.kubelets.nodeBack(node);
  }

  /** Labels of a machine as it was registered. */
  private labelsOf(node: number): Labels {
    return this.parts.store.get(NODE, '', this.fleet.names[node]!)?.metadata.labels ?? NO_LABELS;
  }
}
