import { POD_TEMPLATE_HASH } from '../../../api/deployment-annotations.js';
import type { Labels } from '../../../api/labels.js';
import type { PodTemplate } from '../../../api/pod.js';
import type { Deployment, ReplicaSet } from '../../../api/workload.js';
import { byCreation } from './replica-set-order.js';

/** A Deployment's ReplicaSets: the one with its present template, if it exists, and the others, oldest first. */
export interface ReplicaSets {
  readonly current: ReplicaSet | undefined;
  readonly old: readonly ReplicaSet[];
}

/** Tells the new ReplicaSet from the old ones; of several with the same template the oldest is the new one. */
export function partition(deployment: Deployment, replicaSets: readonly ReplicaSet[]): ReplicaSets {
  const sorted = replicaSets.length < 2 ? replicaSets : [...replicaSets].sort(byCreation);
  const { template } = deployment.spec;
  let current: ReplicaSet | undefined;
  const old: ReplicaSet[] = [];
  for (const each of sorted) {
    if (current === undefined && sameTemplate(each.spec.template, template)) current = each;
    else old.push(each);
  }
  return { current, old };
}

/** Whether two templates make the same pods, the pod-template-hash label aside (deployment_util EqualIgnoreHash). */
export function sameTemplate(a: PodTemplate, b: PodTemplate): boolean {
  return a.shape === b.shape && sameLabels(a.labels, b.labels) && sameLabels(a.annotations, b.annotations);
}

function sameLabels(a: Labels, b: Labels): boolean {
  if (a === b) return true;
  for (const key in a) if (key !== POD_TEMPLATE_HASH && a[key] !== b[key]) return false;
  for (const key in b) if (key !== POD_TEMPLATE_HASH && !(key in a)) return false;
  return true;
}
