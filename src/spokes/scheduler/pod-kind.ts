import { canonicalJson } from '../../api/canonical-json.js';
import type { Labels } from '../../api/labels.js';
import { controllerOf, type OwnerReference } from '../../api/meta.js';
import type { Pod } from '../../api/pod.js';
import type { PodShape } from '../../api/pod-shape.js';
import type { Tally } from './tally.js';

/**
 * What all plugins may know of a pod beside its name: pods of one kind are interchangeable to the scheduler. The pods
 * of a ReplicaSet are one kind, so whatever is worked out per kind is worked out once for all of them.
 */
export class PodKind {
  /** Dense number within its registry. */
  readonly id: number;
  readonly namespace: string;
  readonly labels: Labels;
  readonly shape: PodShape;
  /** The controlling owner. */
  readonly owner: OwnerReference | undefined;
  /** Being deleted: such pods still take room, but do not count for topology spreading. */
  readonly deleting: boolean;
  /** The tallies that count pods of this kind. */
  readonly tallies: Tally[];

  constructor(id: number, pod: Pod) {
    this.id = id;
    this.namespace = pod.metadata.namespace;
    this.labels = pod.metadata.labels;
    this.shape = pod.spec.shape;
    this.owner = controllerOf(pod.metadata);
    this.deleting = pod.metadata.deleting;
    this.tallies = [];
  }
}

/** The kinds of pods seen so far. */
export class PodKinds {
  readonly all: PodKind[];
  readonly #byKey: Map<string, PodKind>;
  /** The youngest kind of each shape: a rollout or a burst creates many pods of the kind that came last. */
  readonly #latest: Map<PodShape, PodKind>;
  readonly #labelText: WeakMap<Labels, string>;
  readonly #onNew: (kind: PodKind) => void;

  /** `onNew` is called with each kind when it is met first. */
  constructor(onNew: (kind: PodKind) => void) {
    this.all = [];
    this.#byKey = new Map();
    this.#latest = new Map();
    this.#labelText = new WeakMap();
    this.#onNew = onNew;
  }

  of(pod: Pod): PodKind {
    const { namespace, labels, deleting } = pod.metadata;
    const shape = pod.spec.shape;
    const ownerId = controllerOf(pod.metadata)?.id;
    const latest = this.#latest.get(shape);
    if (
      latest !== undefined &&
      latest.labels === labels &&
      latest.namespace === namespace &&
      latest.deleting === deleting &&
      latest.owner?.id === ownerId
    ) {
      return latest;
    }
    const key = `${shape.id} ${namespace} ${ownerId} ${deleting} ${this.#textOf(labels)}`;
    const kind = this.#byKey.get(key) ?? this.#intern(key, pod);
    this.#latest.set(shape, kind);
    return kind;
  }

  #textOf(labels: Labels): string {
    let text = this.#labelText.get(labels);
    if (text === undefined) {
      text = canonicalJson(labels);
      this.#labelText.set(labels, text);
    }
    return text;
  }

  #intern(key: string, pod: Pod): PodKind {
    const kind = new PodKind(this.all.length, pod);
    this.all.push(kind);
    this.#byKey.set(key, kind);
    this.#onNew(kind);
    return kind;
  }
}
