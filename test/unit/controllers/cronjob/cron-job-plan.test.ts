import { describe, expect, it } from 'vitest';
import type { CronJobSpec, CronJobStatus } from '../../../../src/api/cron-job.js';
import type { Job, JobCondition } from '../../../../src/api/job.js';
import { CONFIG_MAP } from '../../../../src/api/kind.js';
import { ObjectMeta } from '../../../../src/api/meta.js';
import { draft } from '../../../../src/api/object.js';
import { type CronJobPlan, planCronJob } from '../../../../src/spokes/controllers/cronjob/cron-job-plan.js';
import { parseCronSchedule } from '../../../../src/spokes/controllers/cronjob/cron-schedule.js';
import { expiredJobs, seeJobs } from '../../../../src/spokes/controllers/cronjob/finished-jobs.js';

const SPEC: CronJobSpec = {
  schedule: '* * * * *',
  timeZone: '',
  startingDeadlineSeconds: -1,
  concurrencyPolicy: 'Allow',
  suspend: false,
  jobTemplate: { labels: {}, annotations: {}, spec: {} as CronJobSpec['jobTemplate']['spec'] },
  successfulJobsHistoryLimit: 1,
  failedJobsHistoryLimit: 0,
};
const STATUS: CronJobStatus = { active: [], lastScheduleNs: -1, lastSuccessfulNs: -1 };
const RUNNING = { id: 1, name: 'c-0' };

function plan(spec: Partial<CronJobSpec>, status: Partial<CronJobStatus> = {}, nowNs = 61e9): CronJobPlan {
  const view = { name: 'c', spec: { ...SPEC, ...spec }, status: { ...STATUS, ...status }, createdNs: 0, nowNs };
  return planCronJob({ ...view, originSeconds: 0 }, parseCronSchedule(view.spec.schedule));
}

describe('a cron job', () => {
  it('starts what is due, and looks again just after the next time', () => {
    expect(plan({})).toEqual({
      verdict: 'start',
      scheduledNs: 60e9,
      missedMany: false,
      replaced: [],
      recheckDelayNs: 59.1e9,
    });
  });

  it('waits where nothing is due yet, and for ever while it is suspended', () => {
    expect(plan({}, {}, 30e9)).toMatchObject({ verdict: 'not due', recheckDelayNs: 30.1e9 });
    expect(plan({ suspend: true })).toMatchObject({ verdict: 'suspended', recheckDelayNs: -1 });
    expect(plan({ schedule: '0 0 31 2 *' })).toMatchObject({ verdict: 'impossible', recheckDelayNs: -1 });
  });

  it('does not start a time twice', () => {
    expect(plan({}, { lastScheduleNs: 60e9 }).verdict).toBe('not due');
    expect(plan({}, { active: [{ id: 2, name: 'c-1' }] }).verdict).toBe('started');
  });

  it('skips, replaces or adds while one still runs, as it is told', () => {
    expect(plan({ concurrencyPolicy: 'Forbid' }, { active: [RUNNING] }).verdict).toBe('still running');
    expect(plan({ concurrencyPolicy: 'Replace' }, { active: [RUNNING] })).toMatchObject({
      verdict: 'start',
      replaced: [RUNNING],
    });
    expect(plan({}, { active: [RUNNING] })).toMatchObject({ verdict: 'start', replaced: [] });
  });

  it('says when it has missed more than a hundred starts', () => {
    expect(plan({}, {}, 7200e9)).toMatchObject({ verdict: 'start', missedMany: true, scheduledNs: 7200e9 });
  });
});

function job(id: number, type: JobCondition['type'] | undefined, startTimeNs: number): Job {
  const condition = { status: 'True', reason: '', message: '', lastTransitionNs: 0 } as const;
  const conditions = type === undefined ? [] : [{ type, ...condition }];
  const status = { startTimeNs, completionTimeNs: type === 'Complete' ? startTimeNs + 5 : -1, conditions };
  const meta = ObjectMeta.of({ name: `c-${id}` });
  return draft(CONFIG_MAP, meta, {} as Job['spec'], status as unknown as Job['status']).stamped(id, 1, meta);
}

describe('the jobs of a cron job', () => {
  it('leave the active list when they end; those that are missing are looked for first', () => {
    const active = [1, 2, 3].map((id) => ({ id, name: `c-${id}` }));
    const seen = seeJobs({ ...STATUS, active }, [job(1, 'Complete', 10), job(2, undefined, 20)]);
    expect(seen).toEqual({
      status: { active: active.slice(1), lastScheduleNs: -1, lastSuccessfulNs: 15 },
      changed: true,
      missing: [active[2]],
    });
  });

  it('go oldest first where there are more than are kept', () => {
    const jobs = [job(1, 'Complete', 30), job(2, 'Complete', 10), job(3, 'Failed', 5), job(4, undefined, 1)];
    expect(expiredJobs(SPEC, jobs).map(({ id }) => id)).toEqual([2, 3]);
    expect(expiredJobs({ ...SPEC, failedJobsHistoryLimit: -1 }, jobs).map(({ id }) => id)).toEqual([2]);
  });
});
