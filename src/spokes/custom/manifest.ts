import type { JsonObject } from '../../api/json.js';

/**
 * An object as spokes written outside see it: what `kubectl get -o json` prints. Versions are shared and frozen, as
 * those in an informer's cache should be: to change one, make another (`{ ...order, spec: { ...order.spec, count: 3 } }`).
 */
export interface Manifest<Spec = JsonObject, Status = JsonObject> {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: Metadata;
  readonly spec: Spec;
  readonly status?: Status;
  /** The `data` of a ConfigMap and the like. */
  readonly [field: string]: unknown;
}

/** An object to be created: neither spec nor status is asked for. */
export type NewManifest = Omit<Manifest, 'spec' | 'status' | 'metadata'> & {
  readonly metadata: Partial<Metadata>;
  readonly [field: string]: unknown;
};

export interface Metadata {
  readonly name: string;
  readonly namespace?: string;
  /** The server makes a name of it when there is none: five characters are added. */
  readonly generateName?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly ownerReferences?: readonly OwnerReference[];
  readonly finalizers?: readonly string[];
  readonly uid?: string;
  readonly resourceVersion?: string;
  readonly generation?: number;
  readonly creationTimestamp?: string;
  /** Set when the object is being deleted and finalizers or grace hold it. */
  readonly deletionTimestamp?: string;
}

export interface OwnerReference {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly uid: string;
  readonly controller?: boolean;
  readonly blockOwnerDeletion?: boolean;
}

/** Names an object of a kind; the namespace is `default` when left out. */
export interface ObjectKey {
  readonly namespace?: string;
  readonly name: string;
}

/** The reference that makes `owner` the controller of what is created with it (SetControllerReference). */
export function controllerReference(owner: Pick<Manifest, 'apiVersion' | 'kind' | 'metadata'>): OwnerReference {
  const { apiVersion, kind, metadata } = owner;
  return { apiVersion, kind, name: metadata.name, uid: metadata.uid ?? '', controller: true, blockOwnerDeletion: true };
}
