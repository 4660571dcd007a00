import { DESIRED_REPLICAS, MAX_REPLICAS } from '../../../src/api/deployment-annotations.js';
import { InputError } from '../../../src/api/input-error.js';
import { resolveFenceposts } from '../../../src/api/int-or-percent.js';
import { DEPLOYMENT, REPLICA_SET } from '../../../src/api/kind.js';
import type { Labels } from '../../../src/api/labels.js';
import { ObjectMeta } from '../../../src/api/meta.js';
import { draft } from '../../../src/api/object.js';
import type { PodShape } from '../../../src/api/pod-shape.js';
import type { Deployment, DeploymentSpec, IntOrPercent, ReplicaSet } from '../../../src/api/workload.js';
import { conditionOf } from '../../../src/spokes/controllers/deployment/condition.js';
import { GoDump } from '../../../src/spokes/controllers/deployment/go-dump.js';
import { proportion } from '../../../src/spokes/controllers/deployment/proportion.js';
import { scaleProportionally } from '../../../src/spokes/controllers/deployment/proportional-scaling.js';
import { newReplicaSetSize, reconcileNew } from '../../../src/spokes/controllers/deployment/reconcile-new.js';
import {
  cleanupUnhealthy,
  reconcileOld,
  scaleDownOld,
} from '../../../src/spokes/controllers/deployment/reconcile-old.js';
import { activeReplicaSets } from '../../../src/spokes/controllers/deployment/replica-set-order.js';
import { maxSurge, maxUnavailable, minAvailable } from '../../../src/spokes/controllers/deployment/rollout-bounds.js';
import type { Scaling } from '../../../src/spokes/controllers/deployment/scaling.js';
import { deploymentStatus, isComplete, isSaturated } from '../../../src/spokes/controllers/deployment/status.js';
import { templateHash } from '../../../src/spokes/controllers/deployment/template-hash.js';
import { type Case, Skip, type Suite } from '../suite.js';

export const deployment: Suite = { name: 'deployment', answer };

function answer({ tags, input, expect }: Case): unknown {
  const question = QUESTIONS[tags[0] ?? ''];
  return question === undefined ? new Skip(`unknown question ${tags[0]}`) : question(input as never, expect as never);
}

const QUESTIONS: Readonly<Record<string, (input: never, expect: never) => unknown>> = {
  fenceposts(input: { maxSurge: IntOrPercent | null; maxUnavailable: IntOrPercent | null; replicas: number }) {
    const strategy = { type: 'RollingUpdate' as const, rollingUpdate: input };
    const { spec } = deploymentOf({ replicas: input.replicas, statusReplicas: 0, strategy });
    try {
      const bounds = resolveFenceposts(spec.maxSurge, spec.maxUnavailable, spec.replicas);
      return {
        error: false,
        surge: bounds.maxSurge,
        unavailable: bounds.maxUnavailable,
        maxSurge: maxSurge(spec),
        maxUnavailable: maxUnavailable(spec),
        minAvailable: minAvailable(spec),
      };
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      // The original's accessors ignore the error and go on with zeros.
      return { error: true, surge: 0, unavailable: 0, maxSurge: 0, maxUnavailable: 0, minAvailable: input.replicas };
    }
  },
  reconcileNew(input: Input) {
    const { spec, all, current } = read(input);
    const write = reconcileNew(spec, all, current!);
    const size = newReplicaSetSize(spec, all, current!.spec.replicas);
    return {
      newRSNewReplicas: size,
      scaled: write !== undefined,
      writes: writesOf(write === undefined ? [] : [write]),
    };
  },
  reconcileOld(input: Input) {
    const { spec, old, current } = read(input);
    const { scalings, removed } = reconcileOld(spec, activeReplicaSets(old), current!);
    return { scaled: removed > 0, writes: writesOf(scalings) };
  },
  /** The limit is part of the question, although the file keeps it with the answer. */
  cleanupUnhealthy(input: Input, { maxCleanupCount }: { maxCleanupCount: number }) {
    const { spec, old } = read(input);
    const { scalings, removed } = cleanupUnhealthy(spec, activeReplicaSets(old), maxCleanupCount);
    return { maxCleanupCount, cleanedUp: removed, writes: writesOf(scalings) };
  },
  scaleDownOld(input: Input) {
    const { spec, old, current } = read(input);
    const { scalings, removed } = scaleDownOld(spec, activeReplicaSets(old), current!);
    return { scaledDown: removed, writes: writesOf(scalings) };
  },
  scale(input: Input) {
    const { deployment, old, current } = read(input);
    return { writes: writesOf(scaleProportionally(deployment, current, old)) };
  },
  proportion(input: {
    deployment: DeploymentInput;
    replicaSet: ReplicaSetInput;
    replicasToAdd: number;
    replicasAdded: number;
  }) {
    const replicaSet = replicaSetOf(input.replicaSet);
    return {
      proportion: proportion(replicaSet, deploymentOf(input.deployment), input.replicasToAdd, input.replicasAdded),
    };
  },
  status(input: Input) {
    const { deployment, spec, all, current } = read(input);
    const status = deploymentStatus(deployment, all, current, 0);
    const available = conditionOf(status.conditions, 'Available')!;
    return {
      replicas: status.replicas,
      updatedReplicas: status.updatedReplicas,
      readyReplicas: status.readyReplicas,
      availableReplicas: status.availableReplicas,
      unavailableReplicas: status.unavailableReplicas,
      available: available.status,
      availableReason: available.reason,
      complete: isComplete(deployment, status),
      saturated: current !== undefined && isSaturated(spec, current),
      writes: [],
    };
  },
  templateHash(input: { template: Readonly<Record<string, unknown>>; collisionCount: number | null }) {
    return { hash: templateHash(new GoDump().podTemplate(input.template), input.collisionCount ?? undefined) };
  },
};

interface DeploymentInput {
  readonly replicas: number;
  readonly statusReplicas: number;
  readonly strategy: {
    readonly type: 'RollingUpdate' | 'Recreate';
    readonly rollingUpdate?: { readonly maxSurge?: IntOrPercent | null; readonly maxUnavailable?: IntOrPercent | null };
  };
}

interface ReplicaSetInput {
  readonly name: string;
  readonly createdSec: number;
  readonly specReplicas: number;
  readonly statusReplicas: number;
  readonly readyReplicas: number;
  readonly availableReplicas: number;
  readonly desiredReplicasAnnotation?: string;
  readonly maxReplicasAnnotation?: string;
  readonly isNew?: boolean;
}

interface Input {
  readonly deployment: DeploymentInput;
  readonly replicaSets: readonly ReplicaSetInput[];
}

interface State {
  readonly deployment: Deployment;
  readonly spec: DeploymentSpec;
  readonly all: readonly ReplicaSet[];
  readonly old: readonly ReplicaSet[];
  readonly current: ReplicaSet | undefined;
}

function read(input: Input): State {
  const deployment = deploymentOf(input.deployment);
  const old = input.replicaSets.filter((each) => each.isNew !== true).map(replicaSetOf);
  const current = input.replicaSets.filter((each) => each.isNew === true).map(replicaSetOf)[0];
  return { deployment, spec: deployment.spec, old, current, all: current === undefined ? old : [...old, current] };
}

const TEMPLATE = { labels: {}, annotations: {}, shape: {} as PodShape };

function deploymentOf({ replicas, statusReplicas, strategy }: DeploymentInput): Deployment {
  const bounds = strategy.rollingUpdate;
  return draft(
    DEPLOYMENT,
    ObjectMeta.of({ namespace: 'default', name: 'web' }),
    {
      replicas,
      selector: {},
      template: TEMPLATE,
      strategy: strategy.type,
      maxSurge: bounds?.maxSurge ?? 0,
      maxUnavailable: bounds?.maxUnavailable ?? 0,
      minReadySeconds: 0,
      revisionHistoryLimit: 10,
      progressDeadlineSeconds: 600,
      paused: false,
    },
    {
      observedGeneration: 0,
      replicas: statusReplicas,
      updatedReplicas: 0,
      readyReplicas: 0,
      availableReplicas: 0,
      unavailableReplicas: 0,
      terminatingReplicas: 0,
      collisionCount: 0,
      conditions: [],
    },
  );
}

function replicaSetOf(input: ReplicaSetInput): ReplicaSet {
  const annotations: Record<string, string> = {};
  if (input.desiredReplicasAnnotation !== undefined) annotations[DESIRED_REPLICAS] = input.desiredReplicasAnnotation;
  if (input.maxReplicasAnnotation !== undefined) annotations[MAX_REPLICAS] = input.maxReplicasAnnotation;
  return draft(
    REPLICA_SET,
    ObjectMeta.of({
      namespace: 'default',
      name: input.name,
      annotations,
      creationTimestampNs: input.createdSec * 1e9,
    }),
    { replicas: input.specReplicas, minReadySeconds: 0, selector: {}, template: TEMPLATE },
    {
      observedGeneration: 0,
      replicas: input.statusReplicas,
      fullyLabeledReplicas: input.statusReplicas,
      readyReplicas: input.readyReplicas,
      availableReplicas: input.availableReplicas,
      terminatingReplicas: 0,
    },
  );
}

function writesOf(scalings: readonly Scaling[]): readonly unknown[] {
  return scalings.map(({ scaled }) => {
    const { name, annotations }: { name: string; annotations: Labels } = scaled.metadata;
    return {
      rs: name,
      replicas: scaled.spec.replicas,
      desiredReplicasAnnotation: annotations[DESIRED_REPLICAS],
      maxReplicasAnnotation: annotations[MAX_REPLICAS],
    };
  });
}
