import type { Field } from './field.js';
import { autoscalerSpecV1 } from './fields-autoscaler.js';
import { isObject, type JsonObject } from './json.js';
import { HORIZONTAL_POD_AUTOSCALER, type Kind } from './kind.js';

/** A version of a kind that the API server serves beside the one that objects are kept in. */
export interface OlderVersion {
  readonly kind: Kind;
  /** Fields of `spec` in it. */
  readonly spec: Field;
  /** What a checked manifest in it comes to in the version that objects are kept in. */
  convert(manifest: JsonObject): JsonObject;
}

const OLDER: Readonly<Record<string, OlderVersion>> = {
  'autoscaling/v1/HorizontalPodAutoscaler': {
    kind: HORIZONTAL_POD_AUTOSCALER,
    spec: autoscalerSpecV1,
    convert: autoscalerOfV1,
  },
};

/** The older version that a manifest's `apiVersion` and `kind` name; undefined for all others. */
export function olderVersion(apiVersion: string, name: string): OlderVersion | undefined {
  const identity = `${apiVersion}/${name}`;
  return Object.hasOwn(OLDER, identity) ? OLDER[identity] : undefined;
}

/** Its one target is that of the processors (pkg/apis/autoscaling/v1/conversion.go); without it the default of v2 holds. */
function autoscalerOfV1(manifest: JsonObject): JsonObject {
  if (!isObject(manifest.spec)) return manifest;
  const { targetCPUUtilizationPercentage: percent, ...spec } = manifest.spec;
  const target = { type: 'Utilization', averageUtilization: percent };
  const metrics =
    (percent ?? null) === null ? {} : { metrics: [{ type: 'Resource', resource: { name: 'cpu', target } }] };
  return { ...manifest, apiVersion: 'autoscaling/v2', spec: { ...spec, ...metrics } };
}
