import type { ApiObject } from './object.js';

/** What stands in the way of a namespace that is ending; each is `False` when nothing does. */
export interface NamespaceCondition {
  readonly type:
    | 'NamespaceDeletionDiscoveryFailure'
    | 'NamespaceDeletionGroupVersionParsingFailure'
    | 'NamespaceDeletionContentFailure'
    | 'NamespaceContentRemaining'
    | 'NamespaceFinalizersRemaining';
  readonly status: 'True' | 'False';
}

export interface NamespaceStatus {
  readonly phase: 'Active' | 'Terminating';
  readonly conditions?: readonly NamespaceCondition[];
}

export type Namespace = ApiObject<unknown, NamespaceStatus>;
