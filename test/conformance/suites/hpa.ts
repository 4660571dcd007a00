import type { ScalingBehavior, ScalingRules } from '../../../src/api/horizontal-pod-autoscaler.js';
import { PodShapes } from '../../../src/api/pod-shapes.js';
import {
  averageReplicas,
  type PodMetricView,
  utilizationReplicas,
} from '../../../src/spokes/controllers/horizontal-pod-autoscaler/replica-calculator.js';
import {
  asksMetrics,
  decideScale,
  type ScalingView,
} from '../../../src/spokes/controllers/horizontal-pod-autoscaler/scaling-decision.js';
import {
  perPodReplicas,
  totalReplicas,
} from '../../../src/spokes/controllers/horizontal-pod-autoscaler/total-metric.js';
import { type PodManifest, podOf, virtualNs } from '../pod-manifest.js';
import { type Case, Skip, type Suite } from '../suite.js';

export const hpa: Suite = { name: 'hpa', answer };

function answer({ tags, input }: Case): unknown {
  const question = QUESTIONS[tags[0] ?? ''];
  return question === undefined ? new Skip(`unknown question ${tags[0]}`) : question(input as never);
}

const QUESTIONS: Readonly<Record<string, (input: never) => unknown>> = {
  resourceUtilization,
  rawResource: averageValue,
  podsMetric: averageValue,
  objectMetric: totalValue,
  externalMetric: totalValue,
  externalPerPod,
  behavior,
  'behavior-default': behavior,
};

/** Virtual time starts here. */
const EPOCH = '2026-01-01T00:00:00Z';

interface PodMetricInput {
  readonly pods: readonly PodManifest[];
  readonly metrics: Readonly<Record<string, { valueMilli: number; timestamp: string; windowSeconds: number }>>;
  readonly resource?: string;
  readonly currentReplicas: number;
  readonly toleranceUp: number;
  readonly toleranceDown: number;
  readonly cpuInitializationSeconds: number;
  readonly initialReadinessDelaySeconds: number;
  readonly now: string;
}

function viewOf(input: PodMetricInput): PodMetricView {
  const shapes = new PodShapes();
  const metrics = Object.entries(input.metrics).map(([name, { valueMilli, timestamp, windowSeconds }]) => {
    const metric = { value: valueMilli, timeNs: virtualNs(timestamp, EPOCH), windowNs: windowSeconds * 1e9 };
    return [name, metric] as const;
  });
  return {
    pods: input.pods.map((pod) => podOf(pod, EPOCH, shapes)),
    metrics: new Map(metrics),
    resource: input.resource ?? '',
    currentReplicas: input.currentReplicas,
    tolerance: { up: input.toleranceUp, down: input.toleranceDown },
    delays: {
      cpuInitializationPeriodNs: input.cpuInitializationSeconds * 1e9,
      initialReadinessDelayNs: input.initialReadinessDelaySeconds * 1e9,
    },
    nowNs: virtualNs(input.now, EPOCH),
  };
}

function resourceUtilization(input: PodMetricInput & { targetUtilization: number }): unknown {
  const proposal = utilizationReplicas(viewOf(input), input.targetUtilization, '');
  if (proposal === undefined) return { error: true };
  const { replicas, utilization, usage } = proposal;
  return { error: false, replicas, utilization, rawUtilization: usage };
}

function averageValue(input: PodMetricInput & { targetMilli: number }): unknown {
  const proposal = averageReplicas(viewOf(input), input.targetMilli);
  return proposal === undefined
    ? { error: true }
    : { error: false, replicas: proposal.replicas, usageMilli: proposal.usage };
}

interface TotalInput {
  readonly currentReplicas: number;
  readonly readyPods: number;
  readonly targetMilli: number;
  readonly toleranceUp: number;
  readonly toleranceDown: number;
  readonly valuesMilli: readonly number[];
}

function totalViewOf(input: TotalInput): Parameters<typeof perPodReplicas>[0] {
  return {
    total: input.valuesMilli.reduce((sum, value) => sum + value, 0),
    target: input.targetMilli,
    currentReplicas: input.currentReplicas,
    tolerance: { up: input.toleranceUp, down: input.toleranceDown },
  };
}

function totalValue(input: TotalInput): unknown {
  return { error: false, replicas: totalReplicas(totalViewOf(input), input.readyPods).replicas };
}

function externalPerPod(input: TotalInput): unknown {
  return { error: false, replicas: perPodReplicas(totalViewOf(input)).replicas };
}

type RulesManifest = Omit<ScalingRules, 'stabilizationWindowSeconds'> & {
  readonly stabilizationWindowSeconds?: number;
};

interface BehaviorInput {
  readonly hpa: {
    readonly minReplicas: number;
    readonly maxReplicas: number;
    readonly behavior: { readonly scaleUp: RulesManifest; readonly scaleDown: RulesManifest } | null;
  };
  readonly steps: readonly { readonly t: number; readonly current: number; readonly desired: number }[];
}

/** The default of the controller manager (horizontal-pod-autoscaler-downscale-stabilization). */
const DOWNSCALE_STABILIZATION_SECONDS = 300;

function behavior({ hpa, steps }: BehaviorInput): unknown {
  const spec = { ...hpa, behavior: hpa.behavior === null ? undefined : behaviorOf(hpa.behavior) };
  let history: ScalingView['history'];
  const replicas = steps.map(({ t, current, desired }) => {
    const view: ScalingView = {
      spec,
      currentReplicas: current,
      history,
      nowNs: t * 1e9,
      downscaleStabilizationSeconds: DOWNSCALE_STABILIZATION_SECONDS,
    };
    const decision = decideScale(view, asksMetrics(view) ? desired : 0);
    history = decision.history;
    return decision.replicas;
  });
  return { replicas };
}

function behaviorOf({ scaleUp, scaleDown }: NonNullable<BehaviorInput['hpa']['behavior']>): ScalingBehavior {
  const rules = (manifest: RulesManifest): ScalingRules => ({ stabilizationWindowSeconds: -1, ...manifest });
  return { scaleUp: rules(scaleUp), scaleDown: rules(scaleDown) };
}
