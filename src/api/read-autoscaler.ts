import { quantityOf } from './amount.js';
import type {
  HorizontalPodAutoscalerSpec,
  MetricSpec,
  MetricTarget,
  ScalingBehavior,
  ScalingRules,
} from './horizontal-pod-autoscaler.js';
import { type JsonObject, objectAt, objectsAt } from './json.js';

/** Fields of a HorizontalPodAutoscaler's spec that are typed. */
export const AUTOSCALER_FIELDS = ['scaleTargetRef', 'minReplicas', 'maxReplicas', 'metrics', 'behavior'] as const;

/** The field in which a metric of a type says what it is. */
export const METRIC_SOURCES = {
  Resource: 'resource',
  ContainerResource: 'containerResource',
  Pods: 'pods',
  Object: 'object',
  External: 'external',
} as const;

/** Spec of a HorizontalPodAutoscaler out of a checked and defaulted manifest. */
export function autoscalerSpec(manifest: JsonObject): HorizontalPodAutoscalerSpec {
  const target = objectAt(manifest, 'scaleTargetRef') ?? {};
  const behavior = objectAt(manifest, 'behavior');
  return {
    targetKind: target.kind as string,
    targetName: target.name as string,
    minReplicas: manifest.minReplicas as number,
    maxReplicas: manifest.maxReplicas as number,
    metrics: objectsAt(manifest, 'metrics').map(metricSpec),
    behavior: behavior === undefined ? undefined : behaviorOf(behavior),
  };
}

function metricSpec(manifest: JsonObject): MetricSpec {
  const type = manifest.type as MetricSpec['type'];
  const source = objectAt(manifest, METRIC_SOURCES[type]) ?? {};
  const described = objectAt(source, 'describedObject');
  return {
    type,
    name: ((objectAt(source, 'metric') ?? source).name as string | undefined) ?? '',
    container: (source.container as string | undefined) ?? '',
    ...(described && { describedObject: described as unknown as MetricSpec['describedObject'] & {} }),
    target: metricTarget(objectAt(source, 'target') ?? {}),
  };
}

/** Of whatever type it says it is, that amount counts which is there (horizontal.go computeStatusFor…Metric). */
function metricTarget({ averageUtilization, averageValue, value }: JsonObject): MetricTarget {
  const amount = averageValue ?? value ?? undefined;
  if (amount === undefined) return { type: 'Utilization', value: averageUtilization as number };
  const type = (averageValue ?? undefined) === undefined ? 'Value' : 'AverageValue';
  return { type, value: Number(quantityOf(amount as string | number).milliValue()) };
}

function behaviorOf(manifest: JsonObject): ScalingBehavior {
  return {
    scaleUp: rulesOf(objectAt(manifest, 'scaleUp') ?? {}),
    scaleDown: rulesOf(objectAt(manifest, 'scaleDown') ?? {}),
  };
}

function rulesOf(manifest: JsonObject): ScalingRules {
  const tolerance = (manifest.tolerance ?? undefined) as string | number | undefined;
  return {
    policies: objectsAt(manifest, 'policies') as unknown as ScalingRules['policies'],
    selectPolicy: manifest.selectPolicy as ScalingRules['selectPolicy'],
    stabilizationWindowSeconds: (manifest.stabilizationWindowSeconds as number | undefined) ?? -1,
    ...(tolerance === undefined ? {} : { tolerance: Number(quantityOf(tolerance).milliValue()) / 1000 }),
  };
}
