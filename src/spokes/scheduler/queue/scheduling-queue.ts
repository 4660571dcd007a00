import type { Pod } from '../../../api/pod.js';
import { assert, type Engine } from '../../../engine/index.js';
import { type Change, type ClusterEvent, podChanges, WILDCARD } from '../cluster-event.js';
import { BackoffQueue } from './backoff-queue.js';
import { InFlightLog } from './in-flight-log.js';
import type { Interest } from './interest-table.js';
import { PodHeap } from './pod-heap.js';
import type { QueueOptions } from './queue-options.js';
import { byPriority, type Pool, QueuedPod } from './queued-pod.js';
import { type Profiles, WakeRules } from './wake-rules.js';

/** Why a pod came into a pool of the queue: what was done with it, or an event that may help it. */
export type MoveCause = string | { readonly event: ClusterEvent; readonly change: Change };

/** The pod's own time was up: nothing else moved it. */
export const BACKOFF_OVER = 'its backoff is over';

/** Who hears of pods that come into a pool. */
export type MoveListener = (queued: QueuedPod, cause: MoveCause) => void;

/** Period at which the unschedulable pool is looked through. */
export const UNSCHEDULABLE_FLUSH_PERIOD_NS: number = 30e9;
/** Period at which ended backoffs are looked for, at whole seconds. */
export const BACKOFF_FLUSH_PERIOD_NS: number = 1e9;

/**
 * The pods that wait for a node (backend/queue/scheduling_queue.go), as a pure data structure: time is passed in.
 * Active pods are tried by priority, then age. Pods that failed back off first or stay in the unschedulable pool
 * until an event of which a plugin that rejected them expects something.
 */
export class SchedulingQueue {
  readonly #options: QueueOptions;
  readonly #profiles: Profiles;
  readonly #rules: WakeRules;
  readonly #pods: Map<number, QueuedPod>;
  readonly #active: PodHeap;
  readonly #backoff: BackoffQueue;
  readonly #unschedulable: Set<QueuedPod>;
  /** The unschedulable pool by plugin that rejected, so that an event looks only at pods it can concern. */
  readonly #byRejector: Map<string, Set<QueuedPod>>;
  readonly #inFlight: InFlightLog;
  #sequence: number;
  /** Hears of every move, if set. */
  moved: MoveListener | undefined;

  constructor(profiles: Profiles, options: QueueOptions) {
    this.#options = options;
    this.#profiles = profiles;
    this.#rules = new WakeRules(profiles, options.hints);
    this.#pods = new Map();
    this.#active = new PodHeap(byPriority);
    this.#backoff = new BackoffQueue(options);
    this.#unschedulable = new Set();
    this.#byRejector = new Map();
    this.#inFlight = new InFlightLog();
    this.#sequence = 0;
    this.moved = undefined;
  }

  /** Keeps books on the pods that are ready to be tried. The engine must have an audit. */
  keepBooks(engine: Engine, name: string): void {
    this.#active.audit = engine.audit!.queue(engine, `${name}: active pods`, () => this.#active.size);
  }

  /** Whether `pop` would return a pod. */
  get ready(): boolean {
    return this.#active.size > 0 || (this.#options.popsFromBackoff && this.#backoff.sizeRejected > 0);
  }

  /** How many pods are in a pool. */
  sizeOf(name: 'active' | 'backoff' | 'unschedulable'): number {
    if (name === 'active') return this.#active.size;
    return name === 'backoff' ? this.#backoff.size : this.#unschedulable.size;
  }

  get(podId: number): QueuedPod | undefined {
    return this.#pods.get(podId);
  }

  /** The pods of a pool, in no order. */
  pool(name: 'active' | 'backoff' | 'unschedulable'): readonly QueuedPod[] {
    if (name === 'active') return this.#active.values();
    return name === 'backoff' ? this.#backoff.values() : [...this.#unschedulable];
  }

  /** End of the backoff of a pod that failed; -1 if there is none. */
  backoffEndNs(queued: QueuedPod): number {
    return this.#backoff.endNs(queued);
  }

  add(pod: Pod, nowNs: number): void {
    assert(!this.#pods.has(pod.id), `pod ${pod.metadata.name} is queued already`);
    const queued = new QueuedPod(pod, nowNs, this.#sequence++);
    this.#pods.set(pod.id, queued);
    this.#requeue(queued, nowNs, 'PodAdd');
  }

  /** The next pod to try: the head of the active queue, else the pod whose backoff ends first. */
  pop(): QueuedPod | undefined {
    const queued = this.#active.pop() ?? (this.#options.popsFromBackoff ? this.#backoff.popEarly() : undefined);
    if (queued === undefined) return undefined;
    queued.pool = 'taken';
    queued.attempts++;
    this.#inFlight.start(queued.pod.id);
    return queued;
  }

  /** The pod's attempt is over for good: it is bound, or gone. */
  done(queued: QueuedPod): void {
    this.#inFlight.finish(queued.pod.id);
    queued.pool = 'gone';
    if (this.#pods.get(queued.pod.id) === queued) this.#pods.delete(queued.pod.id);
  }

  /** The attempt failed: rejected by plugins, or with an error if there are none. */
  failed(queued: QueuedPod, rejectors: ReadonlySet<string>, nowNs: number): void {
    const present = this.#pods.get(queued.pod.id);
    if (present !== undefined && present !== queued) {
      // An update queued it again while its binding was failing.
      this.#inFlight.finish(queued.pod.id);
      return;
    }
    queued.rejectors = rejectors;
    if (rejectors.size === 0) {
      queued.errors++;
    } else {
      queued.rejections++;
      queued.errors = 0;
    }
    queued.timestampNs = nowNs;
    queued.backoffEndsNs = -1;
    // A pod whose binding failed was already done.
    queued.pool = 'taken';
    this.#pods.set(queued.pod.id, queued);
    const events = this.#inFlight.eventsSince(queued.pod.id);
    const retry =
      rejectors.size === 0
        ? 'failed with an error'
        : events.find(({ event, change }) => this.#rules.wakes(queued.pod, rejectors, event, change));
    this.#inFlight.finish(queued.pod.id);
    if (retry !== undefined) this.#requeue(queued, nowNs, retry);
    else this.#shelve(queued, 'rejected');
  }

  /** Takes over a new version of a waiting pod. */
  update(before: Pod, after: Pod, nowNs: number): void {
    const queued = this.#pods.get(after.id);
    if (queued === undefined) {
      this.add(after, nowNs);
      return;
    }
    const events = podChanges(before, after);
    if (queued.pool === 'taken') {
      for (const event of events) this.#inFlight.log(event, { before, after });
      return;
    }
    if (queued.pool !== 'unschedulable') {
      const from = queued.pool;
      this.#takeOut(queued);
      queued.pod = after;
      if (from === 'active') this.#putActive(queued, 'PodUpdate');
      else this.#backoff.add(queued);
      return;
    }
    queued.pod = after;
    for (const event of events) {
      if (this.#rules.wakes(after, queued.rejectors, event, { before, after })) {
        this.#requeue(queued, nowNs, { event, change: { before, after } });
        return;
      }
    }
  }

  /** Drops a waiting pod: it was deleted, or somebody else bound it. */
  delete(podId: number): void {
    const queued = this.#pods.get(podId);
    if (queued === undefined || queued.pool === 'taken') return;
    this.#takeOut(queued);
    queued.pool = 'gone';
    this.#pods.delete(podId);
  }

  /** Wakes the pods that an event may help; returns how many moved. `concerns` restricts it to some pods. */
  notify(event: ClusterEvent, change: Change, nowNs: number, concerns?: (pod: Pod) => boolean): number {
    const interests = this.#rules.interests(event);
    if (interests.length === 0) return 0;
    let moved = 0;
    for (const queued of this.#rejectedBy(interests)) {
      if (concerns !== undefined && !concerns(queued.pod)) continue;
      if (queued.gatedBy !== '' && !interests.some(({ plugin }) => plugin === queued.gatedBy)) continue;
      if (!this.#rules.wakes(queued.pod, queued.rejectors, event, change)) continue;
      this.#requeue(queued, nowNs, { event, change });
      moved++;
    }
    this.#inFlight.log(event, change);
    return moved;
  }

  #rejectedBy(interests: readonly Interest[]): Iterable<QueuedPod> {
    if (this.#unschedulable.size === 0) return [];
    const pods = new Set<QueuedPod>();
    for (const { plugin } of interests) for (const queued of this.#byRejector.get(plugin) ?? []) pods.add(queued);
    return pods;
  }

  /** Moves a waiting pod to the active queue at once, backoff or not. */
  activate(podId: number): void {
    const queued = this.#pods.get(podId);
    if (queued === undefined || queued.pool === 'active') return;
    if (queued.pool === 'taken') {
      this.#inFlight.log(WILDCARD, { before: undefined, after: queued.pod });
      return;
    }
    // PreEnqueue plugins were asked already when the pod came into the backoff queue.
    if (queued.pool === 'unschedulable' && this.#gate(queued)) return;
    this.#takeOut(queued);
    this.#putActive(queued, 'its preemption ended');
  }

  /** Moves the pods whose backoff is over; to be called at whole seconds. */
  flushBackoff(nowNs: number): number {
    const completed = this.#backoff.popCompleted(nowNs);
    for (const queued of completed) this.#putActive(queued, BACKOFF_OVER);
    return completed.length;
  }

  /** Moves the pods that nothing has woken for too long; to be called every 30 s. */
  flushUnschedulable(nowNs: number): number {
    let moved = 0;
    for (const queued of [...this.#unschedulable]) {
      if (queued.gatedBy !== '' || nowNs - queued.timestampNs <= this.#options.maxUnschedulableNs) continue;
      this.#requeue(queued, nowNs, 'nothing woke it for too long');
      moved++;
    }
    if (moved > 0) this.#inFlight.log(WILDCARD, { before: undefined, after: undefined });
    return moved;
  }

  #requeue(queued: QueuedPod, nowNs: number, cause: MoveCause): void {
    const backsOff = this.#backoff.backsOff(queued, nowNs);
    if (this.#gate(queued)) return;
    this.#takeOut(queued);
    if (!backsOff) {
      this.#putActive(queued, cause);
      return;
    }
    this.#backoff.add(queued);
    this.moved?.(queued, cause);
  }

  /** Asks the plugins that may keep a pod from being queued (PreEnqueue); such a pod is put with the unschedulable ones. */
  #gate(queued: QueuedPod): boolean {
    const profile = this.#profiles.get(queued.pod.spec.shape.schedulerName);
    const gate = profile?.gates.find((plugin) => plugin.gates!(queued.pod));
    queued.gatedBy = gate?.name ?? '';
    if (gate === undefined) return false;
    if (!queued.rejectors.has(gate.name)) {
      queued.rejectors = new Set([...queued.rejectors, gate.name]);
      if (queued.pool === 'unschedulable') this.#rejectorsOf(gate.name).add(queued);
    }
    this.#shelve(queued, gate.name);
    return true;
  }

  #putActive(queued: QueuedPod, cause: MoveCause): void {
    queued.pool = 'active';
    this.#active.push(queued);
    this.moved?.(queued, cause);
  }

  #shelve(queued: QueuedPod, cause: string): void {
    if (queued.pool === 'unschedulable') return;
    queued.pool = 'unschedulable';
    this.#unschedulable.add(queued);
    for (const plugin of queued.rejectors) this.#rejectorsOf(plugin).add(queued);
    this.moved?.(queued, cause);
  }

  #rejectorsOf(plugin: string): Set<QueuedPod> {
    let pods = this.#byRejector.get(plugin);
    if (pods === undefined) {
      pods = new Set();
      this.#byRejector.set(plugin, pods);
    }
    return pods;
  }

  #takeOut(queued: QueuedPod): void {
    const pool: Pool = queued.pool;
    if (pool === 'active') this.#active.remove(queued);
    else if (pool === 'backoff' || pool === 'error-backoff') this.#backoff.remove(queued);
    else if (pool === 'unschedulable') {
      this.#unschedulable.delete(queued);
      for (const plugin of queued.rejectors) this.#byRejector.get(plugin)!.delete(queued);
    }
  }
}
