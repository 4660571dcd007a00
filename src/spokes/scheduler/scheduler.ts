import type { Pod } from '../../api/pod.js';
import { type Task, TaskRunner } from '../../client/task.js';
import type { Engine, EventKind } from '../../engine/index.js';
import { BindingCycle } from './binding-cycle.js';
import type { Change, ClusterEvent } from './cluster-event.js';
import { ClusterWatch } from './cluster-watch.js';
import { NO_NODES_AVAILABLE } from './diagnosis.js';
import { Eviction } from './eviction.js';
import { Framework, type FrameworkParts } from './framework.js';
import { InformerBudgets } from './informer-budgets.js';
import { InformerListers } from './informer-listers.js';
import { NodeTable } from './node-table.js';
import { Nominations } from './nominations.js';
import type { PendingPod } from './plugin.js';
import { PodCache } from './pod-cache.js';
import { NO_PREEMPTION, type PreemptionResult } from './preemption.js';
import { poolLines } from './queue/pool-lines.js';
import { DEFAULT_QUEUE_OPTIONS } from './queue/queue-options.js';
import { QueueTimers } from './queue/queue-timers.js';
import { QueueTrace } from './queue/queue-trace.js';
import type { QueuedPod } from './queue/queued-pod.js';
import { SchedulingQueue } from './queue/scheduling-queue.js';
import { haveSynced, type SchedulerLinks } from './scheduler-links.js';
import type { SchedulerOptions } from './scheduler-options.js';
import type { Draw } from './search.js';
import { watchStorage } from './storage-watch.js';
import { UnschedulablePatch } from './unschedulable-patch.js';
import { WaitingPods } from './waiting-pods.js';
import { Witness } from './witness.js';

/** How often a starting scheduler looks whether its informers have their first lists (eventhandlers.go). */
const SYNC_POLL_NS = 100e6;
const NO_REJECTORS: ReadonlySet<string> = new Set();
/** Longest note of an event (validation.NoteLengthLimit). */
const NOTE_MAX = 1024;

/**
 * kube-scheduler: one loop takes pods from the queue one at a time and chooses a node for each; bindings are written
 * outside the loop, many at once, while their pods count as placed (schedule_one.go). A pod that fits nowhere is
 * marked so, and the loop waits for that write.
 */
export class Scheduler {
  readonly queue: SchedulingQueue;
  readonly table: NodeTable;
  readonly cache: PodCache;
  readonly nominations: Nominations;
  private readonly engine: Engine;
  private readonly links: SchedulerLinks;
  private readonly frameworks: ReadonlyMap<string, Framework>;
  private readonly queueTrace: QueueTrace | undefined;
  private readonly witness: Witness | undefined;
  private readonly eviction: Eviction;
  private readonly tasks: TaskRunner;
  private readonly wakeKind: EventKind;
  private readonly syncKind: EventKind;
  private readonly timers: QueueTimers;
  private readonly bindings: BindingCycle;
  private started: boolean;
  /** Whether the loop runs or is about to. */
  private awake: boolean;
  /** Whether the loop runs for a chore only, and whether work came meanwhile. */
  private choreLoop: boolean;
  private workHeld: boolean;

  constructor(links: SchedulerLinks, options: SchedulerOptions, ties: Draw) {
    const { engine, name } = links.process;
    this.engine = engine;
    this.links = links;
    this.table = new NodeTable();
    this.cache = new PodCache(this.table);
    this.nominations = new Nominations((nodeName) => this.table.reserved(nodeName));
    const { process, client, events, pods } = links;
    const waiting = new WaitingPods(engine, name, (podId, rejection) => this.bindings.settled(podId, rejection));
    this.eviction = new Eviction(process, client, events, pods.cache, (podId) => this.preemptionFailed(podId));
    const budgets = new InformerBudgets(links.budgets);
    const parts: FrameworkParts = {
      table: this.table,
      balancesByImprovement: options.version.balancesByImprovement,
      listers: new InformerListers(links.listers),
      claims: watchStorage(links.storage, (event, change) => this.storageChanged(event, change)),
      nominations: this.nominations,
      waiting,
      cursor: { position: 0 },
      ties,
      preemptionUnderWay: (podId) => this.eviction.isUnderWay(podId),
      budgets: () => budgets.all(),
      costs: options.costs,
      parallelism: options.parallelism,
      cores: links.process.cores,
      customPlugins: options.customPlugins,
    };
    this.frameworks = new Map(options.profiles.map((one) => [one.schedulerName, new Framework(one, parts)]));
    const profiles = new Map([...this.frameworks].map(([schedulerName, { profile }]) => [schedulerName, profile]));
    this.queue = new SchedulingQueue(profiles, {
      initialNs: options.podInitialBackoffNs,
      maxNs: options.podMaxBackoffNs,
      maxUnschedulableNs: DEFAULT_QUEUE_OPTIONS.maxUnschedulableNs,
      hints: options.version.queueingHints,
      popsFromBackoff: options.version.popsFromBackoff,
    });
    process.queues.push(...poolLines(name, this.queue));
    this.queueTrace = engine.trace && new QueueTrace(engine, name);
    if (engine.audit !== undefined) this.queue.keepBooks(engine, name);
    this.bindings = new BindingCycle(links, this.queue, this.cache, waiting, (queued, by, message) =>
      this.tasks.start(this.fail(queued, by, message, '')),
    );
    this.witness = this.newWitness();
    this.tasks = new TaskRunner(links.process);
    this.wakeKind = engine.register(`${name}: loop`, () => this.tasks.start(this.loop()), 'queue');
    this.syncKind = engine.register(`${name}: waits for its informers`, () => this.start(), 'timer');
    const withoutNodes = (): boolean => this.table.size === 0;
    this.timers = new QueueTimers(engine, name, this.queue, () => this.wake(), withoutNodes);
    this.started = false;
    this.awake = false;
    this.choreLoop = false;
    this.workHeld = false;
    const watch = new ClusterWatch(
      this,
      (podId) => this.bindings.dropped(podId),
      (pod) => this.frameworkOf(pod) !== undefined,
      engine,
      () => this.wake(),
    );
    links.pods.addHandler(watch.podHandler);
    links.nodes.addHandler(watch.nodeHandler);
  }

  private frameworkOf({ spec }: Pod): Framework | undefined {
    return this.frameworks.get(spec.shape.schedulerName);
  }

  private newWitness(): Witness | undefined {
    const { queueTrace } = this;
    if (queueTrace !== undefined) this.queue.moved = (queued, cause) => queueTrace.moved(queued, cause);
    if (this.links.probe === undefined) return undefined;
    const witness = new Witness(this.links.probe, this.engine, this.table);
    this.queue.moved = (queued, cause) => {
      queueTrace?.moved(queued, cause);
      witness.moved(queued, cause);
    };
    for (const { search } of this.frameworks.values()) search.watcher = witness;
    return witness;
  }

  /** Begins to schedule as soon as the informers, which others start, have their first lists. */
  start(): void {
    if (!haveSynced(this.links)) {
      this.engine.schedule(SYNC_POLL_NS, this.syncKind);
      return;
    }
    this.started = true;
    this.wake();
  }

  /** Something was queued: runs the loop if there is a pod to try, and the timers that waiting pods need. */
  private wake(): void {
    this.timers.arm();
    if (!this.started || !this.queue.ready) return;
    if (!this.awake) {
      this.awake = true;
      this.choreLoop = this.engine.inChore;
      this.engine.scheduleNow(this.wakeKind);
    } else if (this.choreLoop && !this.workHeld && !this.engine.inChore) {
      this.workHeld = true;
      this.links.process.hold();
    }
  }

  private *loop(): Task {
    for (let queued = this.queue.pop(); queued !== undefined; queued = this.queue.pop()) {
      this.takeHeldWork();
      queued.attemptNs = this.engine.nowNs;
      if (queued.attempts === 1) queued.firstAttemptNs = queued.attemptNs;
      this.queueTrace?.taken(queued);
      if (this.skips(queued)) this.queue.done(queued);
      else if (this.table.size === 0) yield* this.attemptWithoutNodes(queued);
      else yield* this.attempt(queued);
    }
    this.takeHeldWork();
    this.awake = false;
    this.timers.arm();
  }

  /** From here on the loop works for what came as work while it was busy with a chore. */
  private takeHeldWork(): void {
    if (!this.workHeld) return;
    this.workHeld = false;
    this.choreLoop = false;
    this.engine.become(false);
    this.links.process.release();
  }

  /** Pods being deleted are not tried, nor those that an update brought back while their binding is under way. */
  private skips({ pod }: QueuedPod): boolean {
    if (!pod.metadata.deleting) return this.cache.isAssumed(pod.id);
    const { namespace, name } = pod.metadata;
    this.links.events.event(pod, 'Warning', 'FailedScheduling', `skip schedule deleting pod: ${namespace}/${name}`);
    return true;
  }

  private *attemptWithoutNodes(queued: QueuedPod): Task {
    yield this.frameworkOf(queued.pod)!.cost.bare;
    yield* this.fail(queued, NO_REJECTORS, NO_NODES_AVAILABLE, '');
  }

  /** One scheduling cycle: the choice is made on what is known at its start, the pod assumed at its end. */
  private *attempt(queued: QueuedPod): Task {
    const { pod } = queued;
    const pending = { pod, kind: this.table.kinds.of(pod) };
    const { search, preemption, cost, profile } = this.frameworkOf(pod)!;
    const decision = search.find(pending);
    this.witness?.decided(queued, pending, decision, search);
    const { diagnosis } = decision;
    if (diagnosis !== undefined) {
      const result = preemption?.run(pending, diagnosis) ?? NO_PREEMPTION;
      yield* cost.of(pending, decision, this.table, result.judged);
      const nodeName = this.makeRoom(pending, result);
      yield* this.fail(queued, diagnosis.rejectors, diagnosis.messageWith(result.message), nodeName);
      return;
    }
    const nodeName = this.table.names[decision.node]!;
    yield* cost.of(pending, decision, this.table, 0);
    this.engine.become(false);
    this.choreLoop = false;
    this.nominations.delete(pod.id);
    this.bindings.begin({ queued, profile, node: decision.node, nodeName });
  }

  /** Starts to remove the victims, if there are any; returns the node that the pod is nominated for. */
  private makeRoom({ pod, kind }: PendingPod, { chosen, eligible }: PreemptionResult): string {
    if (chosen === undefined) return eligible ? '' : pod.status.nominatedNodeName;
    this.engine.become(false);
    this.choreLoop = false;
    const nodeName = this.table.names[chosen.node]!;
    // Lesser pods that were nominated for the node may no longer fit there.
    for (const other of this.nominations.below({ pod, kind }, nodeName)) {
      this.nominations.delete(other.pod.id);
      this.links.client.patch(other.pod, new UnschedulablePatch(other.pod.status.unschedulable, ''), 'status');
    }
    const victims = chosen.victims.map((victim) => victim.pod);
    this.links.probe?.preempting(pod, nodeName, victims, this.engine.nowNs);
    this.eviction.start({ pod, nodeName }, victims);
    return nodeName;
  }

  private storageChanged(event: ClusterEvent, change: Change): void {
    if (this.queue.notify(event, change, this.engine.nowNs) > 0) this.wake();
  }

  private preemptionFailed(podId: number): void {
    this.queue.activate(podId);
    this.wake();
  }

  /** Puts a pod back whose attempt failed, and writes why if that is news (handleSchedulingFailure). */
  private *fail(queued: QueuedPod, by: ReadonlySet<string>, message: string, nominatedNodeName: string): Task {
    const known = this.links.pods.cache.byId(queued.pod.id);
    if (known === undefined || known.spec.nodeName !== '') {
      this.queue.done(queued);
      return;
    }
    queued.pod = known;
    // No node at all is no error (schedule_one.go ErrNoNodesAvailable).
    const result = by.size > 0 || message === NO_NODES_AVAILABLE ? 'unschedulable' : 'error';
    this.links.meter?.attempted(result, known.spec.shape.schedulerName, this.engine.nowNs - queued.attemptNs);
    this.links.probe?.failed(known, message, nominatedNodeName, this.engine.nowNs);
    this.queue.failed(queued, by, this.engine.nowNs);
    this.nominations.set({ pod: known, kind: this.table.kinds.of(known) }, nominatedNodeName);
    this.wake();
    const note = message.length <= NOTE_MAX ? message : `${message.slice(0, NOTE_MAX - 4)} ...`;
    this.links.events.event(known, 'Warning', 'FailedScheduling', note);
    const patch = new UnschedulablePatch(message, nominatedNodeName);
    if (patch.changes(known)) yield this.links.client.patch(known, patch, 'status');
  }
}
