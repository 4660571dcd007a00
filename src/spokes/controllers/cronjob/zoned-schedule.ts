import type { TimeZone } from '../../../api/time-zone.js';
import type { CronSchedule } from './cron-schedule.js';

/** No two changes of a zone's offset are nearer to each other. */
const STEP_SECONDS = 7 * 86_400;

/**
 * A schedule by the clocks of a time zone: every minute at which they show a time that it names. What they skip in spring does not
 * run that day, and what they show twice in autumn runs twice (robfig/cron spec.go Next, which steps through absolute time).
 */
export class ZonedSchedule implements CronSchedule {
  private readonly clock: CronSchedule;
  private readonly zone: TimeZone;

  /** `clock` is the schedule by a clock that is never changed. */
  constructor(clock: CronSchedule, zone: TimeZone) {
    this.clock = clock;
    this.zone = zone;
  }

  next(afterSeconds: number): number {
    for (let after = Math.floor(afterSeconds); ; ) {
      const offset = this.zone.offsetSeconds(after + 1);
      const shown = this.clock.next(after + offset);
      if (shown < 0) return -1;
      const next = shown - offset;
      if (this.zone.offsetSeconds(next) === offset) return next;
      after = this.changeAfter(after + 1, offset) - 1;
    }
  }

  /** The first second from a time on at which the offset is another one; there is one. */
  private changeAfter(fromSeconds: number, offset: number): number {
    let same = fromSeconds;
    while (this.zone.offsetSeconds(same + STEP_SECONDS) === offset) same += STEP_SECONDS;
    let other = same + STEP_SECONDS;
    while (other - same > 1) {
      const middle = Math.floor((same + other) / 2);
      if (this.zone.offsetSeconds(middle) === offset) same = middle;
      else other = middle;
    }
    return other;
  }
}
