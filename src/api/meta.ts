import { ANY_NUMBER, keepFirst } from './any-number.js';
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

  static {
    keepFirst(new ObjectMeta({ name: '', creationTimestampNs: ANY_NUMBER, deletionTimestampNs: ANY_NUMBER }));
  }

  /** What is left out is as in `base`, or not set. Field by field: spreading is slow. */
  constructor(init: MetaInit);
  constructor(init: Partial<MetaInit>, base: ObjectMeta);
  constructor(init: Partial<MetaInit>, base?: ObjectMeta) {
    this.namespace = init.namespace ?? base?.namespace ?? '';
    this.name = init.name ?? base!.name;
    this.labels = init.labels ?? base?.labels ?? NO_LABELS;
    this.annotations = init.annotations ?? base?.annotations ?? NO_LABELS;
    this.ownerReferences = init.ownerReferences ?? base?.ownerReferences ?? NO_OWNERS;
    this.finalizers = init.finalizers ?? base?.finalizers ?? NO_FINALIZERS;
    this.generation = init.generation ?? base?.generation ?? 0;
    this.creationTimestampNs = init.creationTimestampNs ?? base?.creationTimestampNs ?? -1;
    this.deletionTimestampNs = init.deletionTimestampNs ?? base?.deletionTimestampNs ?? -1;
    this.deletionGracePeriodSeconds = init.deletionGracePeriodSeconds ?? base?.deletionGracePeriodSeconds ?? -1;
  }

  /** The same metadata with some fields replaced. */
  with(change: Partial<MetaInit>): ObjectMeta {
    return new ObjectMeta(change, this);
  }

  get deleting(): boolean {
    return this.deletionTimestampNs >= 0;
  }
}

/** The owner with `controller: true`, if there is one (metav1.GetControllerOf). */
export function controllerOf({ ownerReferences }: ObjectMeta): OwnerReference | undefined {
  // By index: it is asked many times for each pod, and an iterator would be made each time.
  for (let i = 0; i < ownerReferences.length; i++) if (ownerReferences[i]!.controller) return ownerReferences[i];
  return undefined;
}
