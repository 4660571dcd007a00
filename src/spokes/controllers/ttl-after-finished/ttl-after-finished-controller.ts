import { finishedCondition, type Job } from '../../../api/job.js';
import { JOB } from '../../../api/kind.js';
import type { ApiClient } from '../../../client/api-client.js';
import type { Informer } from '../../../client/informer.js';
import type { Process } from '../../../client/process.js';
import type { Task, Wait } from '../../../client/task.js';
import { WorkQueue } from '../../../client/work-queue.js';

export interface TtlAfterFinishedControllerParts {
  readonly process: Process;
  readonly client: ApiClient;
  readonly jobs: Informer<Job>;
  /** `--concurrent-ttl-after-finished-syncs`. */
  readonly workers: number;
}

/** Deletes finished Jobs once their time to live is over (pkg/controller/ttlafterfinished). */
export class TtlAfterFinishedController {
  private readonly parts: TtlAfterFinishedControllerParts;
  private readonly queue: WorkQueue;

  constructor(parts: TtlAfterFinishedControllerParts) {
    const { process, jobs, workers } = parts;
    this.parts = parts;
    this.queue = new WorkQueue(process, 'ttl_jobs_to_delete', workers, (key) => this.sync(key));
    jobs.addHandler({
      added: (job) => this.changed(job),
      updated: (_, job) => this.changed(job),
      deleted: () => undefined,
    });
  }

  private changed(job: Job): void {
    if (expiryNs(job) >= 0) this.queue.add(job.id);
  }

  private *sync(key: number): Task {
    const job = this.parts.jobs.cache.byId(key);
    if (job === undefined || !this.hasExpired(job) || (yield* this.delete(job))) this.queue.forget(key);
    else this.queue.addRateLimited(key);
  }

  /** Whether the time is up; if it will be, the Job comes back then. Nobody waits for a finished Job to go. */
  private hasExpired(job: Job): boolean {
    const atNs = expiryNs(job);
    if (atNs < 0) return false;
    const leftNs = atNs - this.parts.process.nowNs;
    if (leftNs > 0) this.queue.addAfter(job.id, leftNs, true);
    return leftNs <= 0;
  }

  /** Looks once more before it deletes: the time to live may have changed. */
  private *delete({ metadata }: Job): Generator<Wait, boolean, void> {
    const { client } = this.parts;
    const read = client.get(JOB, metadata.namespace, metadata.name);
    yield read;
    if (!read.ok) return read.code === 404;
    const fresh = read.object as Job;
    if (!this.hasExpired(fresh)) return true;
    const call = client.delete(fresh, { id: fresh.id });
    yield call;
    return call.ok || call.code === 404;
  }
}

/** When a finished Job is to be deleted; -1 for never. */
function expiryNs({ metadata, spec, status }: Job): number {
  const finished = finishedCondition(status);
  if (finished === undefined || metadata.deleting || spec.ttlSecondsAfterFinished < 0) return -1;
  return finished.lastTransitionNs + spec.ttlSecondsAfterFinished * 1e9;
}
