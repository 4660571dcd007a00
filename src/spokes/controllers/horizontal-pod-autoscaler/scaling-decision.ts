import type {
  HorizontalPodAutoscalerSpec,
  ScalingBehavior,
  ScalingRules,
} from '../../../api/horizontal-pod-autoscaler.js';
import { newHistory, remembering, type ScaleEvent, type ScaleHistory } from './scale-history.js';
import { plainScaleUpLimit, scaleDownLimit, scaleUpLimit } from './scaling-limit.js';

/** What one look at a target sees. */
export interface ScalingView {
  readonly spec: Pick<HorizontalPodAutoscalerSpec, 'minReplicas' | 'maxReplicas' | 'behavior'>;
  readonly currentReplicas: number;
  /** Undefined at the first look. */
  readonly history: ScaleHistory | undefined;
  readonly nowNs: number;
  /** How long scaling down waits where the behavior does not say (horizontal-pod-autoscaler-downscale-stabilization). */
  readonly downscaleStabilizationSeconds: number;
}

export interface ScalingDecision {
  readonly replicas: number;
  readonly history: ScaleHistory;
}

/** Whether the metrics are asked at all: not for a target of none, nor for one outside its bounds. */
export function asksMetrics({ spec, currentReplicas }: ScalingView): boolean {
  return currentReplicas > 0 && currentReplicas >= spec.minReplicas && currentReplicas <= spec.maxReplicas;
}

/**
 * The size a target gets (horizontal.go reconcileAutoscaler); `proposed` is what the metrics ask for, where they are
 * asked. The history must be kept for the next look, whether or not the size changes.
 */
export function decideScale(view: ScalingView, proposed: number): ScalingDecision {
  const { spec, currentReplicas, nowNs } = view;
  const history = view.history ?? newHistory(currentReplicas, nowNs);
  if (currentReplicas === 0) return { replicas: 0, history };
  if (!asksMetrics(view)) {
    const replicas = Math.max(spec.minReplicas, Math.min(spec.maxReplicas, currentReplicas));
    return { replicas, history: withEvent(view, history, replicas) };
  }
  const wanted = Math.max(0, proposed);
  const decided =
    spec.behavior === undefined
      ? decidePlainly(view, history, wanted)
      : decideByBehavior(view, history, wanted, spec.behavior);
  if (decided.replicas === currentReplicas) return decided;
  return { replicas: decided.replicas, history: withEvent(view, decided.history, decided.replicas) };
}

/** Stabilises downwards only, and at most doubles (normalizeDesiredReplicas). */
function decidePlainly(view: ScalingView, history: ScaleHistory, wanted: number): ScalingDecision {
  const { spec, currentReplicas, nowNs, downscaleStabilizationSeconds } = view;
  const cutoffNs = nowNs - downscaleStabilizationSeconds * 1e9;
  const recent = history.recommendations.filter(({ timeNs }) => timeNs >= cutoffNs);
  const stable = Math.max(wanted, ...recent.map(({ replicas }) => replicas));
  const limit = Math.min(spec.maxReplicas, plainScaleUpLimit(currentReplicas));
  const replicas = stable < spec.minReplicas ? spec.minReplicas : Math.min(stable, limit);
  const recommendations = remembering(history.recommendations, { timeNs: nowNs, replicas: wanted }, cutoffNs);
  return { replicas, history: { ...history, recommendations } };
}

/** Stabilises and limits both ways (normalizeDesiredReplicasWithBehaviors). */
function decideByBehavior(
  view: ScalingView,
  history: ScaleHistory,
  wanted: number,
  { scaleUp, scaleDown }: ScalingBehavior,
): ScalingDecision {
  const { spec, currentReplicas, nowNs } = view;
  const upCutoffNs = nowNs - windowSeconds(scaleUp, 0) * 1e9;
  const downCutoffNs = nowNs - windowSeconds(scaleDown, view.downscaleStabilizationSeconds) * 1e9;
  const { recommendations } = history;
  const since = (cutoffNs: number): readonly number[] =>
    recommendations.filter(({ timeNs }) => timeNs > cutoffNs).map(({ replicas }) => replicas);
  const lowest = Math.min(wanted, ...since(upCutoffNs));
  const highest = Math.max(wanted, ...since(downCutoffNs));
  const stable = Math.min(Math.max(currentReplicas, lowest), highest);
  const wish = { timeNs: nowNs, replicas: wanted };
  const next = {
    ...history,
    recommendations: remembering(recommendations, wish, Math.min(upCutoffNs, downCutoffNs)),
  };
  if (stable > currentReplicas) {
    const limit = Math.min(spec.maxReplicas, scaleUpLimit(currentReplicas, scaleUp, history, nowNs));
    return { replicas: Math.min(stable, limit), history: next };
  }
  if (stable === currentReplicas) return { replicas: stable, history: next };
  const limit = Math.max(spec.minReplicas, scaleDownLimit(currentReplicas, scaleDown, history, nowNs));
  return { replicas: Math.max(stable, limit), history: next };
}

function windowSeconds({ stabilizationWindowSeconds }: ScalingRules, otherwise: number): number {
  return stabilizationWindowSeconds < 0 ? otherwise : stabilizationWindowSeconds;
}

/** The history with a change of size; only behaviors look at it (storeScaleEvent). */
function withEvent(view: ScalingView, history: ScaleHistory, replicas: number): ScaleHistory {
  const { spec, currentReplicas, nowNs } = view;
  if (spec.behavior === undefined) return history;
  const event = { timeNs: nowNs, change: Math.abs(replicas - currentReplicas) };
  return replicas > currentReplicas
    ? { ...history, ups: append(history.ups, event, spec.behavior.scaleUp) }
    : { ...history, downs: append(history.downs, event, spec.behavior.scaleDown) };
}

/** Adds an event; those that no policy of this direction looks at any more make room. */
function append(events: readonly ScaleEvent[], event: ScaleEvent, { policies }: ScalingRules): readonly ScaleEvent[] {
  const longest = Math.max(0, ...policies.map(({ periodSeconds }) => periodSeconds));
  return remembering(events, event, event.timeNs - longest * 1e9);
}
