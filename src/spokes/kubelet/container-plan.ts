import { unitsOf } from '../../api/amount.js';
import type { Labels } from '../../api/labels.js';
import type { ContainerManifest } from '../../api/pod-manifest.js';
import { type Behaviour, behaviourOf, type ContainerRole } from './behaviour.js';

/** A probe's rhythm and thresholds; ns. Its outcome is the container's {@link Behaviour}. */
export interface ProbePlan {
  readonly initialDelayNs: number;
  readonly periodNs: number;
  readonly successThreshold: number;
  readonly failureThreshold: number;
}

/** What the kubelet reads of one container of a template, once for all its pods. */
export interface ContainerPlan {
  readonly name: string;
  readonly role: ContainerRole;
  readonly image: string;
  readonly pullPolicy: 'Always' | 'IfNotPresent' | 'Never';
  readonly startup: ProbePlan | undefined;
  readonly readiness: ProbePlan | undefined;
  readonly liveness: ProbePlan | undefined;
  readonly behaviour: Behaviour;
  /** Bytes of memory at which it is killed; Infinity without a limit. */
  readonly memoryLimit: number;
  /** Bytes of disk beyond which its pod is evicted; Infinity without a limit. */
  readonly diskLimit: number;
}

/** The plan of a container as the API server has defaulted it. */
export function containerPlanOf(manifest: ContainerManifest, role: ContainerRole, annotations: Labels): ContainerPlan {
  const policy = manifest.imagePullPolicy;
  const limits = manifest.resources?.limits;
  return {
    name: manifest.name,
    role,
    image: manifest.image ?? '',
    pullPolicy: policy === 'Always' || policy === 'Never' ? policy : 'IfNotPresent',
    startup: probePlanOf(manifest.startupProbe),
    readiness: probePlanOf(manifest.readinessProbe),
    liveness: probePlanOf(manifest.livenessProbe),
    behaviour: behaviourOf(annotations, manifest, role),
    memoryLimit: limitOf(limits?.memory),
    diskLimit: limitOf(limits?.['ephemeral-storage']),
  };
}

function limitOf(amount: string | number | undefined): number {
  return amount === undefined ? Number.POSITIVE_INFINITY : unitsOf(amount);
}

interface ProbeManifest {
  readonly initialDelaySeconds?: number;
  readonly periodSeconds?: number;
  readonly successThreshold?: number;
  readonly failureThreshold?: number;
}

/** Defaults as in apis/core/v1/defaults.go SetDefaults_Probe. */
function probePlanOf(manifest: unknown): ProbePlan | undefined {
  if (manifest === undefined || manifest === null) return undefined;
  const probe = manifest as ProbeManifest;
  return {
    initialDelayNs: (probe.initialDelaySeconds ?? 0) * 1e9,
    periodNs: (probe.periodSeconds ?? 10) * 1e9,
    successThreshold: probe.successThreshold ?? 1,
    failureThreshold: probe.failureThreshold ?? 3,
  };
}
