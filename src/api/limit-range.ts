import type { ApiObject } from './object.js';
import type { ResourceListManifest } from './pod-manifest.js';

/** What one pod, container or claim may ask for (core/v1 LimitRangeItem), with its defaults filled in. */
export interface LimitRangeItem {
  readonly type: string;
  readonly max?: ResourceListManifest;
  readonly min?: ResourceListManifest;
  /** Limits of containers that state none. */
  readonly default?: ResourceListManifest;
  /** Requests of containers that state none. */
  readonly defaultRequest?: ResourceListManifest;
  readonly maxLimitRequestRatio?: ResourceListManifest;
}

export interface LimitRangeSpec {
  readonly limits?: readonly LimitRangeItem[];
}

export type LimitRange = ApiObject<LimitRangeSpec, undefined>;
