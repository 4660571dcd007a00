import type { LabelSelector } from '../../api/label-selector.js';
import type { Labels } from '../../api/labels.js';
import type { OwnerReference } from '../../api/meta.js';

/** What plugins look up beside nodes and pods. */
export interface Listers {
  /** Grows with every change of a service or of the labels of a namespace. */
  readonly version: number;
  /**
   * Selector of the ReplicaSet, StatefulSet or ReplicationController that controls a pod; null while it has not been
   * seen, undefined for owners that select no pods.
   */
  ownerSelector(namespace: string, owner: OwnerReference): LabelSelector | undefined | null;
  /** Selectors of the services of a namespace that select such labels. */
  serviceSelectors(namespace: string, labels: Labels): readonly Labels[];
  /** Labels of a namespace; undefined if there is no such namespace. */
  namespaceLabels(namespace: string): Labels | undefined;
}

/** Where there are no owners, no services and no namespaces with labels. */
export const NO_LISTERS: Listers = {
  version: 0,
  ownerSelector: () => undefined,
  serviceSelectors: () => [],
  namespaceLabels: () => undefined,
};
