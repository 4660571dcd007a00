import { compileSelector, type LabelSelector, NOTHING, type Selector } from '../../../api/label-selector.js';
import { type Labels, NO_LABELS } from '../../../api/labels.js';
import type { PodShape } from '../../../api/pod-shape.js';
import { type WantedLabels, wantedLabels } from '../../../api/wanted-labels.js';
import type { Listers } from '../listers.js';

/** A term as pods write it (v1.PodAffinityTerm). */
interface TermManifest {
  readonly labelSelector?: LabelSelector | null;
  readonly topologyKey: string;
  readonly namespaces?: readonly string[];
  readonly namespaceSelector?: LabelSelector | null;
}

interface WeightedTermManifest {
  readonly weight: number;
  readonly podAffinityTerm: TermManifest;
}

interface AffinityManifest {
  readonly requiredDuringSchedulingIgnoredDuringExecution?: readonly TermManifest[];
  readonly preferredDuringSchedulingIgnoredDuringExecution?: readonly WeightedTermManifest[];
}

/** Something that has labels in a namespace. */
export interface Labelled {
  readonly namespace: string;
  readonly labels: Labels;
}

/** Which pods a term speaks of, and over which domains (framework.AffinityTerm). */
export class AffinityTerm {
  readonly topologyKey: string;
  /** Equal terms have equal text. */
  readonly text: string;
  readonly #namespaces: ReadonlySet<string>;
  readonly #namespaceSelector: Selector;
  readonly #selector: Selector;

  constructor(manifest: TermManifest, namespace: string) {
    const { labelSelector, topologyKey, namespaces = [], namespaceSelector } = manifest;
    const own = namespaces.length === 0 && (namespaceSelector === undefined || namespaceSelector === null);
    this.topologyKey = topologyKey;
    this.#namespaces = new Set(own ? [namespace] : namespaces);
    this.#namespaceSelector = namespaceSelector === undefined ? NOTHING : compileSelector(namespaceSelector);
    this.#selector = compileSelector(labelSelector);
    const show = (selector: Selector): string => (selector.nothing ? 'nothing' : `(${selector})`);
    const inNamespaces = `${[...this.#namespaces].sort().join(' ')} ${show(this.#namespaceSelector)}`;
    this.text = `${show(this.#selector)} in ${inNamespaces} by ${topologyKey}`;
  }

  /** Whether it chooses namespaces by their labels. */
  get selectsNamespaces(): boolean {
    return !this.#namespaceSelector.nothing && !this.#namespaceSelector.empty;
  }

  /** What the labels of all have that it speaks of. */
  get wanted(): WantedLabels {
    return this.#namespaceSelector.nothing ? wantedLabels([...this.#namespaces], this.#selector) : [];
  }

  /** Whether the term speaks of a pod whose namespace has these labels. */
  matches(pod: Labelled, namespaceLabels: Labels): boolean {
    if (!this.#namespaces.has(pod.namespace) && !this.#namespaceSelector.matches(namespaceLabels)) return false;
    return this.#selector.matches(pod.labels);
  }

  /** Whether the term of a pod that is being placed speaks of a placed pod. */
  matchesPlaced(pod: Labelled, listers: Listers): boolean {
    // Kubernetes adds the selected namespaces to those listed, but then goes on with the selector itself and without
    // labels (1.36 mergeAffinityTermNamespacesIfNotEmpty changes a copy), so that `DoesNotExist` selects all namespaces.
    return this.matches(pod, NO_LABELS) || this.matches(pod, listers.namespaceLabels(pod.namespace) ?? NO_LABELS);
  }

  /** Whether the term of a placed pod speaks of a pod that is being placed. */
  matchesIncoming(pod: Labelled, listers: Listers): boolean {
    return this.matches(pod, listers.namespaceLabels(pod.namespace) ?? NO_LABELS);
  }
}

export interface WeightedTerm {
  readonly term: AffinityTerm;
  /** Negative for anti-affinity. */
  readonly weight: number;
}

/** The terms of the pods of one shape in one namespace. */
export interface AffinityTerms {
  readonly affinity: readonly AffinityTerm[];
  readonly antiAffinity: readonly AffinityTerm[];
  readonly preferred: readonly WeightedTerm[];
}

const NO_TERMS: AffinityTerms = { affinity: [], antiAffinity: [], preferred: [] };

export function affinityTermsOf(shape: PodShape, namespace: string): AffinityTerms {
  const { affinity } = shape.spec;
  const together = (affinity?.podAffinity ?? undefined) as AffinityManifest | undefined;
  const apart = (affinity?.podAntiAffinity ?? undefined) as AffinityManifest | undefined;
  if (together === undefined && apart === undefined) return NO_TERMS;
  const required = (manifest: AffinityManifest | undefined): readonly AffinityTerm[] =>
    (manifest?.requiredDuringSchedulingIgnoredDuringExecution ?? []).map((term) => new AffinityTerm(term, namespace));
  const preferred = (manifest: AffinityManifest | undefined, sign: 1 | -1): readonly WeightedTerm[] =>
    (manifest?.preferredDuringSchedulingIgnoredDuringExecution ?? []).map(({ weight, podAffinityTerm }) => ({
      term: new AffinityTerm(podAffinityTerm, namespace),
      weight: sign * weight,
    }));
  return {
    affinity: required(together),
    antiAffinity: required(apart),
    preferred: [...preferred(together, 1), ...preferred(apart, -1)],
  };
}
