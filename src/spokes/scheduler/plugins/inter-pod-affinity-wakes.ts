import { NO_LABELS } from '../../../api/labels.js';
import type { Node } from '../../../api/node.js';
import type { Pod } from '../../../api/pod.js';
import { ADD, DELETE, UPDATE_NODE_LABEL, UPDATE_POD_LABEL, type WakeRule } from '../cluster-event.js';
import { type AffinityTerm, type AffinityTerms, affinityTermsOf } from './affinity-term.js';

function termsOf(pod: Pod): AffinityTerms {
  return affinityTermsOf(pod.spec.shape, pod.metadata.namespace);
}

function isUnplaced(pod: Pod | undefined): boolean {
  return pod !== undefined && pod.spec.nodeName === '' && pod.status.nominatedNodeName === '';
}

function podHelps(waiting: Pod, before: Pod | undefined, after: Pod | undefined): boolean {
  if (before !== undefined && after?.id === waiting.id) return true;
  if (isUnplaced(before) || isUnplaced(after)) return false;
  // Hints do not know the labels of namespaces.
  const matchesAll = (terms: readonly AffinityTerm[], pod: Pod): boolean =>
    terms.length > 0 && terms.every((term) => term.matches(pod.metadata, NO_LABELS));
  const { affinity, antiAffinity } = termsOf(waiting);
  if (before !== undefined && after !== undefined) {
    if (!matchesAll(affinity, before) && matchesAll(affinity, after)) return true;
    return matchesAll(antiAffinity, before) && !matchesAll(antiAffinity, after);
  }
  if (after !== undefined) return matchesAll(affinity, after);
  return matchesAll(antiAffinity, before!) || matchesAll(termsOf(before!).antiAffinity, waiting);
}

function nodeHelps(waiting: Pod, before: Node | undefined, after: Node): boolean {
  const { affinity, antiAffinity } = termsOf(waiting);
  const value = (node: Node, { topologyKey }: AffinityTerm): string | undefined => node.metadata.labels[topologyKey];
  if (before === undefined) {
    return antiAffinity.length > 0 || affinity.some((term) => value(after, term) !== undefined);
  }
  const changed = (term: AffinityTerm): boolean => value(before, term) !== value(after, term);
  if (affinity.some((term) => value(after, term) !== undefined && changed(term))) return true;
  return antiAffinity.some((term) => value(before, term) !== undefined && changed(term));
}

/** Events that may let in a pod rejected for affinity (interpodaffinity EventsToRegister). */
export const INTER_POD_AFFINITY_WAKES: readonly WakeRule[] = [
  {
    resource: 'Pod',
    actions: ADD | UPDATE_POD_LABEL | DELETE,
    hint: (waiting, { before, after }) => podHelps(waiting, before as Pod | undefined, after as Pod | undefined),
  },
  {
    resource: 'Node',
    actions: ADD | UPDATE_NODE_LABEL,
    hint: (waiting, { before, after }) => nodeHelps(waiting, before as Node | undefined, after as Node),
  },
];
