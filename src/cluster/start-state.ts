import type { Kind } from '../api/kind.js';
import { NAMESPACE } from '../api/kind.js';
import { ObjectMeta, type OwnerReference } from '../api/meta.js';
import { type ApiObject, draft } from '../api/object.js';
import { assert } from '../engine/index.js';
import type { Store } from '../hub/store.js';

/** An object that a cluster has from the start; its owners are named, since identities are given by the store. */
export interface StateObject {
  readonly object: ApiObject;
  readonly owners: readonly OwnerName[];
}

/** An owner in the namespace of its dependent, or in none. */
export interface OwnerName {
  readonly kind: Kind;
  readonly name: string;
  readonly controller: boolean;
  readonly blockOwnerDeletion: boolean;
}

/** Puts objects into the store as they are, owners before their dependents, and the namespaces that they need. */
export function storeStartState(store: Store, objects: readonly StateObject[]): void {
  const waiting = new Map(objects.map((one) => [keyOf(one.object.kind, one.object.metadata), one]));
  const put = (key: string, { object, owners }: StateObject): void => {
    // First, so that objects which own each other do not wait for ever.
    waiting.delete(key);
    for (const { kind, name } of owners) {
      const ownerKey = keyOf(kind, { namespace: object.metadata.namespace, name });
      const owner = waiting.get(ownerKey);
      if (owner !== undefined) put(ownerKey, owner);
    }
    const ownerReferences = owners.flatMap((owner) => reference(store, owner, object.metadata.namespace));
    makeNamespace(store, object);
    if (object.kind === NAMESPACE && store.get(NAMESPACE, '', object.metadata.name) !== undefined) return;
    const { code } = store.create(object.withMetadata(object.metadata.with({ ownerReferences })));
    assert(code < 300, `${key} cannot be stored: ${code}`);
  };
  for (const one of objects) {
    const key = keyOf(one.object.kind, one.object.metadata);
    if (waiting.has(key)) put(key, one);
  }
}

function keyOf(kind: Kind, { namespace, name }: { readonly namespace: string; readonly name: string }): string {
  return `${kind.id} ${kind.namespaced ? namespace : ''} ${name}`;
}

function reference(store: Store, { kind, ...owner }: OwnerName, namespace: string): OwnerReference[] {
  const known = store.get(kind, kind.namespaced ? namespace : '', owner.name);
  return known === undefined ? [] : [{ kindId: kind.id, id: known.id, ...owner }];
}

function makeNamespace(store: Store, { kind, metadata }: ApiObject): void {
  const name = metadata.namespace;
  if (!kind.namespaced || store.get(NAMESPACE, '', name) !== undefined) return;
  const labels = Object.freeze({ 'kubernetes.io/metadata.name': name });
  store.create(draft(NAMESPACE, ObjectMeta.of({ name, labels }), {}, { phase: 'Active' }));
}
