import type { ApiObject } from '../../api/object.js';
import type { Informer } from '../../client/informer.js';
import { ClaimBindings } from './claim-bindings.js';
import { ADD, type Change, type ClusterEvent, UPDATE } from './cluster-event.js';
import type { CsiNode, PersistentVolume, PersistentVolumeClaim, StorageClass, StorageObjects } from './storage.js';

/** What the scheduler watches of storage. */
export interface StorageInformers {
  readonly claims: Informer<PersistentVolumeClaim>;
  readonly volumes: Informer<PersistentVolume>;
  readonly storageClasses: Informer<StorageClass>;
  readonly csiNodes: Informer<CsiNode>;
}

/** The bindings over what the informers know; every change that may help a waiting pod is told. */
export function watchStorage(
  { claims, volumes, storageClasses, csiNodes }: StorageInformers,
  tell: (event: ClusterEvent, change: Change) => void,
): ClaimBindings {
  const objects: StorageObjects = {
    claim: (namespace, name) => claims.cache.get(namespace, name),
    volume: (name) => volumes.cache.get('', name),
    volumes: () => volumes.cache.values(),
    storageClass: (name) => storageClasses.cache.get('', name),
    csiNode: (name) => csiNodes.cache.get('', name),
  };
  const bindings = new ClaimBindings(objects);
  const watch = <T extends ApiObject>(informer: Informer<T>, deleted: (object: T) => void): void => {
    const resource = informer.kind.name;
    informer.addHandler({
      added: (after) => tell({ resource, action: ADD }, { before: undefined, after }),
      updated: (before, after) => tell({ resource, action: UPDATE }, { before, after }),
      deleted,
    });
  };
  const nothing = (): void => {};
  watch(claims, (claim) => bindings.forget(claim));
  watch(volumes, nothing);
  watch(storageClasses, nothing);
  watch(csiNodes, nothing);
  return bindings;
}
