import type { CronJob } from '../../../api/cron-job.js';
import type { Job } from '../../../api/job.js';
import { CRON_JOB } from '../../../api/kind.js';
import { controllerOf } from '../../../api/meta.js';
import type { ApiClient } from '../../../client/api-client.js';
import type { EventRecorder } from '../../../client/event-recorder.js';
import type { Informer } from '../../../client/informer.js';
import type { Process } from '../../../client/process.js';
import { type Task, work } from '../../../client/task.js';
import { WorkQueue } from '../../../client/work-queue.js';
import { CronJobSync } from './cron-job-sync.js';

/** How often WaitForCacheSync looks whether the caches are filled. */
const CACHE_SYNC_POLL_NS = 100e6;

export interface CronJobControllerParts {
  readonly process: Process;
  readonly client: ApiClient;
  /** Posts through the same client, and so draws from the same bucket. */
  readonly events: EventRecorder;
  readonly cronJobs: Informer<CronJob>;
  readonly jobs: Informer<Job>;
  /** `--concurrent-cron-job-syncs`. */
  readonly workers: number;
  /** Processor time of one sync, ns. */
  readonly syncNs: number;
}

/** Starts Jobs when their time comes and clears away old ones (pkg/controller/cronjob). */
export class CronJobController {
  private readonly parts: CronJobControllerParts;
  private readonly queue: WorkQueue;

  constructor(parts: CronJobControllerParts) {
    const { process, cronJobs, jobs, workers } = parts;
    this.parts = parts;
    this.queue = new WorkQueue(process, 'cronjob', workers, (key) => this.sync(key));
    cronJobs.addHandler({
      added: ({ id }) => this.queue.add(id),
      updated: (_, { id }) => this.queue.add(id),
      deleted: ({ id }) => this.queue.add(id),
    });
    jobs.addHandler({
      added: (job) => this.jobChanged(job),
      updated: (_, job) => this.jobChanged(job),
      deleted: (job) => this.jobChanged(job),
    });
  }

  private jobChanged({ metadata }: Job): void {
    const owner = controllerOf(metadata);
    if (owner?.kindId === CRON_JOB.id && this.parts.cronJobs.cache.byId(owner.id) !== undefined)
      this.queue.add(owner.id);
  }

  private *sync(key: number): Task {
    const { process, client, events, cronJobs, jobs, syncNs } = this.parts;
    if (!cronJobs.synced || !jobs.synced) {
      this.queue.addAfter(key, CACHE_SYNC_POLL_NS);
      return;
    }
    if (syncNs > 0) yield work(syncNs);
    const cronJob = cronJobs.cache.byId(key);
    if (cronJob === undefined) return;
    const { engine } = process;
    const owned = jobs.cache.ownedBy(CRON_JOB.id, key).values();
    const sync = new CronJobSync({ engine, clock: process, client, events }, cronJob, owned);
    if (!(yield* sync.run())) {
      this.queue.addRateLimited(key);
      return;
    }
    this.queue.forget(key);
    // There is always a next time: no convergence waits for it.
    if (sync.recheckDelayNs >= 0) this.queue.addAfter(key, sync.recheckDelayNs, true);
  }
}
