import type { ApiObject } from './object.js';

/** How much one policy lets the size change within its period. */
export interface ScalingPolicy {
  readonly type: 'Pods' | 'Percent';
  readonly value: number;
  readonly periodSeconds: number;
}

/** Limits of scaling in one direction. */
export interface ScalingRules {
  readonly policies: readonly ScalingPolicy[];
  /** Which policy counts: the one that allows most, the one that allows least, or none at all. */
  readonly selectPolicy: 'Max' | 'Min' | 'Disabled';
  /** How far back recommendations are looked at; -1 where the controller's own default holds. */
  readonly stabilizationWindowSeconds: number;
  /** How far usage may be off its target in this direction, as a fraction; undefined where the controller's own holds. */
  readonly tolerance?: number;
}

export interface ScalingBehavior {
  readonly scaleUp: ScalingRules;
  readonly scaleDown: ScalingRules;
}

/** What a metric is to be: a total, or an average a pod, in thousandths, or a share of the requests in percent. */
export interface MetricTarget {
  readonly type: 'Value' | 'AverageValue' | 'Utilization';
  readonly value: number;
}

export interface MetricSpec {
  readonly type: 'Resource' | 'ContainerResource' | 'Pods' | 'Object' | 'External';
  /** Of the resource or the metric. */
  readonly name: string;
  /** Of a ContainerResource, else `''`. */
  readonly container: string;
  /** What an Object metric is of. */
  readonly describedObject?: { readonly apiVersion?: string; readonly kind: string; readonly name: string };
  readonly target: MetricTarget;
}

export interface HorizontalPodAutoscalerSpec {
  readonly targetKind: string;
  readonly targetName: string;
  readonly minReplicas: number;
  readonly maxReplicas: number;
  readonly metrics: readonly MetricSpec[];
  /** Undefined where the manifest says nothing: then older, simpler rules hold. */
  readonly behavior: ScalingBehavior | undefined;
}

export interface HorizontalPodAutoscalerStatus {
  readonly observedGeneration: number;
  readonly currentReplicas: number;
  readonly desiredReplicas: number;
  readonly lastScaleNs: number;
  /** What each metric was at the last look: percent of the requests, or an average in thousandths; -1 for unknown. */
  readonly currentMetrics: readonly number[];
}

export const NEW_AUTOSCALER_STATUS: HorizontalPodAutoscalerStatus = Object.freeze({
  observedGeneration: 0,
  currentReplicas: 0,
  desiredReplicas: 0,
  lastScaleNs: -1,
  currentMetrics: [],
});

export type HorizontalPodAutoscaler = ApiObject<HorizontalPodAutoscalerSpec, HorizontalPodAutoscalerStatus>;
