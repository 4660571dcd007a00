import { both, choice, type Field, flag, integer, list, object, text } from './field.js';
import { labelSelector, templateMetadata } from './fields-meta.js';
import { template } from './fields-workload.js';
import { type JsonObject, objectAt } from './json.js';
import { PODS_MAX } from './size-limits.js';
import { TimeZone } from './time-zone.js';

const failureRule: Field = object(
  {
    action: choice('FailJob', 'FailIndex', 'Ignore', 'Count'),
    onExitCodes: object(
      { containerName: text(), operator: choice('In', 'NotIn'), values: list(integer(0)) },
      'operator',
      'values',
    ),
    onPodConditions: list(object({ type: text(), status: choice('True', 'False', 'Unknown') }, 'type')),
  },
  'action',
);

const successRule: Field = object({ succeededIndexes: text(), succeededCount: integer(0) });

/** Pods of a Job must end some time. */
const mayEnd: Field = (value, report) => {
  const policy = objectAt(objectAt(value as JsonObject, 'template'), 'spec')?.restartPolicy ?? 'Always';
  if (policy === 'OnFailure' || policy === 'Never') return;
  report.inside(['template', 'spec', 'restartPolicy'], policy, () =>
    report.error('must be OnFailure or Never', policy),
  );
};

const indexedHasCompletions: Field = (value, report) => {
  const { completionMode, completions } = value as JsonObject;
  if (completionMode !== 'Indexed' || typeof completions === 'number') return;
  report.missing('completions', 'an Indexed Job needs it');
};

export const jobSpec: Field = both(
  object(
    {
      parallelism: integer(0, PODS_MAX),
      completions: integer(0, PODS_MAX),
      completionMode: choice('NonIndexed', 'Indexed'),
      backoffLimit: integer(0),
      backoffLimitPerIndex: integer(0),
      maxFailedIndexes: integer(0),
      activeDeadlineSeconds: integer(0),
      ttlSecondsAfterFinished: integer(0),
      suspend: flag,
      podReplacementPolicy: choice('TerminatingOrFailed', 'Failed'),
      podFailurePolicy: object({ rules: list(failureRule) }, 'rules'),
      successPolicy: object({ rules: list(successRule) }, 'rules'),
      manualSelector: flag,
      selector: labelSelector,
      managedBy: text(),
      template,
    },
    'template',
  ),
  mayEnd,
  indexedHasCompletions,
);

/** apis/batch/validation validateTimeZone. */
function timeZoneProblem(name: string): string | undefined {
  const known = TimeZone.named(name) !== undefined;
  return known ? undefined : 'must be a time zone as defined in https://www.iana.org/time-zones, such as Europe/Berlin';
}

export const cronJobSpec: Field = object(
  {
    schedule: text(),
    timeZone: text(timeZoneProblem),
    startingDeadlineSeconds: integer(0),
    concurrencyPolicy: choice('Allow', 'Forbid', 'Replace'),
    suspend: flag,
    jobTemplate: object({ metadata: templateMetadata, spec: jobSpec }, 'spec'),
    successfulJobsHistoryLimit: integer(0),
    failedJobsHistoryLimit: integer(0),
  },
  'schedule',
  'jobTemplate',
);
