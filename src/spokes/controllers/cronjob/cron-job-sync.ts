import type { Call } from '../../../api/call.js';
import type { CronJob, CronJobStatus, JobReference } from '../../../api/cron-job.js';
import { InputError } from '../../../api/input-error.js';
import { finishedCondition, type Job } from '../../../api/job.js';
import { CRON_JOB, JOB } from '../../../api/kind.js';
import { controllerOf } from '../../../api/meta.js';
import type { ApiClient } from '../../../client/api-client.js';
import type { EventType } from '../../../client/event-outbox.js';
import type { EventRecorder } from '../../../client/event-recorder.js';
import type { Wait } from '../../../client/task.js';
import type { Engine } from '../../../engine/index.js';
import { type CronJobPlan, planCronJob } from './cron-job-plan.js';
import { type CronSchedule, parseCronSchedule } from './cron-schedule.js';
import { expiredJobs, seeJobs } from './finished-jobs.js';
import { newRun } from './new-run.js';

/** Virtual time begins at the epoch. */
const ORIGIN_SECONDS = 0;

/** What every sync needs of its controller. */
export interface CronJobWorld {
  readonly engine: Engine;
  readonly clock: { readonly nowNs: number };
  readonly client: ApiClient;
  readonly events: EventRecorder;
}

/** One reconciliation of a CronJob (cronjob_controllerv2.go sync). */
export class CronJobSync {
  /** When it must be looked at again; -1 if nothing but a change can make a difference. */
  recheckDelayNs: number;
  private readonly world: CronJobWorld;
  private readonly cronJob: CronJob;
  private readonly jobs: readonly Job[];
  private status: CronJobStatus;
  private changed: boolean;

  constructor(world: CronJobWorld, cronJob: CronJob, jobs: readonly Job[]) {
    this.world = world;
    this.cronJob = cronJob;
    this.jobs = jobs;
    this.status = cronJob.status;
    this.changed = false;
    this.recheckDelayNs = -1;
  }

  /** False where it must be tried again. */
  *run(): Generator<Wait, boolean, void> {
    for (const job of expiredJobs(this.cronJob.spec, this.jobs)) yield* this.delete(job);
    const fine = (yield* this.recognise()) && (yield* this.forgetMissing()) && (yield* this.startIfDue());
    if (!this.changed) return fine;
    const call = this.world.client.updateStatus(this.cronJob.withStatus(this.status));
    yield call;
    return call.ok && fine;
  }

  private tell(type: EventType, reason: string, message: string): void {
    this.world.events.event(this.cronJob, type, reason, message);
  }

  private isActive(id: number): boolean {
    return this.status.active.some((job) => job.id === id);
  }

  private drop(id: number): void {
    this.changed = true;
    this.status = { ...this.status, active: this.status.active.filter((job) => job.id !== id) };
  }

  private *delete(job: Job): Generator<Wait, boolean, void> {
    const call = this.world.client.delete(job);
    yield call;
    if (call.ok) {
      this.drop(job.id);
      this.tell('Normal', 'SuccessfulDelete', `Deleted job ${job.metadata.name}`);
    } else this.tell('Warning', 'FailedDelete', `Deleted job: ${call.reason}`);
    return call.ok;
  }

  /** Takes finished Jobs off the list; a running one that is not on it is looked up, for the cache may be behind. */
  private *recognise(): Generator<Wait, boolean, void> {
    const { namespace, name } = this.cronJob.metadata;
    for (const job of this.jobs) {
      if (this.isActive(job.id) || finishedCondition(job.status) !== undefined) continue;
      const call = this.world.client.get(CRON_JOB, namespace, name);
      yield call;
      if (!call.ok) return false;
      const fresh = call.object as CronJob;
      if (fresh.status.active.some(({ id }) => id === job.id)) this.status = fresh.status;
      else
        this.tell(
          'Warning',
          'UnexpectedJob',
          `Saw a job that the controller did not create or forgot: ${job.metadata.name}`,
        );
    }
    const seen = seeJobs(this.status, this.jobs);
    for (const { id, name: finished } of this.status.active)
      if (!seen.status.active.some((job) => job.id === id))
        this.tell('Normal', 'SawCompletedJob', `Saw completed job: ${finished}`);
    this.changed ||= seen.changed;
    this.status = seen.status;
    return true;
  }

  /** Drops Jobs that neither the cache nor the API server knows. */
  private *forgetMissing(): Generator<Wait, boolean, void> {
    for (const { id, name } of seeJobs(this.status, this.jobs).missing) {
      const call = this.world.client.get(JOB, this.cronJob.metadata.namespace, name);
      yield call;
      if (call.code === 404) {
        this.drop(id);
        this.tell('Normal', 'MissingJob', `Active job went missing: ${name}`);
      } else if (!call.ok) return false;
    }
    return true;
  }

  private *startIfDue(): Generator<Wait, boolean, void> {
    const { cronJob, status, world } = this;
    if (cronJob.metadata.deleting || cronJob.spec.suspend) return true;
    const schedule = this.schedule();
    if (schedule === undefined) return true;
    const plan = planCronJob(
      {
        name: cronJob.metadata.name,
        spec: cronJob.spec,
        status,
        createdNs: cronJob.metadata.creationTimestampNs,
        nowNs: world.clock.nowNs,
        originSeconds: ORIGIN_SECONDS,
      },
      schedule,
    );
    this.recheckDelayNs = plan.recheckDelayNs;
    this.tellVerdict(plan);
    return plan.verdict !== 'start' || (yield* this.start(plan));
  }

  private schedule(): CronSchedule | undefined {
    const { schedule, timeZone } = this.cronJob.spec;
    try {
      return parseCronSchedule(schedule, timeZone);
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      this.tell('Warning', 'UnparseableSchedule', `unparseable schedule: "${schedule}" : ${error.message}`);
      return undefined;
    }
  }

  private tellVerdict({ verdict, missedMany }: CronJobPlan): void {
    const { schedule } = this.cronJob.spec;
    if (missedMany) this.tell('Warning', 'TooManyMissedTimes', 'too many missed start times');
    if (verdict === 'impossible') this.tell('Warning', 'InvalidSchedule', `invalid schedule: ${schedule}`);
    else if (verdict === 'too late') this.tell('Warning', 'MissSchedule', 'Missed scheduled time to start a job');
    else if (verdict === 'still running')
      this.tell(
        'Normal',
        'JobAlreadyActive',
        'Not starting job because prior execution is running and concurrency policy is Forbid',
      );
  }

  /** A clock that strikes is a chore; what it sets off is work. */
  private *start({ scheduledNs, replaced }: CronJobPlan): Generator<Wait, boolean, void> {
    const { cronJob, world } = this;
    world.engine.become(false);
    for (const reference of replaced) if (!(yield* this.replace(reference))) return false;
    const run = newRun(cronJob, scheduledNs, ORIGIN_SECONDS);
    const call = world.client.create(run);
    yield call;
    const job = call.ok ? (call.object as Job) : yield* this.existing(run, call);
    if (job === undefined) return false;
    if (controllerOf(job.metadata)?.id !== cronJob.id || this.isActive(job.id)) return true;
    if (call.ok) this.tell('Normal', 'SuccessfulCreate', `Created job ${job.metadata.name}`);
    const active = [...this.status.active, { id: job.id, name: job.metadata.name }];
    this.status = { ...this.status, active, lastScheduleNs: scheduledNs };
    this.changed = true;
    return true;
  }

  private *replace({ name }: JobReference): Generator<Wait, boolean, void> {
    const read = this.world.client.get(JOB, this.cronJob.metadata.namespace, name);
    yield read;
    if (read.ok) return yield* this.delete(read.object as Job);
    this.tell('Warning', 'FailedGet', `Get job: ${read.reason}`);
    return false;
  }

  /** The Job that has the name already, made by a sync whose status was never written. */
  private *existing(run: Job, { reason, error }: Call): Generator<Wait, Job | undefined, void> {
    if (reason !== 'AlreadyExists') {
      this.tell('Warning', 'FailedCreate', `Error creating job: ${error}`);
      return undefined;
    }
    const read = this.world.client.get(JOB, run.metadata.namespace, run.metadata.name);
    yield read;
    return read.ok ? (read.object as Job) : undefined;
  }
}
