import type { Labels } from './labels.js';
import type { NodeSelectorTermManifest, PreferredTermManifest } from './node-affinity.js';
import type { TaintEffect } from './taint.js';

/** Amounts by resource name as manifests write them; a number stands for its decimal text. */
export type ResourceListManifest = Readonly<Record<string, string | number>>;

export interface ResourceRequirementsManifest {
  readonly requests?: ResourceListManifest;
  readonly limits?: ResourceListManifest;
}

export interface ContainerPortManifest {
  readonly name?: string;
  readonly containerPort?: number;
  readonly hostPort?: number;
  readonly hostIP?: string;
  readonly protocol?: string;
}

/** The fields of a container that the simulation reads; all others are kept as they came. */
export interface ContainerManifest {
  readonly name: string;
  readonly image?: string;
  readonly resources?: ResourceRequirementsManifest;
  readonly ports?: readonly ContainerPortManifest[];
  /** `Always` makes an init container a sidecar. */
  readonly restartPolicy?: string;
  readonly [field: string]: unknown;
}

export interface TolerationManifest {
  readonly key?: string;
  readonly operator?: string;
  readonly value?: string;
  readonly effect?: '' | TaintEffect;
  readonly tolerationSeconds?: number;
}

export interface NodeAffinityManifest {
  readonly requiredDuringSchedulingIgnoredDuringExecution?: {
    readonly nodeSelectorTerms?: readonly NodeSelectorTermManifest[] | null;
  } | null;
  readonly preferredDuringSchedulingIgnoredDuringExecution?: readonly PreferredTermManifest[];
}

/** A pod spec as JSON; the fields that the simulation reads, and any others. */
export interface PodSpecManifest {
  readonly containers: readonly ContainerManifest[];
  readonly initContainers?: readonly ContainerManifest[];
  readonly resources?: ResourceRequirementsManifest;
  readonly overhead?: ResourceListManifest;
  readonly nodeName?: string;
  readonly nodeSelector?: Labels;
  readonly affinity?: { readonly nodeAffinity?: NodeAffinityManifest; readonly [field: string]: unknown };
  readonly tolerations?: readonly TolerationManifest[];
  readonly priority?: number;
  readonly priorityClassName?: string;
  readonly preemptionPolicy?: string;
  readonly schedulerName?: string;
  readonly restartPolicy?: string;
  readonly terminationGracePeriodSeconds?: number;
  readonly hostNetwork?: boolean;
  readonly [field: string]: unknown;
}
