import { InputError } from '../../../src/api/input-error.js';
import { jobName } from '../../../src/spokes/controllers/cronjob/cron-job-plan.js';
import { type CronSchedule, parseCronSchedule } from '../../../src/spokes/controllers/cronjob/cron-schedule.js';
import { missedRuns, nextLookDelayNs } from '../../../src/spokes/controllers/cronjob/missed-runs.js';
import { type Case, Skip, type Suite } from '../suite.js';

export const cronjob: Suite = { name: 'cronjob', answer };

function answer({ tags, input }: Case): unknown {
  if (tags[0] === 'nextTimes') return nextTimes(input as NextTimesInput);
  if (tags[0] === 'missed') return missed(input as MissedInput);
  if (tags[0] === 'jobName') return named(input as { cronJob: string; scheduled: string });
  return new Skip(`unknown question ${tags[0]}`);
}

/** Wanted of a schedule. */
const TIMES = 5;
/** How Go writes a time that never comes, and the time from now until then. */
const GO_NEVER = '0001-01-01T00:00:00Z';
const GO_NEVER_NS = -(2 ** 63);

interface NextTimesInput {
  readonly schedule: string;
  readonly from: string;
}

function nextTimes({ schedule, from }: NextTimesInput): unknown {
  try {
    return { error: false, times: firstTimes(parseCronSchedule(schedule), unixSeconds(from)) };
  } catch (error) {
    if (error instanceof InputError) return { error: true };
    throw error;
  }
}

function firstTimes(schedule: CronSchedule, from: number): readonly string[] {
  const times: string[] = [];
  for (let at = from; times.length < TIMES; ) {
    if (at >= 0) at = schedule.next(at);
    times.push(at < 0 ? GO_NEVER : rfc3339(at));
  }
  return times;
}

interface MissedInput {
  readonly creationTime: string;
  readonly lastScheduleTime: string | null;
  readonly now: string;
  readonly schedule: string;
  readonly startingDeadlineSeconds: number | null;
}

function missed(input: MissedInput): unknown {
  const schedule = parseCronSchedule(input.schedule);
  const given = [input.creationTime, input.lastScheduleTime ?? input.creationTime, input.now];
  // Every virtual time must be above zero, also the last run of a CronJob that was created again.
  const originSeconds = Math.min(...given.map(unixSeconds)) - 1;
  const ns = (time: string | null): number => (time === null ? -1 : (unixSeconds(time) - originSeconds) * 1e9);
  const text = (timeNs: number): string | null => (timeNs < 0 ? null : rfc3339(timeNs / 1e9 + originSeconds));
  const times = {
    createdNs: ns(input.creationTime),
    lastScheduleNs: ns(input.lastScheduleTime),
    startingDeadlineSeconds: input.startingDeadlineSeconds ?? -1,
    nowNs: ns(input.now),
    originSeconds,
  };
  const runs = missedRuns(schedule, times, true);
  const delayNs = nextLookDelayNs(schedule, times);
  return {
    error: runs.impossible,
    ...(runs.impossible && { nextError: true }),
    lowerBound: rfc3339(runs.sinceNs / 1e9 + originSeconds),
    mostRecent: text(runs.mostRecentNs),
    missedKind: runs.count,
    nextToRun: text(runs.mostRecentNs),
    requeueNs: delayNs < 0 ? GO_NEVER_NS : delayNs,
  };
}

function named({ cronJob, scheduled }: { cronJob: string; scheduled: string }): unknown {
  return { name: jobName(cronJob, 0, unixSeconds(scheduled)) };
}

function unixSeconds(time: string): number {
  return Date.parse(time) / 1000;
}

function rfc3339(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replace('.000Z', 'Z');
}
