import type { Pod } from '../../api/pod.js';
import type { RestartPolicy } from '../../api/pod-shape.js';
import type { Distribution } from '../../random/distribution.js';
import { behaviourText, gatesAfterOf } from './behaviour.js';
import { type ContainerPlan, containerPlanOf } from './container-plan.js';

/** Pods of this priority and above are critical (apis/scheduling SystemCriticalPriority). */
export const CRITICAL_PRIORITY = 2_000_000_000;

/** What the kubelet reads of a pod, the same for all pods of a template. */
export interface PodPlan {
  readonly restartPolicy: RestartPolicy;
  /** Init containers and sidecars in their order, then the app's. */
  readonly containers: readonly ContainerPlan[];
  readonly initCount: number;
  readonly graceNs: number;
  readonly priority: number;
  /** Bytes it has asked for. */
  readonly memoryRequest: number;
  readonly diskRequest: number;
  /** Bytes of disk beyond which it is evicted, all its containers together; Infinity if none has a limit. */
  readonly diskLimit: number;
  /** Whether anybody says what its containers use. */
  readonly metered: boolean;
  /** Whether somebody else has a say in its readiness, and how long after its containers he agrees. */
  readonly gated: boolean;
  readonly gatesAfter: Distribution | undefined;
  /** Whether there are volumes to mount. */
  readonly mounts: boolean;
}

/** The plans of all pods, each made once. */
export class PodPlans {
  readonly all: PodPlan[];
  private readonly byShape: Map<string, number>[];

  constructor() {
    this.all = [];
    this.byShape = [];
  }

  /** Number of a pod's plan. */
  of(pod: Pod): number {
    const { spec, metadata } = pod;
    const { shape } = spec;
    this.byShape[shape.id] ??= new Map();
    const byText = this.byShape[shape.id]!;
    const text = behaviourText(metadata.annotations);
    const known = byText.get(text);
    if (known !== undefined) return known;
    const plan = this.all.push(planOf(pod)) - 1;
    byText.set(text, plan);
    return plan;
  }
}

function planOf({ spec, metadata }: Pod): PodPlan {
  const { containers, initContainers = [] } = spec.shape.spec;
  const { annotations } = metadata;
  const inits = initContainers.map((manifest) =>
    containerPlanOf(manifest, manifest.restartPolicy === 'Always' ? 'sidecar' : 'init', annotations),
  );
  const apps = containers.map((manifest) => containerPlanOf(manifest, 'app', annotations));
  const { requests } = spec.shape;
  const all = [...inits, ...apps];
  return {
    restartPolicy: spec.shape.restartPolicy,
    containers: all,
    initCount: inits.length,
    graceNs: spec.shape.terminationGracePeriodSeconds * 1e9,
    priority: spec.shape.priority,
    memoryRequest: requests.memory,
    diskRequest: requests.ephemeralStorage,
    diskLimit: diskLimitOf(all),
    metered: all.some(({ behaviour }) => behaviour.usage !== undefined),
    gated: hasEntries(spec.shape.spec.readinessGates),
    gatesAfter: gatesAfterOf(annotations),
    mounts: hasEntries(spec.shape.spec.volumes),
  };
}

/** Of containers that run side by side the sum, of init containers the largest (component-helpers resource PodLimits). */
function diskLimitOf(containers: readonly ContainerPlan[]): number {
  const limited = containers.filter(({ diskLimit }) => diskLimit !== Number.POSITIVE_INFINITY);
  if (limited.length === 0) return Number.POSITIVE_INFINITY;
  const together = limited.filter(({ role }) => role !== 'init').reduce((sum, { diskLimit }) => sum + diskLimit, 0);
  return Math.max(together, ...limited.map(({ diskLimit }) => diskLimit));
}

function hasEntries(list: unknown): boolean {
  return Array.isArray(list) && list.length > 0;
}
