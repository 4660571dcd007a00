import type { Lease, Node } from '../../../api/node.js';
import type { EventRecorder } from '../../../client/event-recorder.js';
import type { Informer } from '../../../client/informer.js';
import type { PodsByNode } from '../../../client/pods-by-node.js';
import type { Process } from '../../../client/process.js';
import { type Task, type TaskOwner, TaskRunner, type Wait } from '../../../client/task.js';
import type { EventKind } from '../../../engine/index.js';
import { ByLabels } from './by-labels.js';
import { CalmNodes } from './calm-nodes.js';
import { LeaseTimes } from './lease-times.js';
import type { NoExecuteTainter } from './no-execute-tainter.js';
import { NodeHealth } from './node-health.js';
import type { NodeMarker } from './node-marker.js';
import { hasTaint, NOT_READY, newTaint, UNREACHABLE } from './node-taints.js';
import { countedZone } from './zones.js';

const LEASE_NAMESPACE = 'kube-node-lease';
/** Nodes that requests are sent for in parallel (nodeUpdateWorkerSize). */
const WORKERS = 8;
/** How often WaitForCacheSync looks whether the caches are filled. */
const CACHE_SYNC_POLL_NS = 100e6;

export interface NodeMonitorParts {
  readonly process: Process;
  readonly events: EventRecorder;
  readonly nodes: Informer<Node>;
  readonly leases: Informer<Lease>;
  readonly podsByNode: PodsByNode;
  /** Pause between the end of one pass and the start of the next. */
  readonly periodNs: number;
  /** Silence after which a node is Unknown. */
  readonly gracePeriodNs: number;
  /** The same for a node that has never posted its condition. */
  readonly startupGracePeriodNs: number;
}

/** A node of which a pass has found more than can be noted in passing. */
interface Finding {
  readonly node: Node;
  readonly silent: boolean;
}

/**
 * Looks at all nodes again and again, and marks those that give no sign of life (monitorNodeHealth). A pass is a
 * chore; when it finds something it turns into work.
 */
export class NodeMonitor implements TaskOwner {
  private readonly parts: NodeMonitorParts;
  private readonly marker: NodeMarker;
  private readonly tainter: NoExecuteTainter;
  private readonly runner: TaskRunner;
  private readonly health: NodeHealth;
  private readonly calm: CalmNodes;
  /** What each node counts for; undefined: for no zone. */
  private readonly zones: ByLabels<string | undefined>;
  private readonly passKind: EventKind;
  /** Nodes whose pods could not all be marked. */
  private readonly toRetry: Set<number>;
  private readonly counts: Map<string, { ready: number; notReady: number }>;
  /** By node. */
  private readonly leaseIds: number[];
  private readonly leaseTimes: LeaseTimes;
  private findings: Finding[];
  private workersBusy: number;

  /** Schedules the first pass. */
  constructor(parts: NodeMonitorParts, marker: NodeMarker, tainter: NoExecuteTainter) {
    const { process, nodes, leases } = parts;
    this.parts = parts;
    this.marker = marker;
    this.tainter = tainter;
    this.runner = new TaskRunner(process);
    this.health = new NodeHealth();
    this.calm = new CalmNodes();
    this.zones = new ByLabels(countedZone);
    this.passKind = process.engine.register('node lifecycle: monitor pass', () => this.pass(), 'timer');
    this.toRetry = new Set();
    this.counts = new Map();
    this.leaseIds = [];
    this.leaseTimes = new LeaseTimes();
    this.findings = [];
    this.workersBusy = 0;
    nodes.addHandler({ added: () => undefined, updated: () => undefined, deleted: (node) => this.nodeDeleted(node) });
    leases.addHandler(this.leaseTimes);
    process.engine.scheduleAs(true, CACHE_SYNC_POLL_NS, this.passKind);
  }

  /** A worker of the pass has run out of findings. */
  taskEnded(): void {
    this.workersBusy--;
    if (this.workersBusy === 0) this.runner.start(this.conclude());
  }

  private nodeDeleted(node: Node): void {
    this.toRetry.delete(node.id);
    this.health.forget(node.id);
    this.zones.forget(node.id);
    this.tainter.forget(node);
  }

  private pass(): void {
    const { process, nodes, leases } = this.parts;
    const { engine } = process;
    if (!nodes.synced || !leases.synced) {
      engine.schedule(CACHE_SYNC_POLL_NS, this.passKind);
      return;
    }
    this.counts.clear();
    this.findings = [];
    let place = 0;
    for (const node of nodes.cache.values()) {
      if (!this.isCalm(place, node, engine.nowNs)) this.look(place, node, engine.nowNs);
      place++;
    }
    if (this.findings.length > 0) engine.become(false);
    // Taken from the end, so that the first found comes first.
    this.findings.reverse();
    const workers = Math.max(1, Math.min(WORKERS, this.findings.length));
    this.workersBusy = workers;
    for (let i = 0; i < workers; i++) this.runner.start(this.work(), this);
  }

  /** Whether a node that was calm gives signs of life and is as it was; it is counted then. */
  private isCalm(place: number, node: Node, nowNs: number): boolean {
    const id = this.calm.idAt(place, node);
    if (id < 0) return false;
    const renewNs = this.leaseTimes.of(this.leaseIds[id] ?? -1);
    if (Number.isNaN(renewNs)) return false;
    if (this.health.observeLease(id, renewNs, nowNs) + this.parts.gracePeriodNs < nowNs) return false;
    const zone = this.calm.zoneAt(place);
    if (zone !== undefined) this.count(zone, true);
    return true;
  }

  private look(place: number, node: Node, nowNs: number): void {
    const { gracePeriodNs, startupGracePeriodNs } = this.parts;
    const { ready } = node.status;
    // A node that has not posted its condition yet has longer to begin with (--node-startup-grace-period).
    const graceNs = ready === '' ? startupGracePeriodNs : gracePeriodNs;
    const silent = this.health.observe(node, this.leaseOf(node), nowNs) + graceNs < nowNs;
    if (this.needsRequests(node, silent)) {
      this.findings.push({ node, silent });
      return;
    }
    this.note(node);
    if (ready === 'True' && node.spec.taints.length === 0) this.calm.keep(place, node, this.zones.of(node));
  }

  /** Found by the identity it had the last time: a pass asks for all of them, and names take longer. */
  private leaseOf({ id, metadata: { name } }: Node): Lease | undefined {
    const { cache } = this.parts.leases;
    const known = cache.byId(this.leaseIds[id] ?? -1);
    if (known !== undefined) return known;
    const found = cache.get(LEASE_NAMESPACE, name);
    if (found !== undefined) this.leaseIds[id] = found.id;
    return found;
  }

  private needsRequests(node: Node, silent: boolean): boolean {
    const { ready } = node.status;
    if (silent && ready !== 'Unknown') return true;
    if (ready !== 'True' && this.toRetry.has(node.id)) return true;
    return this.staleTaints(node).length > 0;
  }

  /** NoExecute taints that no longer fit the node's condition. */
  private staleTaints(node: Node): readonly string[] {
    if (node.spec.taints.length === 0) return [];
    const fitting = node.status.ready === 'False' ? NOT_READY : node.status.ready === 'Unknown' ? UNREACHABLE : '';
    return [UNREACHABLE, NOT_READY].filter((key) => key !== fitting && hasTaint(node, key, 'NoExecute'));
  }

  private *work(): Task {
    for (let found = this.findings.pop(); found !== undefined; found = this.findings.pop()) yield* this.handle(found);
  }

  private *handle({ node, silent }: Finding): Generator<Wait, void, void> {
    const lost = silent && node.status.ready !== 'Unknown';
    const current = lost ? yield* this.marker.markUnknown(node) : node;
    if (current === undefined) return;
    yield* this.correctTaints(current);
    this.note(current);
    const retried = this.toRetry.delete(node.id);
    if (lost && node.status.ready === 'True')
      this.parts.events.event(
        current,
        'Normal',
        'NodeNotReady',
        `Node ${node.metadata.name} status is now: NodeNotReady`,
      );
    else if (!retried) return;
    const pods = this.parts.podsByNode.on(node.metadata.name);
    if (!(yield* this.marker.markPodsNotReady(pods))) this.toRetry.add(node.id);
  }

  /** Swaps NoExecute taints at once where the node has the wrong one: the limit is for losing nodes, not for this. */
  private *correctTaints(node: Node): Generator<Wait, void, void> {
    const stale = this.staleTaints(node);
    if (stale.length === 0) return;
    const { nowNs } = this.parts.process.engine;
    const taint = (key: string) => newTaint(key, 'NoExecute', nowNs);
    const { ready } = node.status;
    const add = ready === 'True' ? [] : [taint(ready === 'False' ? NOT_READY : UNREACHABLE)];
    yield* this.marker.swapTaints(node, { add, remove: stale.map(taint) });
  }

  /** Counts a node for its zone, and has it tainted or not. */
  private note(node: Node): void {
    const { ready } = node.status;
    const zone = this.zones.of(node);
    if (zone !== undefined) this.count(zone, ready === 'True');
    if (ready === '') return;
    if (ready === 'True') this.tainter.cancel(node);
    else if (this.staleTaints(node).length === 0)
      this.tainter.request(node, ready === 'False' ? NOT_READY : UNREACHABLE);
  }

  private count(zone: string, ready: boolean): void {
    let counts = this.counts.get(zone);
    if (counts === undefined) {
      counts = { ready: 0, notReady: 0 };
      this.counts.set(zone, counts);
    }
    if (ready) counts.ready++;
    else counts.notReady++;
  }

  private *conclude(): Task {
    const { process, nodes, periodNs } = this.parts;
    const disruption = this.tainter.update(this.counts);
    if (disruption === 'left') this.health.resetAll(process.engine.nowNs);
    if (disruption === 'entered') for (const node of nodes.cache.values()) yield* this.release(node);
    process.engine.scheduleAs(true, periodNs, this.passKind);
  }

  /** When everything is down it is rather the control plane that is cut off: nobody is evicted. */
  private *release(node: Node): Generator<Wait, void, void> {
    this.tainter.cancel(node);
    const { nowNs } = this.parts.process.engine;
    const taints = [UNREACHABLE, NOT_READY].filter((key) => hasTaint(node, key, 'NoExecute'));
    const remove = taints.map((key) => newTaint(key, 'NoExecute', nowNs));
    if (remove.length > 0) yield* this.marker.swapTaints(node, { add: [], remove });
  }
}
