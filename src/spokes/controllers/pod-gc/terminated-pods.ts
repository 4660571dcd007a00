import { isTerminated, type Pod } from '../../../api/pod.js';
import type { ApiClient } from '../../../client/api-client.js';
import type { Informer } from '../../../client/informer.js';
import type { Process } from '../../../client/process.js';
import { type Task, TaskRunner } from '../../../client/task.js';
import type { EventKind } from '../../../engine/index.js';
import { forceDelete, untilCheckNs } from './force-deletion.js';

/**
 * Deletes pods that have ended once there are more than so many of them: evicted ones first, then those that were created
 * first (gc_controller.go gcTerminated). Nobody waits for it. The clock only ticks while there are too many.
 */
export class TerminatedPods {
  private readonly process: Process;
  private readonly client: ApiClient;
  private readonly pods: Informer<Pod>;
  private readonly threshold: number;
  private readonly runner: TaskRunner;
  private readonly lookKind: EventKind;
  private count: number;
  private ticking: boolean;

  /** A `threshold` of 0 lets all of them be. */
  constructor(process: Process, client: ApiClient, pods: Informer<Pod>, threshold: number) {
    this.process = process;
    this.client = client;
    this.pods = pods;
    this.threshold = threshold;
    this.runner = new TaskRunner(process);
    this.lookKind = process.engine.register('pod gc: terminated pods', () => this.look(), 'timer');
    this.count = 0;
    this.ticking = false;
    if (threshold === 0) return;
    pods.addHandler({
      added: (pod) => this.change(0, isTerminated(pod)),
      updated: (before, pod) => this.change(isTerminated(before) ? 1 : 0, isTerminated(pod)),
      deleted: (pod) => this.change(isTerminated(pod) ? 1 : 0, false),
    });
  }

  private change(before: 0 | 1, terminated: boolean): void {
    this.count += (terminated ? 1 : 0) - before;
    if (this.ticking || this.count <= this.threshold) return;
    this.ticking = true;
    const { engine } = this.process;
    engine.scheduleAs(true, untilCheckNs(engine.nowNs), this.lookKind);
  }

  private look(): void {
    this.ticking = false;
    const surplus = this.count - this.threshold;
    if (surplus <= 0) return;
    const terminated = [...this.pods.cache.values()].filter(isTerminated).sort(byEvictionAndAge);
    for (const pod of terminated.slice(0, surplus)) this.runner.start(this.collect(pod));
  }

  private *collect(pod: Pod): Task {
    yield* forceDelete(this.client, pod);
    // One that could not be deleted is looked at again.
    this.change(0, false);
  }
}

function byEvictionAndAge(a: Pod, b: Pod): number {
  const evicted = Number(b.status.reason === 'Evicted') - Number(a.status.reason === 'Evicted');
  const age = a.metadata.creationTimestampNs - b.metadata.creationTimestampNs;
  return evicted || age || (a.metadata.name < b.metadata.name ? -1 : 1);
}
