import type {
  HorizontalPodAutoscalerSpec,
  HorizontalPodAutoscalerStatus,
  MetricSpec,
  ScalingRules,
} from './horizontal-pod-autoscaler.js';
import type { JsonObject } from './json.js';
import { timestamp } from './timestamp.js';

export function autoscalerManifest(spec: HorizontalPodAutoscalerSpec): JsonObject {
  const { targetKind, targetName, metrics, behavior, ...bounds } = spec;
  return {
    ...bounds,
    scaleTargetRef: {
      apiVersion: targetKind === 'ReplicationController' ? 'v1' : 'apps/v1',
      kind: targetKind,
      name: targetName,
    },
    metrics: metrics.map(metricManifest),
    behavior: behavior && { scaleUp: rulesManifest(behavior.scaleUp), scaleDown: rulesManifest(behavior.scaleDown) },
  };
}

function metricManifest({ type, name, container, target }: MetricSpec): JsonObject {
  const value =
    target.type === 'Utilization'
      ? { averageUtilization: target.value }
      : { [target.type === 'AverageValue' ? 'averageValue' : 'value']: `${target.value}m` };
  const source = { name, target: { type: target.type, ...value } };
  if (type === 'Resource') return { type, resource: source };
  return type === 'ContainerResource' ? { type, containerResource: { ...source, container } } : { type };
}

function rulesManifest({ stabilizationWindowSeconds: seconds, ...rules }: ScalingRules): JsonObject {
  return { ...rules, stabilizationWindowSeconds: seconds < 0 ? undefined : seconds };
}

export function autoscalerStatusManifest(status: HorizontalPodAutoscalerStatus): JsonObject {
  const { lastScaleNs, currentMetrics: _, ...counts } = status;
  return { ...counts, lastScaleTime: timestamp(lastScaleNs) };
}
