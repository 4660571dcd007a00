import { ByNumber } from '../../api/by-number.js';
import type { AnswerTaker, Call } from '../../api/call.js';
import type { Pod } from '../../api/pod.js';
import type { Engine } from '../../engine/index.js';
import { ASSIGNED_POD_DELETE } from './cluster-event.js';
import { Diagnosis } from './diagnosis.js';
import type { PodCache } from './pod-cache.js';
import type { Profile } from './profile.js';
import type { QueuedPod } from './queue/queued-pod.js';
import type { SchedulingQueue } from './queue/scheduling-queue.js';
import type { Rejection } from './rejection.js';
import type { SchedulerLinks } from './scheduler-links.js';
import type { WaitingPods } from './waiting-pods.js';

/** A pod with its node, on its way to be bound. */
interface Placement {
  readonly queued: QueuedPod;
  readonly profile: Profile;
  readonly node: number;
  readonly nodeName: string;
}

const NO_REJECTORS: ReadonlySet<string> = new Set();

/** Who goes on with a pod that will not be bound this time. */
type Failure = (queued: QueuedPod, by: ReadonlySet<string>, message: string) => void;

/** What becomes of pods that have been given a node: reserve, permit, bind (schedule_one.go bindingCycle), many at once. */
export class BindingCycle implements AnswerTaker {
  private readonly waiting: WaitingPods;
  private readonly engine: Engine;
  private readonly links: SchedulerLinks;
  private readonly queue: SchedulingQueue;
  private readonly cache: PodCache;
  private readonly onFailure: Failure;
  /** By id of the pod. */
  private readonly placements: ByNumber<Placement>;

  /** `waiting` must tell {@link settled}. */
  constructor(
    links: SchedulerLinks,
    queue: SchedulingQueue,
    cache: PodCache,
    waiting: WaitingPods,
    onFailure: Failure,
  ) {
    this.waiting = waiting;
    this.engine = links.process.engine;
    this.links = links;
    this.queue = queue;
    this.cache = cache;
    this.onFailure = onFailure;
    this.placements = new ByNumber();
  }

  /** A pod gets a node: it takes its room there at once. */
  begin(placement: Placement): void {
    const { queued, profile, node } = placement;
    const { pod } = queued;
    for (const plugin of profile.reservers) plugin.reserve?.(pod, node);
    this.cache.assume(pod, node);
    this.placements.set(pod.id, placement);
    if (profile.permitters.length === 0) {
      this.settled(pod.id, undefined);
      return;
    }
    const waitsNs = new Map<string, number>();
    for (const plugin of profile.permitters) {
      const permission = plugin.permit!(pod, node);
      if (permission === undefined) continue;
      if ('rejects' in permission) {
        this.settled(pod.id, permission.rejects);
        return;
      }
      waitsNs.set(plugin.name, permission.waitNs);
    }
    if (waitsNs.size > 0) this.waiting.add(pod, node, waitsNs);
    else this.settled(pod.id, undefined);
  }

  /** A pod that has its node, but is not bound yet, is gone. */
  dropped(podId: number): void {
    if (!this.waiting.drop(podId)) return;
    this.unreserve(this.placements.get(podId)!);
    this.placements.delete(podId);
  }

  /** Permit has come to an end. */
  settled(podId: number, rejection: Rejection | undefined): void {
    const placement = this.placements.get(podId)!;
    const { queued, nodeName } = placement;
    if (rejection === undefined) {
      this.queue.done(queued);
      const call = this.links.client.bind(queued.pod, nodeName);
      call.tag = podId;
      call.answerTo = this;
      return;
    }
    const { rejectors, message } = new Diagnosis(1, new Map([[rejection, 1]]));
    this.undo(placement);
    this.onFailure(queued, rejectors, message);
  }

  /** A binding was answered. */
  answered(call: Call): void {
    const placement = this.placements.get(call.tag)!;
    const { pod } = placement.queued;
    this.links.probe?.bindingAnswered(pod, call, this.engine.nowNs);
    const { namespace, name } = pod.metadata;
    if (call.ok) {
      this.placements.delete(pod.id);
      this.count(placement);
      const nodeName = (call.object as Pod).spec.nodeName;
      // Joined, because `+` would keep its five parts for as long as the Event lives.
      const note = ['Successfully assigned ', namespace, '/', name, ' to ', nodeName].join('');
      this.links.events.event(pod, 'Normal', 'Scheduled', note);
      return;
    }
    this.undo(placement);
    this.onFailure(placement.queued, NO_REJECTORS, `binding rejected: ${call.reason}`);
  }

  private count({ queued }: Placement): void {
    const { meter } = this.links;
    if (meter === undefined) return;
    const { nowNs } = this.engine;
    meter.attempted('scheduled', queued.pod.spec.shape.schedulerName, nowNs - queued.attemptNs);
    meter.scheduled(queued.attempts, nowNs - queued.firstAttemptNs);
  }

  /** Gives everything back that a pod had taken; it may be what others wait for. */
  private undo(placement: Placement): void {
    const { pod } = placement.queued;
    this.placements.delete(pod.id);
    this.unreserve(placement);
    const placed = this.cache.get(pod.id);
    if (placed === undefined || !this.cache.forget(pod.id)) return;
    this.queue.notify(ASSIGNED_POD_DELETE, { before: placed.pod, after: undefined }, this.engine.nowNs);
  }

  private unreserve({ queued, profile, node }: Placement): void {
    for (const plugin of profile.reservers.toReversed()) plugin.unreserve?.(queued.pod, node);
  }
}
