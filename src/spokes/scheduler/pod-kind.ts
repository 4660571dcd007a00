import { canonicalJson } from '../../api/canonical-json.js';
import { LabelIndex } from '../../api/label-index.js';
import type { Labels } from '../../api/labels.js';
import { controllerOf, type OwnerReference } from '../../api/meta.js';
import type { Pod } from '../../api/pod.js';
import type { PodShape } from '../../api/pod-shape.js';
import { labelTexts, type WantedLabels } from '../../api/wanted-labels.js';
import { Counts } from './counts.js';
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
  /** What it is found by: its labels, and what plugins have marked it with. */
  readonly marks: string[];
  /** The controlling owner. */
  readonly owner: OwnerReference | undefined;
  /** Being deleted: such pods still take room, but do not count for topology spreading. */
  readonly deleting: boolean;
  /** The tallies that count pods of this kind. */
  readonly tallies: Tally[];
  /** The tallies that follow pods of this kind in trials alone. */
  readonly followers: Tally[];
  /** How many pods of this kind are on each node. */
  readonly perNode: Counts;

  constructor(id: number, pod: Pod) {
    this.id = id;
    this.namespace = pod.metadata.namespace;
    this.labels = pod.metadata.labels;
    this.shape = pod.spec.shape;
    this.marks = labelTexts(this.namespace, this.labels);
    this.owner = controllerOf(pod.metadata);
    this.deleting = pod.metadata.deleting;
    this.tallies = [];
    this.followers = [];
    this.perNode = new Counts();
  }

  /** Whether it is the kind of these very labels and the rest. */
  is(shape: PodShape, namespace: string, labels: Labels, ownerId: number | undefined, deleting: boolean): boolean {
    return (
      this.labels === labels &&
      this.shape === shape &&
      this.namespace === namespace &&
      this.deleting === deleting &&
      this.owner?.id === ownerId
    );
  }
}

/** The kinds of pods seen so far. */
export class PodKinds {
  readonly all: PodKind[];
  readonly #byKey: Map<string, PodKind>;
  readonly #byMark: LabelIndex<PodKind>;
  /** The youngest kind of each shape: a rollout or a burst creates many pods of the kind that came last. */
  readonly #latest: Map<PodShape, PodKind>;
  /** The same by labels: several Deployments of one shape take turns. */
  readonly #labelled: WeakMap<Labels, PodKind>;
  readonly #labelText: WeakMap<Labels, string>;
  /** The kind that was asked for last. */
  #last: PodKind | undefined;
  readonly #onNew: (kind: PodKind) => void;

  /** `onNew` is called with each kind when it is met first. */
  constructor(onNew: (kind: PodKind) => void) {
    this.all = [];
    this.#byKey = new Map();
    this.#byMark = new LabelIndex();
    this.#latest = new Map();
    this.#labelled = new WeakMap();
    this.#labelText = new WeakMap();
    this.#last = undefined;
    this.#onNew = onNew;
  }

  /** All that have a mark of each that are wanted, and perhaps others. */
  marked(wanted: WantedLabels): readonly PodKind[] {
    return this.#byMark.candidates(wanted) ?? this.all;
  }

  /** False if the kind has the mark already: each profile marks what it meets. */
  mark(kind: PodKind, mark: string): boolean {
    if (kind.marks.includes(mark)) return false;
    kind.marks.push(mark);
    this.#byMark.add(kind, mark);
    return true;
  }

  of(pod: Pod): PodKind {
    const { namespace, labels, deleting } = pod.metadata;
    const { shape } = pod.spec;
    const ownerId = controllerOf(pod.metadata)?.id;
    if (this.#last?.is(shape, namespace, labels, ownerId, deleting) !== true) this.#last = this.#find(pod, ownerId);
    return this.#last;
  }

  #find(pod: Pod, ownerId: number | undefined): PodKind {
    const { namespace, labels, deleting } = pod.metadata;
    const { shape } = pod.spec;
    const latest = this.#latest.get(shape);
    if (latest?.is(shape, namespace, labels, ownerId, deleting) === true) return latest;
    const labelled = this.#labelled.get(labels);
    if (labelled?.is(shape, namespace, labels, ownerId, deleting) === true) return labelled;
    const key = `${shape.id} ${namespace} ${ownerId} ${deleting} ${this.#textOf(labels)}`;
    const kind = this.#byKey.get(key) ?? this.#intern(key, pod);
    this.#latest.set(shape, kind);
    this.#labelled.set(labels, kind);
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
    for (const mark of kind.marks) this.#byMark.add(kind, mark);
    this.#onNew(kind);
    return kind;
  }
}
