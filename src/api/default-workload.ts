import { defaultTemplateSpec } from './default-pod.js';
import { defaultClaimSpec } from './default-volume.js';
import { fillIn, fillInZero, isObject, type JsonObject, makeObjectAt, objectAt, objectsAt } from './json.js';
import { showQuantity } from './resource-list.js';

/** Fills in place the defaults of one kind of object; `spec` is its spec, made if it had none. */
export type Defaulter = (object: JsonObject, spec: JsonObject) => void;

const PERCENT = '25%';
const MAX_INT32 = 2_147_483_647;

function defaultTemplate(spec: JsonObject): void {
  const podSpec = objectAt(objectAt(spec, 'template'), 'spec');
  if (podSpec !== undefined) defaultTemplateSpec(podSpec);
}

/** Counters that a stored object's status shows even while they are zero. */
function zeroStatus(object: JsonObject, ...counters: readonly string[]): void {
  const status = makeObjectAt(object, 'status');
  for (const counter of counters) fillIn(status, counter, 0);
}

function deployment(_object: JsonObject, spec: JsonObject): void {
  fillIn(spec, 'replicas', 1);
  const strategy = makeObjectAt(spec, 'strategy');
  fillInZero(strategy, 'type', 'RollingUpdate');
  if (strategy.type === 'RollingUpdate') {
    const rollingUpdate = makeObjectAt(strategy, 'rollingUpdate');
    fillIn(rollingUpdate, 'maxUnavailable', PERCENT);
    fillIn(rollingUpdate, 'maxSurge', PERCENT);
  }
  fillIn(spec, 'revisionHistoryLimit', 10);
  fillIn(spec, 'progressDeadlineSeconds', 600);
  defaultTemplate(spec);
}

function replicaSet(object: JsonObject, spec: JsonObject): void {
  fillIn(spec, 'replicas', 1);
  defaultTemplate(spec);
  zeroStatus(object, 'replicas');
}

/** The selector and the labels of a replication controller come from its template. */
function replicationController(object: JsonObject, spec: JsonObject): void {
  const labels = objectAt(objectAt(objectAt(spec, 'template'), 'metadata'), 'labels');
  if (labels !== undefined) {
    if (Object.keys(objectAt(spec, 'selector') ?? {}).length === 0) spec.selector = { ...labels };
    labelLikeTemplate(object, labels);
  }
  replicaSet(object, spec);
}

function labelLikeTemplate(object: JsonObject, labels: JsonObject): void {
  const metadata = makeObjectAt(object, 'metadata');
  if (Object.keys(objectAt(metadata, 'labels') ?? {}).length === 0) metadata.labels = { ...labels };
}

function statefulSet(object: JsonObject, spec: JsonObject): void {
  fillInZero(spec, 'podManagementPolicy', 'OrderedReady');
  const strategy = makeObjectAt(spec, 'updateStrategy');
  if (strategy.type === undefined || strategy.type === null || strategy.type === '') {
    strategy.type = 'RollingUpdate';
    makeObjectAt(strategy, 'rollingUpdate');
  }
  const rollingUpdate = objectAt(strategy, 'rollingUpdate');
  if (strategy.type === 'RollingUpdate' && rollingUpdate !== undefined) fillIn(rollingUpdate, 'partition', 0);
  const retention = makeObjectAt(spec, 'persistentVolumeClaimRetentionPolicy');
  fillInZero(retention, 'whenDeleted', 'Retain');
  fillInZero(retention, 'whenScaled', 'Retain');
  fillIn(spec, 'replicas', 1);
  fillIn(spec, 'revisionHistoryLimit', 10);
  defaultTemplate(spec);
  for (const claim of objectsAt(spec, 'volumeClaimTemplates')) {
    fillInZero(makeObjectAt(claim, 'status'), 'phase', 'Pending');
    defaultClaimSpec(makeObjectAt(claim, 'spec'));
  }
  zeroStatus(object, 'replicas', 'availableReplicas');
}

function daemonSet(object: JsonObject, spec: JsonObject): void {
  const strategy = makeObjectAt(spec, 'updateStrategy');
  fillInZero(strategy, 'type', 'RollingUpdate');
  if (strategy.type === 'RollingUpdate') {
    const rollingUpdate = makeObjectAt(strategy, 'rollingUpdate');
    fillIn(rollingUpdate, 'maxUnavailable', 1);
    fillIn(rollingUpdate, 'maxSurge', 0);
  }
  fillIn(spec, 'revisionHistoryLimit', 10);
  defaultTemplate(spec);
  zeroStatus(object, 'currentNumberScheduled', 'numberMisscheduled', 'desiredNumberScheduled', 'numberReady');
}

function job(object: JsonObject, spec: JsonObject): void {
  if ((spec.completions ?? null) === null && (spec.parallelism ?? null) === null) spec.completions = 1;
  fillIn(spec, 'parallelism', 1);
  fillIn(spec, 'backoffLimit', (spec.backoffLimitPerIndex ?? null) === null ? 6 : MAX_INT32);
  const labels = objectAt(objectAt(objectAt(spec, 'template'), 'metadata'), 'labels');
  if (labels !== undefined) labelLikeTemplate(object, labels);
  fillIn(spec, 'completionMode', 'NonIndexed');
  fillIn(spec, 'suspend', false);
  const failurePolicy = objectAt(spec, 'podFailurePolicy');
  fillIn(spec, 'podReplacementPolicy', failurePolicy === undefined ? 'TerminatingOrFailed' : 'Failed');
  fillIn(spec, 'manualSelector', false);
  defaultJobTemplate(spec);
}

/** What a Job has in common with the template of a CronJob. */
function defaultJobTemplate(spec: JsonObject): void {
  for (const rule of objectsAt(objectAt(spec, 'podFailurePolicy'), 'rules'))
    for (const pattern of objectsAt(rule, 'onPodConditions')) fillInZero(pattern, 'status', 'True');
  defaultTemplate(spec);
}

function cronJob(_object: JsonObject, spec: JsonObject): void {
  fillInZero(spec, 'concurrencyPolicy', 'Allow');
  fillIn(spec, 'suspend', false);
  fillIn(spec, 'successfulJobsHistoryLimit', 3);
  fillIn(spec, 'failedJobsHistoryLimit', 1);
  const jobSpec = objectAt(objectAt(spec, 'jobTemplate'), 'spec');
  if (jobSpec !== undefined) defaultJobTemplate(jobSpec);
}

const SCALE_UP = {
  stabilizationWindowSeconds: 0,
  selectPolicy: 'Max',
  policies: [
    { type: 'Pods', value: 4, periodSeconds: 15 },
    { type: 'Percent', value: 100, periodSeconds: 15 },
  ],
};
const SCALE_DOWN = { selectPolicy: 'Max', policies: [{ type: 'Percent', value: 100, periodSeconds: 15 }] };

function horizontalPodAutoscaler(object: JsonObject, spec: JsonObject): void {
  fillIn(spec, 'minReplicas', 1);
  if (object.apiVersion === 'autoscaling/v1') {
    zeroStatus(object, 'currentReplicas', 'desiredReplicas');
    return;
  }
  if (objectsAt(spec, 'metrics').length === 0) {
    const target = { type: 'Utilization', averageUtilization: 80 };
    spec.metrics = [{ type: 'Resource', resource: { name: 'cpu', target } }];
  }
  const behavior = objectAt(spec, 'behavior');
  if (behavior !== undefined) {
    for (const [field, value] of Object.entries(SCALE_UP)) fillIn(makeObjectAt(behavior, 'scaleUp'), field, value);
    for (const [field, value] of Object.entries(SCALE_DOWN)) fillIn(makeObjectAt(behavior, 'scaleDown'), field, value);
    for (const direction of ['scaleUp', 'scaleDown']) showQuantity(objectAt(behavior, direction), 'tolerance');
  }
  for (const metric of objectsAt(spec, 'metrics'))
    for (const source of Object.values(metric).filter(isObject))
      for (const field of ['value', 'averageValue']) showQuantity(objectAt(source, 'target'), field);
  zeroStatus(object, 'desiredReplicas');
}

function podDisruptionBudget(object: JsonObject): void {
  zeroStatus(object, 'disruptionsAllowed', 'currentHealthy', 'desiredHealthy', 'expectedPods');
}

/** Defaults of the kinds that run pods or watch over them (apis/apps/v1, batch/v1, autoscaling/v2, policy/v1). */
export const WORKLOAD_DEFAULTS: Readonly<Record<string, Defaulter>> = {
  CronJob: cronJob,
  DaemonSet: daemonSet,
  Deployment: deployment,
  HorizontalPodAutoscaler: horizontalPodAutoscaler,
  Job: job,
  PodDisruptionBudget: podDisruptionBudget,
  ReplicaSet: replicaSet,
  ReplicationController: replicationController,
  StatefulSet: statefulSet,
};
