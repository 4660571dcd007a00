import type { Job, JobCondition, JobStatus } from '../../../api/job.js';
import type { Pod } from '../../../api/pod.js';
import type { ApiClient } from '../../../client/api-client.js';
import type { EventRecorder } from '../../../client/event-recorder.js';
import type { Expectations } from '../../../client/expectations.js';
import type { LastWrites } from '../../../client/last-writes.js';
import type { PodControl } from '../../../client/pod-control.js';
import type { Wait } from '../../../client/task.js';
import { FINALIZER_RELEASE } from './finalizer-release.js';
import { assessJob, type JobAssessment, type JobView } from './job-assessment.js';
import type { JobMemory } from './job-memory.js';
import { isTracked } from './job-pod.js';
import { type JobProgress, progressOfEnding, progressOfPlan } from './job-progress.js';
import { settleJob } from './job-settlement.js';
import { type JobTracking, trackPods } from './job-tracking.js';
import { newJobPod } from './new-job-pod.js';
import { podEnd } from './pod-end.js';
import { type PodPlan, planPods } from './pod-plan.js';

/** What every sync needs of its controller. */
export interface JobWorld {
  readonly clock: { readonly nowNs: number };
  /** For times that stand in objects. */
  readonly wall: { readonly nowNs: number };
  readonly client: ApiClient;
  readonly events: EventRecorder;
  readonly control: PodControl;
  readonly expectations: Expectations;
  readonly lastWrites: LastWrites;
  readonly memory: JobMemory;
}

/** One reconciliation of a Job that has not finished (job_controller.go syncJob). */
export class JobSync {
  /** When it must be looked at again; -1 if nothing but a change can make a difference. */
  recheckDelayNs: number;
  private readonly world: JobWorld;
  private readonly view: JobView;
  /** The version that statuses are written to. */
  private job: Job;
  private error: string;

  constructor(world: JobWorld, job: Job, pods: readonly Pod[]) {
    this.world = world;
    this.job = job;
    this.view = {
      spec: job.spec,
      status: job.status,
      deleting: job.metadata.deleting,
      pods,
      endOf: podEnd,
      failures: world.memory.failuresOf(job.id),
      released: new Set(world.memory.releasedOf(job.id)),
      nowNs: world.wall.nowNs,
    };
    this.recheckDelayNs = -1;
    this.error = '';
  }

  /** False where it must be tried again. */
  *run(): Generator<Wait, boolean, void> {
    const { view, world } = this;
    const satisfied = world.expectations.satisfied(this.job.id, world.clock.nowNs);
    const assessment = assessJob(view);
    this.recheckWithin(assessment.recheckDelayNs);
    const progress = yield* this.seeToPods(assessment, satisfied);
    this.tellSuspension(progress.conditions);
    const tracking = trackPods(view, assessment, progress);
    if (tracking.changed) {
      if (!(yield* this.writeStatus(tracking.status))) return false;
      world.memory.setFailures(this.job.id, assessment.failures);
    }
    return (yield* this.settle(tracking)) && this.error === '';
  }

  private recheckWithin(delayNs: number): void {
    if (delayNs < 0) return;
    this.recheckDelayNs = this.recheckDelayNs < 0 ? delayNs : Math.min(this.recheckDelayNs, delayNs);
  }

  /** Deletes what a Job that ends still runs; brings the pods of others to the number that is wanted. */
  private *seeToPods(assessment: JobAssessment, satisfied: boolean): Generator<Wait, JobProgress, void> {
    const { job, view, world } = this;
    if (assessment.end !== undefined) {
      this.error = yield* world.control.delete(job, assessment.active);
      return progressOfEnding(view.status, assessment, this.error === '', satisfied);
    }
    const plan = satisfied && !view.deleting ? planPods(view, assessment) : undefined;
    const carriedOut = plan === undefined ? undefined : yield* this.carryOut(plan);
    return progressOfPlan(view.spec, view.status, assessment, carriedOut, world.wall.nowNs);
  }

  /** Ends with the part of the plan that went well. */
  private *carryOut(plan: PodPlan): Generator<Wait, PodPlan, void> {
    const { job, world } = this;
    const { doomed, newPods, waitNs } = plan;
    this.recheckWithin(waitNs);
    if (doomed.length > 0) {
      const ids = doomed.map(({ id }) => id);
      world.expectations.expect(job.id, 0, ids, world.clock.nowNs);
      const stuck = yield* this.release(doomed.filter(isTracked));
      this.error ||= yield* world.control.delete(job, doomed);
      return stuck.size === 0 && this.error === '' ? plan : { ...plan, doomed: [] };
    }
    if (newPods.length === 0) return plan;
    world.expectations.expect(job.id, newPods.length, [], world.clock.nowNs);
    this.error = yield* world.control.create(job, newPods.length, (index) => newJobPod(job, newPods[index]!));
    return this.error === '' ? plan : { ...plan, newPods: [] };
  }

  private tellSuspension(conditions: readonly JobCondition[]): void {
    const suspended = conditions.find(({ type }) => type === 'Suspended')?.status;
    const before = this.view.status.conditions.find(({ type }) => type === 'Suspended')?.status;
    if (suspended === before) return;
    if (suspended === 'True') this.world.events.event(this.job, 'Normal', 'Suspended', 'Job suspended');
    else this.world.events.event(this.job, 'Normal', 'Resumed', 'Job resumed');
  }

  /** Releases the pods that were noted, counts them, and ends the Job if nothing is left. */
  private *settle(tracking: JobTracking): Generator<Wait, boolean, void> {
    const { view } = this;
    const stuck = yield* this.release(tracking.releases);
    const released = new Set(tracking.releases.map(({ id }) => id).filter((id) => !stuck.has(id)));
    const held = view.pods.filter((pod) => isTracked(pod) && !view.released.has(pod.id) && !released.has(pod.id));
    const settled = settleJob(tracking, new Set(held.map(({ id }) => id)));
    if (stuck.size > 0) {
      if (settled.changed && !settled.finished) yield* this.writeStatus(settled.status);
      return false;
    }
    if (!settled.changed) return true;
    if (!(yield* this.writeStatus(settled.status))) return false;
    if (settled.finished) this.tellEnd(tracking.end!);
    return true;
  }

  /** Takes the finalizers from pods, all at once; ends with those that kept it (removeTrackingFinalizerFromPods). */
  private *release(pods: readonly Pod[]): Generator<Wait, ReadonlySet<number>, void> {
    const { job, world } = this;
    world.memory.expectRelease(
      job.id,
      pods.map(({ id }) => id),
    );
    const calls = pods.map((pod) => world.client.patch(pod, FINALIZER_RELEASE));
    const stuck = new Set<number>();
    for (const [index, call] of calls.entries()) {
      if (!call.done) yield call;
      if (call.ok) world.lastWrites.wrotePod(job.id, call.object!.revision);
      else if (call.code !== 404) {
        world.memory.releaseObserved(job.id, pods[index]!.id);
        stuck.add(pods[index]!.id);
      }
    }
    return stuck;
  }

  private *writeStatus(status: JobStatus): Generator<Wait, boolean, void> {
    const call = this.world.client.updateStatus(this.job.withStatus(status));
    yield call;
    if (!call.ok) return false;
    this.job = call.object as Job;
    this.world.lastWrites.wroteOwner(this.job.id, this.job.revision);
    return true;
  }

  private tellEnd({ type, reason, message }: JobCondition): void {
    this.world.memory.markFinished(this.job.id);
    if (type === 'Complete') this.world.events.event(this.job, 'Normal', 'Completed', 'Job completed');
    else this.world.events.event(this.job, 'Warning', reason, message);
  }
}
