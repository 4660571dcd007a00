import type { CronJob } from '../../../api/cron-job.js';
import { type Job, NEW_JOB_STATUS } from '../../../api/job.js';
import { CRON_JOB, JOB } from '../../../api/kind.js';
import { ObjectMeta } from '../../../api/meta.js';
import { draft } from '../../../api/object.js';
import { timestamp } from '../../../api/timestamp.js';
import { jobName } from './cron-job-plan.js';

const SCHEDULED_AT = 'batch.kubernetes.io/cronjob-scheduled-timestamp';

/** A draft of the Job for one start of a CronJob (getJobFromTemplate2). */
export function newRun({ id, metadata, spec }: CronJob, scheduledNs: number, originSeconds: number): Job {
  const { labels, annotations, spec: jobSpec } = spec.jobTemplate;
  const owner = { kindId: CRON_JOB.id, id, name: metadata.name, controller: true, blockOwnerDeletion: true };
  const scheduledAt = timestamp(scheduledNs + originSeconds * 1e9) ?? '';
  const meta = ObjectMeta.of({
    namespace: metadata.namespace,
    name: jobName(metadata.name, scheduledNs, originSeconds),
    labels,
    annotations: { ...annotations, [SCHEDULED_AT]: scheduledAt },
    ownerReferences: [owner],
  });
  return draft(JOB, meta, jobSpec, NEW_JOB_STATUS);
}
