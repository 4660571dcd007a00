import { ANY_VALUE, keepFirst } from './any-number.js';
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
    keepFirst(ObjectMeta.of({ name: '', creationTimestampNs: ANY_VALUE, deletionTimestampNs: ANY_VALUE }));
  }

  /** One by one: an object that says them would have another hidden class for each choice of fields. */
  private constructor(
    namespace: string,
    name: string,
    labels: Labels,
    annotations: Labels,
    ownerReferences: readonly OwnerReference[],
    finalizers: readonly string[],
    generation: number,
    creationTimestampNs: number,
    deletionTimestampNs: number,
    deletionGracePeriodSeconds: number,
  ) {
    this.namespace = namespace;
    this.name = name;
    this.labels = labels;
    this.annotations = annotations;
    this.ownerReferences = ownerReferences;
    this.finalizers = finalizers;
    this.generation = generation;
    this.creationTimestampNs = creationTimestampNs;
    this.deletionTimestampNs = deletionTimestampNs;
    this.deletionGracePeriodSeconds = deletionGracePeriodSeconds;
  }

  /** Of a new object. */
  static of(init: MetaInit): ObjectMeta {
    return ObjectMeta.named(init.namespace ?? '', init.name).with(init);
  }

  /** Of a new object about which nothing else is said, as there are several for each pod. */
  static named(namespace: string, name: string, creationTimestampNs = -1): ObjectMeta {
    return new ObjectMeta(
      namespace,
      name,
      NO_LABELS,
      NO_LABELS,
      NO_OWNERS,
      NO_FINALIZERS,
      0,
      creationTimestampNs,
      -1,
      -1,
    );
  }

  /** The same metadata with some fields replaced. */
  with(change: Partial<MetaInit>): ObjectMeta {
    return new ObjectMeta(
      change.namespace ?? this.namespace,
      change.name ?? this.name,
      change.labels ?? this.labels,
      change.annotations ?? this.annotations,
      change.ownerReferences ?? this.ownerReferences,
      change.finalizers ?? this.finalizers,
      change.generation ?? this.generation,
      change.creationTimestampNs ?? this.creationTimestampNs,
      change.deletionTimestampNs ?? this.deletionTimestampNs,
      change.deletionGracePeriodSeconds ?? this.deletionGracePeriodSeconds,
    );
  }

  /** The same under another name. */
  renamed(name: string): ObjectMeta {
    return this.stamped(name, this.generation, this.creationTimestampNs);
  }

  /** The same of an object that has just been created. */
  created(generation: number, creationTimestampNs: number): ObjectMeta {
    return this.stamped(this.name, generation, creationTimestampNs);
  }

  private stamped(name: string, generation: number, creationTimestampNs: number): ObjectMeta {
    return new ObjectMeta(
      this.namespace,
      name,
      this.labels,
      this.annotations,
      this.ownerReferences,
      this.finalizers,
      generation,
      creationTimestampNs,
      this.deletionTimestampNs,
      this.deletionGracePeriodSeconds,
    );
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
