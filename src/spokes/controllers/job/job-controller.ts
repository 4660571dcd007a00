import { finishedCondition, type Job } from '../../../api/job.js';
import { JOB } from '../../../api/kind.js';
import { controllerOf } from '../../../api/meta.js';
import type { Pod } from '../../../api/pod.js';
import type { ApiClient } from '../../../client/api-client.js';
import type { EventRecorder } from '../../../client/event-recorder.js';
import { Expectations } from '../../../client/expectations.js';
import { ExponentialFailures } from '../../../client/exponential-failures.js';
import type { Informer } from '../../../client/informer.js';
import { LastWrites } from '../../../client/last-writes.js';
import { PodControl } from '../../../client/pod-control.js';
import type { Process } from '../../../client/process.js';
import { type Task, work } from '../../../client/task.js';
import { WorkQueue } from '../../../client/work-queue.js';
import { JobClaims } from './job-claims.js';
import { JobMemory } from './job-memory.js';
import { isTracked } from './job-pod.js';
import { JobSync, type JobWorld } from './job-sync.js';
import { OrphanPods } from './orphan-pods.js';

/** How often WaitForCacheSync looks whether the caches are filled. */
const CACHE_SYNC_POLL_NS = 100e6;

/** How long a Job whose pods have changed waits for more of them to (SyncJobBatchPeriod). */
const BATCH_PERIOD_NS = 1e9;

/** Waits before a failed sync is tried again (DefaultJobApiBackOff, MaxJobApiBackOff). */
const RETRY_BASE_NS = 1e9;
const RETRY_MAX_NS = 60e9;

/** What Jobs that it manages may call it (batchv1.JobControllerName). */
const OWN_NAME = 'kubernetes.io/job-controller';

export interface JobControllerParts {
  /** Whether it waits until its caches show its own last writes, as controllers do since 1.36. */
  readonly staleCacheChecks: boolean;
  readonly process: Process;
  readonly client: ApiClient;
  /** Posts through the same client, and so draws from the same bucket. */
  readonly events: EventRecorder;
  readonly jobs: Informer<Job>;
  readonly pods: Informer<Pod>;
  /** `--concurrent-job-syncs`. */
  readonly workers: number;
  /** Processor time of one sync, ns. */
  readonly syncNs: number;
}

/** Runs pods until as many have succeeded as each Job asks for (pkg/controller/job). */
export class JobController {
  private readonly parts: JobControllerParts;
  private readonly queue: WorkQueue;
  private readonly orphans: OrphanPods;
  private readonly claims: JobClaims;
  private readonly world: JobWorld;

  constructor(parts: JobControllerParts) {
    const { process, client, events, jobs, pods, workers } = parts;
    const delays = (): ExponentialFailures => new ExponentialFailures(RETRY_BASE_NS, RETRY_MAX_NS);
    const expectations = new Expectations();
    const lastWrites = new LastWrites(parts.staleCacheChecks);
    this.parts = parts;
    this.queue = new WorkQueue(process, 'job', workers, (key) => this.sync(key), delays());
    this.orphans = new OrphanPods(process, client, jobs, pods, workers, delays());
    this.claims = new JobClaims(client, jobs, pods, ({ id }) => this.lookAtSoon(id));
    this.world = {
      clock: process.engine,
      wall: process,
      client,
      events,
      control: new PodControl(client, events, expectations, lastWrites),
      expectations,
      lastWrites,
      memory: new JobMemory(),
    };
    jobs.addHandler({
      added: ({ id }) => this.queue.add(id),
      updated: (previous, job) => this.jobUpdated(previous, job),
      deleted: (job) => this.jobDeleted(job),
    });
    pods.addHandler({
      added: (pod) => this.podAdded(pod),
      updated: (previous, pod) => this.podUpdated(previous, pod),
      deleted: (pod) => this.podDeleted(pod, true),
    });
  }

  private jobUpdated(previous: Job, job: Job): void {
    if (finishedCondition(job.status) !== undefined) this.orphans.addPodsOf(job);
    else if (previous.metadata.generation === job.metadata.generation) this.lookAtSoon(job.id);
    else this.queue.add(job.id);
  }

  private jobDeleted(job: Job): void {
    this.forget(job.id);
    this.queue.add(job.id);
    this.orphans.addPodsOf(job);
  }

  private forget(id: number): void {
    this.world.expectations.forget(id);
    this.world.lastWrites.forget(id);
    this.world.memory.forget(id);
  }

  private podAdded(pod: Pod): void {
    if (pod.metadata.deleting) {
      this.podDeleted(pod, false);
      return;
    }
    this.orphanSeen(undefined, pod);
    const job = this.ownerOf(pod);
    if (job === undefined) return;
    this.world.expectations.creationObserved(job.id);
    this.lookAtSoon(job.id);
  }

  private podUpdated(previous: Pod, pod: Pod): void {
    if (pod.metadata.deleting) {
      this.podDeleted(pod, false);
      return;
    }
    if (previous.metadata !== pod.metadata) this.orphanSeen(previous, pod);
    const job = this.ownerOf(pod);
    if (job === undefined) return;
    if (!isTracked(pod)) this.world.memory.releaseObserved(job.id, pod.id);
    this.lookAtSoon(job.id);
  }

  /** A pod that no Job has any more is let go, if nobody adopts it; who has lost it looks for another. */
  private orphanSeen(previous: Pod | undefined, pod: Pod): void {
    const former = previous && this.ownerOf(previous);
    if (former !== undefined && former.id !== this.ownerOf(pod)?.id) this.lookAtSoon(former.id);
    if (controllerOf(pod.metadata) !== undefined) return;
    if (isTracked(pod)) this.orphans.add(pod);
    this.claims.noticed(previous, pod);
  }

  /** Waits for more changes; what is still seen of a Job that has finished changes nothing. */
  private lookAtSoon(id: number): void {
    if (this.world.memory.isFinished(id)) this.queue.addAfter(id, BATCH_PERIOD_NS, true);
    else this.queue.addAfter(id, BATCH_PERIOD_NS);
  }

  /** A pod is going, or has gone for good. */
  private podDeleted(pod: Pod, gone: boolean): void {
    const owner = controllerOf(pod.metadata);
    if (owner?.kindId !== JOB.id) return;
    const job = this.ownerOf(pod);
    if (job === undefined || finishedCondition(job.status) !== undefined) {
      if (isTracked(pod)) this.orphans.add(pod);
      return;
    }
    this.world.expectations.deletionObserved(job.id, pod.id);
    if (gone || !isTracked(pod)) this.world.memory.releaseObserved(job.id, pod.id);
    this.lookAtSoon(job.id);
  }

  private ownerOf({ metadata }: Pod): Job | undefined {
    const owner = controllerOf(metadata);
    return owner?.kindId === JOB.id ? this.parts.jobs.cache.byId(owner.id) : undefined;
  }

  private *sync(key: number): Task {
    const { jobs, pods, syncNs } = this.parts;
    if (!jobs.synced || !pods.synced) {
      this.queue.addAfter(key, CACHE_SYNC_POLL_NS);
      return;
    }
    if (syncNs > 0) yield work(syncNs);
    if (!this.world.lastWrites.seen(key, pods.syncedRevision, jobs.syncedRevision)) {
      this.queue.addRateLimited(key);
      return;
    }
    const job = jobs.cache.byId(key);
    if (job === undefined || isOver(job)) this.forget(key);
    else if (!this.world.memory.isFinished(key)) {
      const claimed = yield* this.claims.claim(job);
      const sync = new JobSync(this.world, job, claimed ?? []);
      const done = claimed !== undefined && (yield* sync.run());
      if (sync.recheckDelayNs >= 0) this.queue.addAfter(key, sync.recheckDelayNs);
      if (!done) {
        this.queue.addRateLimited(key);
        return;
      }
      if (this.world.memory.isFinished(key)) this.queue.demote(key);
    }
    this.queue.forget(key);
  }
}

/** Nothing is left to do for a Job, or it is somebody else's (job_controller.go managedByExternalController). */
function isOver({ spec, status }: Job): boolean {
  return (spec.managedBy || OWN_NAME) !== OWN_NAME || finishedCondition(status) !== undefined;
}
