import { quantityOf } from './amount.js';
import { accepted, both, choice, type Field, ignored, integer, list, object, text, unmodelled } from './field.js';
import type { JsonObject } from './json.js';
import { PODS_MAX } from './size-limits.js';

const quantity: Field = accepted((amount: string | number) => quantityOf(amount));

const target: Field = object(
  {
    type: choice('Utilization', 'AverageValue', 'Value'),
    averageUtilization: integer(1),
    averageValue: quantity,
    value: quantity,
  },
  'type',
);

/** Of all else there are no values. */
const measuredResource: Field = (value, report) => {
  const { name } = value as JsonObject;
  if (name !== 'cpu' && name !== 'memory') report.warn('is not measured: only cpu and memory are');
};

const rules: Field = object({
  stabilizationWindowSeconds: integer(0, 3600),
  selectPolicy: choice('Max', 'Min', 'Disabled'),
  policies: list(object({ type: choice('Pods', 'Percent'), value: integer(1), periodSeconds: integer(1, 1800) })),
  tolerance: quantity,
});

const metric: Field = object(
  {
    type: choice('Resource', 'ContainerResource', 'Pods', 'Object', 'External'),
    resource: both(object({ name: text(), target }, 'name', 'target'), measuredResource),
    containerResource: both(
      object({ name: text(), container: text(), target }, 'name', 'container', 'target'),
      measuredResource,
    ),
    pods: unmodelled,
    object: unmodelled,
    external: unmodelled,
  },
  'type',
);

const bounds = {
  scaleTargetRef: object({ apiVersion: ignored, kind: text(), name: text() }, 'kind', 'name'),
  minReplicas: integer(1, PODS_MAX),
  maxReplicas: integer(1, PODS_MAX),
};

/** A HorizontalPodAutoscaler of autoscaling/v1. */
export const autoscalerSpecV1: Field = object(
  { ...bounds, targetCPUUtilizationPercentage: integer(1) },
  'scaleTargetRef',
  'maxReplicas',
);

/** A HorizontalPodAutoscaler of autoscaling/v2. */
export const autoscalerSpec: Field = object(
  {
    ...bounds,
    metrics: list(metric),
    behavior: object({ scaleUp: rules, scaleDown: rules }),
  },
  'scaleTargetRef',
  'maxReplicas',
);
