import { REPLICA_SET } from '../../api/kind.js';
import type { LabelSelector } from '../../api/label-selector.js';
import type { Labels } from '../../api/labels.js';
import type { OwnerReference } from '../../api/meta.js';
import type { ReplicaSet } from '../../api/workload.js';
import type { Informer } from '../../client/informer.js';
import type { Listers } from './listers.js';

const NO_SELECTORS: readonly Labels[] = [];

/** What the scheduler's informers know; there are no services here, and namespaces have no labels. */
export class InformerListers implements Listers {
  private readonly replicaSets: Informer<ReplicaSet>;

  constructor(replicaSets: Informer<ReplicaSet>) {
    this.replicaSets = replicaSets;
  }

  ownerSelector(namespace: string, owner: OwnerReference): LabelSelector | undefined {
    if (owner.kindId !== REPLICA_SET.id) return undefined;
    return this.replicaSets.cache.get(namespace, owner.name)?.spec.selector;
  }

  serviceSelectors(): readonly Labels[] {
    return NO_SELECTORS;
  }

  namespaceLabels(): Labels | undefined {
    return undefined;
  }
}
