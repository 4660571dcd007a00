import { type Labels, NO_LABELS } from './labels.js';

/** A reference from a dependent to its owner, as in `metadata.ownerReferences`. */
export interface OwnerReference {
  /** `Kind.id` of the owner. */
  readonly kindId: number;
  /** Identity of the owner (its uid). */
  readonly id: number;
  readonly name: string;
  readonly controller: boolean;
  readonly blockOwnerDeletion: boolean;
}

export const NO_OWNERS: readonly OwnerReference[] = Object.freeze([]);
export const NO_FINALIZERS: readonly string[] = Object.freeze([]);

/** What a new object's metadata starts from; everything but the name may be left out. */
export interface MetaInit {
  readonly namespace?: string;
  readonly name: string;
  readonly labels?: Labels;
  readonly annotations?: Labels;
  readonly ownerReferences?: readonly OwnerReference[];
  readonly finalizers?: readonly string[];
  readonly generation?: number;
  readonly creationTimestampNs?: number;
  readonly deletionTimestampNs?: number;
  readonly deletionGracePeriodSeconds?: number;
}

/**
 * `metadata` of an object, always with all fields in one order so that every object has the same hidden class.
 * Times are virtual nanoseconds; -1 means "not set". The resourceVersion and the uid live on the object.
 */
export class ObjectMeta {
  readonly namespace: string;
  readonly name: string;
  readonly labels: Labels;
  readonly annotations: Labels;
  readonly ownerReferences: readonly OwnerReference[];
  readonly finalizers: readonly string[];
  readonly generation: number;
  readonly creationTimestampNs: number;
  /** The moment of deletion plus grace, as Kubernetes writes it; -1 while the object is not being deleted. */
  readonly deletionTimestampNs: number;
  readonly deletionGracePeriodSeconds: number;

  constructor(init: MetaInit) {
    this.namespace = init.namespace ?? '';
    this.name = init.name;
    this.labels = init.labels ?? NO_LABELS;
    this.annotations = init.annotations ?? NO_LABELS;
    this.ownerReferences = init.ownerReferences ?? NO_OWNERS;
    this.finalizers = init.finalizers ?? NO_FINALIZERS;
    this.generation = init.generation ?? 0;
    this.creationTimestampNs = init.creationTimestampNs ?? -1;
    this.deletionTimestampNs = init.deletionTimestampNs ?? -1;
    this.deletionGracePeriodSeconds = init.deletionGracePeriodSeconds ?? -1;
  }

  /** The same metadata with some fields replaced. */
  with(change: Partial<MetaInit>): ObjectMeta {
    return new ObjectMeta({ ...this, ...change });
  }

  get deleting(): boolean {
    return this.deletionTimestampNs >= 0;
  }
}

/** The owner with `controller: true`, if there is one (metav1.GetControllerOf). */
export function controllerOf(meta: ObjectMeta): OwnerReference | undefined {
  for (const owner of meta.ownerReferences) if (owner.controller) return owner;
  return undefined;
}
