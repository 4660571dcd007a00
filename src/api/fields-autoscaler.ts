import { quantityOf } from './amount.js';
import { both, choice, type Field, ignored, integer, list, object, text, unmodelled } from './field.js';
import { quantity } from './fields-quantity.js';
import type { JsonObject } from './json.js';
import { METRIC_SOURCES } from './read-autoscaler.js';
import { PODS_MAX } from './size-limits.js';

const positive: Field = both(quantity, (value, report) => {
  if (quantityOf(value as string | number).milliValue() <= 0n) report.error('must be positive', value);
});

type Aim = 'averageUtilization' | 'averageValue' | 'value';

/** What a metric is to be, in one of the ways that metrics of its type know (validation.go validateMetricTarget). */
function target(...aims: readonly [Aim, ...Aim[]]): Field {
  const amounts = { averageUtilization: integer(1), averageValue: positive, value: positive };
  return both(object({ type: choice('Utilization', 'AverageValue', 'Value'), ...amounts }, 'type'), (given, report) => {
    const said = aims.filter((aim) => ((given as JsonObject)[aim] ?? null) !== null);
    if (said.length === 0) report.missing(aims[0]);
    else if (said.length > 1)
      report.refuse(`may have only one of ${said.join(' and ')}`, given, `leave out ${said[0]}`);
  });
}

const ofTotal = target('averageValue', 'value');

const reference: Field = object({ apiVersion: ignored, kind: text(), name: text() }, 'kind', 'name');

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

/** Values are by name alone. */
const identifier: Field = object({ name: text(), selector: unmodelled }, 'name');

const ofResource = target('averageUtilization', 'averageValue');

const sources = {
  resource: both(object({ name: text(), target: ofResource }, 'name', 'target'), measuredResource),
  containerResource: both(
    object({ name: text(), container: text(), target: ofResource }, 'name', 'container', 'target'),
    measuredResource,
  ),
  pods: object({ metric: identifier, target: target('averageValue') }, 'metric', 'target'),
  object: object(
    { describedObject: reference, metric: identifier, target: ofTotal },
    'describedObject',
    'metric',
    'target',
  ),
  external: object({ metric: identifier, target: ofTotal }, 'metric', 'target'),
};

const metric: Field = both(
  object({ type: choice(...Object.keys(METRIC_SOURCES)), ...sources }, 'type'),
  (given, report) => {
    const { type, ...rest } = given as JsonObject;
    const source = METRIC_SOURCES[type as keyof typeof METRIC_SOURCES];
    if ((rest[source] ?? null) === null) report.missing(source);
  },
);

const bounds = {
  scaleTargetRef: reference,
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
