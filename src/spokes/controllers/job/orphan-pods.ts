import { finishedCondition, type Job } from '../../../api/job.js';
import { JOB } from '../../../api/kind.js';
import { controllerOf } from '../../../api/meta.js';
import type { Pod } from '../../../api/pod.js';
import type { ApiClient } from '../../../client/api-client.js';
import type { Informer } from '../../../client/informer.js';
import type { Process } from '../../../client/process.js';
import type { RetryDelays } from '../../../client/retry-limiter.js';
import type { Task } from '../../../client/task.js';
import { WorkQueue } from '../../../client/work-queue.js';
import { FINALIZER_RELEASE } from './finalizer-release.js';
import { isTracked } from './job-pod.js';

/** Releases pods whose Job has gone or finished, and that nobody else would ever let go (syncOrphanPod). */
export class OrphanPods {
  private readonly client: ApiClient;
  private readonly jobs: Informer<Job>;
  private readonly pods: Informer<Pod>;
  private readonly queue: WorkQueue;

  constructor(
    process: Process,
    client: ApiClient,
    jobs: Informer<Job>,
    pods: Informer<Pod>,
    workers: number,
    delays: RetryDelays,
  ) {
    this.client = client;
    this.jobs = jobs;
    this.pods = pods;
    this.queue = new WorkQueue(process, 'job_orphan_pod', workers, (key) => this.sync(key), delays);
  }

  add(pod: Pod): void {
    this.queue.add(pod.id);
  }

  /** All pods of a Job that has gone or finished. */
  addPodsOf(job: Job): void {
    for (const pod of this.pods.cache.ownedBy(JOB.id, job.id).values()) if (isTracked(pod)) this.add(pod);
  }

  private *sync(key: number): Task {
    const pod = this.pods.cache.byId(key);
    const owner = pod === undefined ? undefined : controllerOf(pod.metadata);
    const job = owner?.kindId === JOB.id ? this.jobs.cache.byId(owner.id) : undefined;
    const isHeld = job !== undefined && finishedCondition(job.status) === undefined;
    if (pod !== undefined && isTracked(pod) && !isHeld) {
      const call = this.client.patch(pod, FINALIZER_RELEASE);
      yield call;
      if (!call.ok && call.code !== 404) {
        this.queue.addRateLimited(key);
        return;
      }
    }
    this.queue.forget(key);
  }
}
