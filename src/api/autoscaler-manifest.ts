import type {
  HorizontalPodAutoscalerSpec,
  HorizontalPodAutoscalerStatus,
  MetricSpec,
  ScalingRules,
} from './horizontal-pod-autoscaler.js';
import type { JsonObject } from './json.js';
import { METRIC_SOURCES } from './read-autoscaler.js';
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

function metricManifest({ type, name, container, describedObject, target }: MetricSpec): JsonObject {
  const value =
    target.type === 'Utilization'
      ? { averageUtilization: target.value }
      : { [target.type === 'AverageValue' ? 'averageValue' : 'value']: `${target.value}m` };
  const isResource = type === 'Resource' || type === 'ContainerResource';
  const source = {
    ...(isResource ? { name } : { metric: { name } }),
    ...(type === 'ContainerResource' ? { container } : {}),
    describedObject,
    target: { type: target.type, ...value },
  };
  return { type, [METRIC_SOURCES[type]]: source };
}

function rulesManifest({ stabilizationWindowSeconds: seconds, ...rules }: ScalingRules): JsonObject {
  return { ...rules, stabilizationWindowSeconds: seconds < 0 ? undefined : seconds };
}

export function autoscalerStatusManifest(status: HorizontalPodAutoscalerStatus): JsonObject {
  const { lastScaleNs, currentMetrics: _, ...counts } = status;
  return { ...counts, lastScaleTime: timestamp(lastScaleNs) };
}
