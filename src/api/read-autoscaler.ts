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
  const source = objectAt(manifest, type === 'ContainerResource' ? 'containerResource' : 'resource') ?? {};
  return {
    type,
    name: (source.name as string | undefined) ?? '',
    container: (source.container as string | undefined) ?? '',
    target: metricTarget(objectAt(source, 'target') ?? {}),
  };
}

function metricTarget({ type, averageUtilization, averageValue, value }: JsonObject): MetricTarget {
  if (type === 'Utilization') return { type, value: averageUtilization as number };
  const amount = quantityOf(((type === 'AverageValue' ? averageValue : value) as string | undefined) ?? 0);
  return { type: type === 'AverageValue' ? 'AverageValue' : 'Value', value: Number(amount.milliValue()) };
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
