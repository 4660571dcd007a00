import type { CronSchedule } from './cron-schedule.js';

/** Added to a wait, so that clocks that differ a little do not wake it too early (nextScheduleDelta). */
const WAKE_UP_SLACK_NS = 100e6;
/** From here on a CronJob has missed so many starts that it is worth a warning. */
const MANY = 100;

/** What the missed starts of a CronJob are counted from. All times are virtual nanoseconds, -1 for never. */
export interface CronTimes {
  readonly createdNs: number;
  readonly lastScheduleNs: number;
  readonly startingDeadlineSeconds: number;
  readonly nowNs: number;
  /** Unix seconds of virtual time zero. */
  readonly originSeconds: number;
}

export interface MissedRuns {
  /** From here on missed starts count. */
  readonly sinceNs: number;
  /** The last start that should have been by now, -1 if there is none. */
  readonly mostRecentNs: number;
  /** `none` also when it is just one. */
  readonly count: 'none' | 'few' | 'many';
  /** The schedule makes no sense, like the 31st of February. */
  readonly impossible: boolean;
}

/**
 * Which starts have been missed (cronjob utils mostRecentScheduleTime). With thousands of them they are not walked
 * through one by one: the first two give an interval, and it jumps that far.
 */
export function missedRuns(schedule: CronSchedule, times: CronTimes, countsDeadline: boolean): MissedRuns {
  const { nowNs } = times;
  const sinceNs = startOfCount(times, countsDeadline);
  const nextNs = (afterNs: number): number => nextRun(schedule, afterNs, times.originSeconds);
  const firstNs = nextNs(sinceNs);
  const nothing: MissedRuns = { sinceNs, mostRecentNs: -1, count: 'none', impossible: false };
  if (firstNs < 0) return { ...nothing, impossible: true };
  if (nowNs < firstNs) return nothing;
  const secondNs = nextNs(firstNs);
  if (nowNs < secondNs) return { ...nothing, mostRecentNs: firstNs };
  if (secondNs < 0) return { ...nothing, impossible: true };
  const interval = (secondNs - firstNs) / 1e9;
  const missed = Math.floor(Math.floor((nowNs - firstNs) / 1e9) / interval) + 1;
  let mostRecentNs = -1;
  let runNs = nextNs(firstNs + (missed - 2) * interval * 1e9);
  while (runNs >= 0 && runNs <= nowNs) {
    mostRecentNs = runNs;
    runNs = nextNs(runNs);
  }
  return { sinceNs, mostRecentNs, count: missed > MANY ? 'many' : 'few', impossible: false };
}

function startOfCount(times: CronTimes, countsDeadline: boolean): number {
  const { createdNs, lastScheduleNs, startingDeadlineSeconds, nowNs } = times;
  const sinceNs = lastScheduleNs < 0 ? createdNs : lastScheduleNs;
  if (!countsDeadline || startingDeadlineSeconds < 0) return sinceNs;
  return Math.max(sinceNs, nowNs - startingDeadlineSeconds * 1e9);
}

/** The first run after a virtual time; -1 if there is none. */
function nextRun(schedule: CronSchedule, afterNs: number, originSeconds: number): number {
  const seconds = schedule.next(Math.floor(afterNs / 1e9) + originSeconds);
  return seconds < 0 ? -1 : (seconds - originSeconds) * 1e9;
}

/** How long to wait before the next look; -1 for a schedule that never comes (nextScheduleTimeDuration). */
export function nextLookDelayNs(schedule: CronSchedule, times: CronTimes): number {
  const { sinceNs, mostRecentNs, count, impossible } = missedRuns(schedule, times, false);
  const neverMissed = count === 'none' && !impossible;
  const fromNs = mostRecentNs >= 0 ? mostRecentNs : neverMissed ? sinceNs : times.nowNs;
  const runNs = nextRun(schedule, fromNs, times.originSeconds);
  return runNs < 0 ? -1 : runNs + WAKE_UP_SLACK_NS - times.nowNs;
}
