import type { LabelSelector } from '../../api/label-selector.js';
import { type Labels, selects } from '../../api/labels.js';
import type { OwnerReference } from '../../api/meta.js';
import type { ApiObject } from '../../api/object.js';
import { SelectorIndex } from '../../api/selector-index.js';
import { labelTexts, wantedOf } from '../../api/wanted-labels.js';
import type { Informer } from '../../client/informer.js';
import type { Listers } from './listers.js';

/** An object that selects pods. */
export type Selecting<T> = ApiObject<{ readonly selector?: T | null } | undefined, unknown>;

/** The informers that the plugins' look-ups go to. */
export interface ListerSources {
  readonly namespaces: Informer<ApiObject>;
  readonly services: Informer<Selecting<Labels>>;
  /** ReplicaSets, StatefulSets and ReplicationControllers. */
  readonly owners: readonly Informer<Selecting<LabelSelector>>[];
}

/** What the scheduler's informers know beside nodes and pods. */
export class InformerListers implements Listers {
  version: number;
  private readonly sources: ListerSources;
  private readonly services: SelectorIndex<Selecting<Labels>>;

  constructor(sources: ListerSources) {
    this.version = 0;
    this.sources = sources;
    this.services = new SelectorIndex();
    const relabelled = (): void => void this.version++;
    sources.services.addHandler({
      added: (service) => this.serviceChanged(undefined, service),
      updated: (previous, service) => this.serviceChanged(previous, service),
      deleted: (_, last) => this.serviceChanged(last, undefined),
    });
    sources.namespaces.addHandler({
      added: relabelled,
      updated: (before, after) => {
        if (before.metadata.labels !== after.metadata.labels) relabelled();
      },
      deleted: relabelled,
    });
  }

  ownerSelector(namespace: string, owner: OwnerReference): LabelSelector | undefined | null {
    const informer = this.sources.owners.find(({ kind }) => kind.id === owner.kindId);
    return informer === undefined ? undefined : (informer.cache.get(namespace, owner.name)?.spec?.selector ?? null);
  }

  serviceSelectors(namespace: string, labels: Labels): readonly Labels[] {
    const services = this.services
      .candidates(labelTexts(namespace, labels))
      .filter((one) => one.metadata.namespace === namespace);
    return services.map(({ spec }) => spec!.selector!).filter((selector) => selects(selector, labels));
  }

  namespaceLabels(namespace: string): Labels | undefined {
    return this.sources.namespaces.cache.get('', namespace)?.metadata.labels;
  }

  /** A service without a selector concerns no pod. */
  private serviceChanged(before: Selecting<Labels> | undefined, after: Selecting<Labels> | undefined): void {
    if (before !== undefined) this.services.delete(before);
    const selector = after?.spec?.selector ?? undefined;
    if (after !== undefined && selector !== undefined)
      this.services.add(after, wantedOf(after.metadata.namespace, selector));
    this.version++;
  }
}
