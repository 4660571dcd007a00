import type { ApiObject } from './object.js';
import type { ResourceListManifest } from './pod-manifest.js';

/** What of a namespace's objects a quota counts (core/v1 ResourceQuotaScope). */
export const QUOTA_SCOPES = [
  'Terminating',
  'NotTerminating',
  'BestEffort',
  'NotBestEffort',
  'PriorityClass',
  'CrossNamespacePodAffinity',
  'VolumeAttributesClass',
] as const;

export type QuotaScope = (typeof QUOTA_SCOPES)[number];

export interface ScopeRequirement {
  readonly scopeName: QuotaScope;
  readonly operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist';
  readonly values?: readonly string[];
}

/** As manifests write it. */
export interface ResourceQuotaSpec {
  readonly hard?: ResourceListManifest;
  readonly scopes?: readonly QuotaScope[];
  readonly scopeSelector?: { readonly matchExpressions?: readonly ScopeRequirement[] };
}

/** What the API server goes by: the limits that the controller has seen, and what is used of each. */
export interface ResourceQuotaStatus {
  readonly hard: ResourceListManifest;
  readonly used: ResourceListManifest;
}

/** The status is undefined until the controller has seen the quota. */
export type ResourceQuota = ApiObject<ResourceQuotaSpec, ResourceQuotaStatus | undefined>;

/** All that an object must match to be counted (generic getScopeSelectorsFromQuota). */
export function scopeRequirements({ scopes = [], scopeSelector }: ResourceQuotaSpec): readonly ScopeRequirement[] {
  const exist = scopes.map((scopeName): ScopeRequirement => ({ scopeName, operator: 'Exists' }));
  return [...exist, ...(scopeSelector?.matchExpressions ?? [])];
}
