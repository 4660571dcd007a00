import { PERSISTENT_VOLUME_CLAIM, POD } from './kind.js';
import type { ApiObject } from './object.js';
import type { Pod } from './pod.js';
import type { PodSpecManifest } from './pod-manifest.js';
import type { PodShape } from './pod-shape.js';
import type { ScopeRequirement } from './resource-quota.js';

/** Whether a quota's scope takes in an object: only pods are in any (evaluator/core podMatchesScopeFunc). */
export function inScope(requirement: ScopeRequirement, object: ApiObject): boolean {
  if (object.kind === PERSISTENT_VOLUME_CLAIM) return claimInScope(requirement, object);
  if (object.kind !== POD) return false;
  const { shape } = (object as Pod).spec;
  switch (requirement.scopeName) {
    case 'Terminating':
      return hasDeadline(shape);
    case 'NotTerminating':
      return !hasDeadline(shape);
    case 'BestEffort':
      return shape.qosClass === 'BestEffort';
    case 'NotBestEffort':
      return shape.qosClass !== 'BestEffort';
    case 'PriorityClass':
      return valueMatches(requirement, shape.spec.priorityClassName ?? '');
    case 'CrossNamespacePodAffinity':
      return reachesOtherNamespaces(shape.spec);
    default:
      return false;
  }
}

function claimInScope(requirement: ScopeRequirement, { spec }: ApiObject): boolean {
  if (requirement.scopeName !== 'VolumeAttributesClass') return false;
  return valueMatches(requirement, (spec as { volumeAttributesClassName?: string }).volumeAttributesClassName ?? '');
}

/** Whether a pod ends by itself, in the sense of quotas: it states how long it may run. */
export function hasDeadline({ spec }: Pick<PodShape, 'spec'>): boolean {
  const { activeDeadlineSeconds } = spec as { readonly activeDeadlineSeconds?: number | null };
  return (activeDeadlineSeconds ?? -1) >= 0;
}

/** As a label selector on a label that is there unless it is empty. */
function valueMatches({ operator, values = [] }: ScopeRequirement, value: string): boolean {
  switch (operator) {
    case 'Exists':
      return value !== '';
    case 'DoesNotExist':
      return value === '';
    case 'In':
      return value !== '' && values.includes(value);
    case 'NotIn':
      return value === '' || !values.includes(value);
  }
}

interface AffinityTerm {
  readonly namespaces?: readonly string[] | null;
  readonly namespaceSelector?: unknown;
}

interface PodTerms {
  readonly requiredDuringSchedulingIgnoredDuringExecution?: readonly AffinityTerm[] | null;
  readonly preferredDuringSchedulingIgnoredDuringExecution?:
    | readonly { readonly podAffinityTerm: AffinityTerm }[]
    | null;
}

function reachesOtherNamespaces({ affinity }: PodSpecManifest): boolean {
  const { podAffinity, podAntiAffinity } = (affinity ?? {}) as { podAffinity?: PodTerms; podAntiAffinity?: PodTerms };
  return [podAffinity, podAntiAffinity].some((terms) => {
    const preferred = terms?.preferredDuringSchedulingIgnoredDuringExecution ?? [];
    const all = [
      ...(terms?.requiredDuringSchedulingIgnoredDuringExecution ?? []),
      ...preferred.map(({ podAffinityTerm }) => podAffinityTerm),
    ];
    return all.some(
      ({ namespaces, namespaceSelector }) => (namespaces ?? []).length > 0 || (namespaceSelector ?? null) !== null,
    );
  });
}
