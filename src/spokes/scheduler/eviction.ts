import type { Call } from '../../api/call.js';
import type { ApiObject } from '../../api/object.js';
import type { Patch } from '../../api/patch.js';
import type { Pod } from '../../api/pod.js';
import type { ApiClient } from '../../client/api-client.js';
import type { ObjectCache } from '../../client/object-cache.js';
import type { Process } from '../../client/process.js';
import type { SeriesEventRecorder } from '../../client/series-event-recorder.js';
import { type Task, TaskRunner } from '../../client/task.js';
import { PREEMPTED } from './preemption.js';

/** The condition DisruptionTarget of a victim. */
const DISRUPTION: Patch = Object.freeze({
  apply(current: ApiObject): ApiObject {
    const pod = current as Pod;
    return pod.withStatus(pod.status.with({ reason: PREEMPTED }));
  },
});

/** Who makes room: the waiting pod, and its node. */
export interface Preemptor {
  readonly pod: Pod;
  readonly nodeName: string;
}

const LAST_VICTIM_UNKNOWN = -1;

/**
 * Removes the victims of preemption beside the scheduling loop (framework/preemption/executor.go, async preemption): all
 * but one at once, then the last. Until the deletion of the last is seen the pod they make room for is not queued.
 */
export class Eviction {
  private readonly client: ApiClient;
  private readonly events: SeriesEventRecorder;
  private readonly pods: ObjectCache<Pod>;
  private readonly tasks: TaskRunner;
  private readonly onFailure: (podId: number) => void;
  /** The last victim of each pod whose preemption is under way. */
  private readonly lastVictim: Map<number, number>;

  /** `onFailure` is told the pod whose preemption failed. */
  constructor(
    process: Process,
    client: ApiClient,
    events: SeriesEventRecorder,
    pods: ObjectCache<Pod>,
    onFailure: (podId: number) => void,
  ) {
    this.client = client;
    this.events = events;
    this.pods = pods;
    this.tasks = new TaskRunner(process);
    this.onFailure = onFailure;
    this.lastVictim = new Map();
  }

  /** Whether the pod has to wait for its victims to be deleted. */
  isUnderWay(podId: number): boolean {
    const victim = this.lastVictim.get(podId);
    if (victim === undefined) return false;
    if (victim === LAST_VICTIM_UNKNOWN) return true;
    return this.pods.byId(victim)?.metadata.deleting === false;
  }

  start(preemptor: Preemptor, victims: readonly Pod[]): void {
    const present = victims.filter(({ metadata }) => !metadata.deleting);
    if (present.length === 0) return;
    this.lastVictim.set(preemptor.pod.id, LAST_VICTIM_UNKNOWN);
    this.tasks.start(this.evict(preemptor, present));
  }

  private *evict(preemptor: Preemptor, victims: readonly Pod[]): Task {
    const last = victims.at(-1)!;
    const others = victims.slice(0, -1);
    const calls: Call[] = [];
    for (const batch of [others, [last]]) {
      if (batch[0] === last) this.lastVictim.set(preemptor.pod.id, last.id);
      const patches = batch.map((victim) => this.client.patch(victim, DISRUPTION, 'status'));
      yield patches;
      const deletes = batch.map((victim) => this.client.delete(victim, { id: victim.id }));
      yield deletes;
      calls.push(...patches, ...deletes);
      for (const victim of batch) this.record(preemptor, victim);
      if (calls.some(failed)) break;
    }
    this.lastVictim.delete(preemptor.pod.id);
    if (calls.some(failed)) this.onFailure(preemptor.pod.id);
  }

  private record({ pod, nodeName }: Preemptor, victim: Pod): void {
    this.events.event(victim, 'Normal', 'Preempted', `Preempted by pod ${pod.id} on node ${nodeName}`);
  }
}

/** A victim that is gone already is as good as evicted. */
function failed(call: Call): boolean {
  return !call.ok && call.code !== 404;
}
