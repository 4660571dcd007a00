import type { LabelSelector } from '../../api/label-selector.js';
import type { Labels } from '../../api/labels.js';
import type { OwnerReference } from '../../api/meta.js';

/** What plugins look up beside nodes and pods. */
export interface Listers {
  /** Selector of the ReplicaSet, StatefulSet or ReplicationController that controls a pod; undefined if it is not known. */
  ownerSelector(namespace: string, owner: OwnerReference): LabelSelector | undefined;
  /** Selectors of the services of a namespace. */
  serviceSelectors(namespace: string): readonly Labels[];
  /** Labels of a namespace; undefined if there is no such namespace. */
  namespaceLabels(namespace: string): Labels | undefined;
}

/** Where there are no owners, no services and no namespaces with labels. */
export const NO_LISTERS: Listers = {
  ownerSelector: () => undefined,
  serviceSelectors: () => [],
  namespaceLabels: () => undefined,
};
