import { both, choice, type Field, flag, ignored, integer, intOrPercent, list, object, text } from './field.js';
import { claimSpec } from './fields-claim.js';
import { claimMetadata, labels, templateMetadata, workloadSelector } from './fields-meta.js';
import { podSpec } from './fields-pod.js';
import { type JsonObject, objectAt } from './json.js';
import { type LabelSelector, matches } from './label-selector.js';
import type { Labels } from './labels.js';
import { PODS_MAX } from './size-limits.js';

export const template: Field = object({ metadata: templateMetadata, spec: podSpec }, 'spec');

/** The API server refuses a workload that would not find its own pods. */
const selectsItsPods: Field = (value, report) => {
  const spec = value as JsonObject;
  const labels = objectAt(objectAt(objectAt(spec, 'template'), 'metadata'), 'labels') ?? {};
  if (matches(spec.selector as LabelSelector, labels as Labels)) return;
  report.within('selector', spec.selector, (selector) =>
    report.error(`must match the labels of its template, ${JSON.stringify(labels)}`, selector),
  );
};

const restartsAlways: Field = (value, report) => {
  const policy = objectAt(objectAt(value as JsonObject, 'template'), 'spec')?.restartPolicy ?? 'Always';
  if (policy === 'Always') return;
  report.inside(['template', 'spec', 'restartPolicy'], policy, () => report.error('must be Always', policy));
};

const zero = (value: unknown): boolean => value === 0 || (typeof value === 'string' && /^0+%$/.test(value));

const strategy: Field = both(
  object({
    type: choice('RollingUpdate', 'Recreate'),
    rollingUpdate: object({ maxSurge: intOrPercent, maxUnavailable: intOrPercent }),
  }),
  (value, report) => {
    const rollingUpdate = objectAt(value as JsonObject, 'rollingUpdate');
    if (rollingUpdate === undefined) return;
    if ((value as JsonObject).type === 'Recreate') report.error('must not have rollingUpdate with type Recreate');
    if (zero(rollingUpdate.maxSurge) && zero(rollingUpdate.maxUnavailable))
      report.error('must not have both maxSurge and maxUnavailable 0: no rollout could ever move');
    const { maxUnavailable } = rollingUpdate;
    if (typeof maxUnavailable === 'string' && Number.parseInt(maxUnavailable, 10) > 100)
      report.inside(['rollingUpdate', 'maxUnavailable'], maxUnavailable, () =>
        report.error('must be at most 100%', maxUnavailable),
      );
  },
);

const deadlineAfterReady: Field = (value, report) => {
  const { progressDeadlineSeconds = 600, minReadySeconds = 0 } = value as { [field: string]: number };
  if (progressDeadlineSeconds <= minReadySeconds)
    report.inside(['progressDeadlineSeconds'], progressDeadlineSeconds, () =>
      report.error('must be greater than minReadySeconds', progressDeadlineSeconds),
    );
};

export const deploymentSpec: Field = both(
  object(
    {
      replicas: integer(0, PODS_MAX),
      selector: workloadSelector,
      template,
      strategy,
      minReadySeconds: integer(0),
      revisionHistoryLimit: integer(0),
      progressDeadlineSeconds: integer(0),
      paused: flag,
    },
    'selector',
    'template',
  ),
  selectsItsPods,
  restartsAlways,
  deadlineAfterReady,
);

export const replicaSetSpec: Field = both(
  object(
    { replicas: integer(0, PODS_MAX), selector: workloadSelector, template, minReadySeconds: integer(0) },
    'selector',
    'template',
  ),
  selectsItsPods,
  restartsAlways,
);

/** Its selector is plain labels, and those of the template if there is none. */
export const replicationControllerSpec: Field = both(
  object({ replicas: integer(0, PODS_MAX), selector: labels, template, minReadySeconds: integer(0) }, 'template'),
  (value, report) => {
    const { selector, ...spec } = value as JsonObject;
    if (selector !== undefined && selector !== null)
      selectsItsPods({ ...spec, selector: { matchLabels: selector } }, report);
  },
  restartsAlways,
);

const retention: Field = choice('Retain', 'Delete');

/** Its pods' claims are named after it, the set and the ordinal. */
const claimTemplate: Field = object(
  { apiVersion: ignored, kind: ignored, metadata: claimMetadata, spec: claimSpec, status: ignored },
  'metadata',
);

export const statefulSetSpec: Field = both(
  object(
    {
      replicas: integer(0, PODS_MAX),
      selector: workloadSelector,
      template,
      serviceName: text(),
      podManagementPolicy: choice('OrderedReady', 'Parallel'),
      updateStrategy: object({
        type: choice('RollingUpdate', 'OnDelete'),
        rollingUpdate: object({ partition: integer(0), maxUnavailable: intOrPercent }),
      }),
      minReadySeconds: integer(0),
      ordinals: object({ start: integer(0) }),
      revisionHistoryLimit: integer(0),
      persistentVolumeClaimRetentionPolicy: object({ whenDeleted: retention, whenScaled: retention }),
      volumeClaimTemplates: list(claimTemplate),
    },
    'selector',
    'template',
  ),
  selectsItsPods,
  restartsAlways,
);

export const daemonSetSpec: Field = both(
  object(
    {
      selector: workloadSelector,
      template,
      updateStrategy: object({
        type: choice('RollingUpdate', 'OnDelete'),
        rollingUpdate: object({ maxSurge: intOrPercent, maxUnavailable: intOrPercent }),
      }),
      minReadySeconds: integer(0),
      revisionHistoryLimit: integer(0),
    },
    'selector',
    'template',
  ),
  selectsItsPods,
  restartsAlways,
);
