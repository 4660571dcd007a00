import type { LabelSelector } from '../../api/label-selector.js';
import type { Labels } from '../../api/labels.js';
import type { OwnerReference } from '../../api/meta.js';
import type { ApiObject } from '../../api/object.js';
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

const NO_SELECTORS: readonly Labels[] = [];

/** What the scheduler's informers know beside nodes and pods. */
export class InformerListers implements Listers {
  version: number;
  private readonly sources: ListerSources;
  /** Made anew after each change of a service. */
  private selectors: Map<string, Labels[]> | undefined;

  constructor(sources: ListerSources) {
    this.version = 0;
    this.sources = sources;
    this.selectors = undefined;
    const servicesChanged = (): void => {
      this.selectors = undefined;
      this.version++;
    };
    const relabelled = (): void => void this.version++;
    sources.services.addHandler({ added: servicesChanged, updated: servicesChanged, deleted: servicesChanged });
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

  serviceSelectors(namespace: string): readonly Labels[] {
    this.selectors ??= this.collect();
    return this.selectors.get(namespace) ?? NO_SELECTORS;
  }

  namespaceLabels(namespace: string): Labels | undefined {
    return this.sources.namespaces.cache.get('', namespace)?.metadata.labels;
  }

  /** A service without a selector concerns no pod. */
  private collect(): Map<string, Labels[]> {
    const selectors = new Map<string, Labels[]>();
    for (const { metadata, spec } of this.sources.services.cache.values()) {
      const selector = spec?.selector;
      if (selector === undefined || selector === null) continue;
      const present = selectors.get(metadata.namespace);
      if (present === undefined) selectors.set(metadata.namespace, [selector]);
      else present.push(selector);
    }
    return selectors;
  }
}
