import type { ScalingPolicy, ScalingRules } from '../../../api/horizontal-pod-autoscaler.js';
import { toInt32 } from './int32.js';
import { changeWithin, type ScaleHistory } from './scale-history.js';

/** Without a behavior a target at most doubles, or grows to four (scaleUpLimitFactor, scaleUpLimitMinimum). */
const SCALE_UP_FACTOR = 2;
const SCALE_UP_MINIMUM = 4;

/** The largest size that may be scaled up to without a behavior (calculateScaleUpLimit). */
export function plainScaleUpLimit(currentReplicas: number): number {
  return Math.max(SCALE_UP_FACTOR * currentReplicas, SCALE_UP_MINIMUM);
}

/** The largest size that the rules allow now (calculateScaleUpLimitWithScalingRules). */
export function scaleUpLimit(
  currentReplicas: number,
  rules: ScalingRules,
  history: ScaleHistory,
  nowNs: number,
): number {
  const limits = rules.policies.map((policy) => {
    const start = replicasAtStart(currentReplicas, policy, history, nowNs);
    // Rounded up, for a small target would never grow otherwise.
    return policy.type === 'Pods' ? start + policy.value : toInt32(Math.ceil(start * (1 + policy.value / 100)));
  });
  if (rules.selectPolicy === 'Disabled') return currentReplicas;
  return Math.max(currentReplicas, rules.selectPolicy === 'Min' ? Math.min(...limits) : Math.max(...limits));
}

/** The smallest size that the rules allow now (calculateScaleDownLimitWithBehaviors). */
export function scaleDownLimit(
  currentReplicas: number,
  rules: ScalingRules,
  history: ScaleHistory,
  nowNs: number,
): number {
  const limits = rules.policies.map((policy) => {
    const start = replicasAtStart(currentReplicas, policy, history, nowNs);
    return policy.type === 'Pods' ? start - policy.value : toInt32(start * (1 - policy.value / 100));
  });
  if (rules.selectPolicy === 'Disabled') return currentReplicas;
  return Math.min(currentReplicas, rules.selectPolicy === 'Min' ? Math.max(...limits) : Math.min(...limits));
}

/** The size at the beginning of a policy's period. */
function replicasAtStart(
  currentReplicas: number,
  { periodSeconds }: ScalingPolicy,
  { ups, downs }: ScaleHistory,
  nowNs: number,
): number {
  return currentReplicas - changeWithin(ups, periodSeconds, nowNs) + changeWithin(downs, periodSeconds, nowNs);
}
