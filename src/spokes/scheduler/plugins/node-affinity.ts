import { InputError } from '../../../api/input-error.js';
import type { Node } from '../../../api/node.js';
import { NodeSelector, preferredTerms } from '../../../api/node-affinity.js';
import { fits, suits } from '../../../api/node-fit.js';
import type { NodeAffinityManifest } from '../../../api/pod-manifest.js';
import type { PodShape } from '../../../api/pod-shape.js';
import { ADD, type Hint, UPDATE_NODE_LABEL, type WakeRule } from '../cluster-event.js';
import type { NodeTable } from '../node-table.js';
import { normalizeByMax } from '../normalize.js';
import type { PendingPod, Plugin, PodFilter, PodScore } from '../plugin.js';
import { type Rejection, unresolvable } from '../rejection.js';

const NAME = 'NodeAffinity';
const REJECTION = unresolvable(NAME, "node(s) didn't match Pod's node affinity/selector");
const ENFORCED = unresolvable(NAME, "node(s) didn't match scheduler-enforced node affinity");
const CONFLICT = unresolvable(NAME, 'pod affinity terms conflict');

/**
 * A new node, or new labels of one, help if the node has come to match. A pod with a term that does not parse is woken
 * by any: the queue takes an error of a hint for a yes (isSchedulableAfterNodeChange, isPodWorthRequeuing).
 */
function wakes(enforced: NodeSelector | undefined): readonly WakeRule[] {
  const hint: Hint = ({ spec: { shape } }, { before, after }) => {
    const node = after as Node;
    if (enforced !== undefined && !enforced.matches(node.metadata.name, node.metadata.labels)) return false;
    try {
      return fits(shape, node) && (before === undefined || !fits(shape, before as Node));
    } catch (error) {
      if (error instanceof InputError) return true;
      throw error;
    }
  };
  return [{ resource: 'Node', actions: ADD | UPDATE_NODE_LABEL, hint }];
}

/** The nodes that the terms name by `metadata.name`; undefined if any term leaves the name open. */
function namedNodes(shape: PodShape): ReadonlySet<string> | undefined {
  const terms = shape.spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms;
  if (terms === undefined || terms === null || terms.length === 0) return undefined;
  const named = new Set<string>();
  for (const { matchFields } of terms) {
    let names: readonly string[] | undefined;
    for (const { key, operator, values = [] } of matchFields ?? []) {
      if (key !== 'metadata.name' || operator !== 'In') continue;
      names = names === undefined ? values : names.filter((name) => values.includes(name));
    }
    if (names === undefined) return undefined;
    for (const name of names) named.add(name);
  }
  return named;
}

/** nodeSelector, required and preferred node affinity, and what is added for all pods (plugins/nodeaffinity). */
export function nodeAffinity(table: NodeTable, added: NodeAffinityManifest | undefined): Plugin {
  const addedRequired = added?.requiredDuringSchedulingIgnoredDuringExecution ?? undefined;
  const addedPreferred = added?.preferredDuringSchedulingIgnoredDuringExecution;
  const enforced = addedRequired === undefined ? undefined : new NodeSelector(addedRequired.nodeSelectorTerms ?? []);
  const favoured = addedPreferred === undefined ? [] : preferredTerms(addedPreferred);

  function rejection(shape: PodShape, node: number): Rejection | undefined {
    const object = table.nodes[node]!;
    if (enforced !== undefined && !enforced.matches(object.metadata.name, object.metadata.labels)) return ENFORCED;
    return suits(shape, object) ? undefined : REJECTION;
  }

  return {
    name: NAME,
    reach: 'node',
    wakes: wakes(enforced),
    filter({ kind: { shape } }: PendingPod): PodFilter | undefined {
      const required = shape.spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution;
      const unrestricted = shape.nodeSelector === undefined && (required === undefined || required === null);
      if (unrestricted && enforced === undefined) return undefined;
      const check: PodFilter['check'] = (node) => rejection(shape, node);
      const only = namedNodes(shape);
      if (only === undefined) return { check };
      return only.size === 0 ? { rejects: CONFLICT, check } : { only, check };
    },
    score({ kind: { shape } }: PendingPod): PodScore | undefined {
      const preferred = shape.spec.affinity?.nodeAffinity?.preferredDuringSchedulingIgnoredDuringExecution;
      if ((preferred === undefined || preferred === null) && addedPreferred === undefined) return undefined;
      const terms = [...favoured, ...shape.preferredNodeAffinity];
      return {
        score(node: number): number {
          const { name, labels } = table.nodes[node]!.metadata;
          let sum = 0;
          for (const { weight, term } of terms) if (term.matches(name, labels)) sum += weight;
          return sum;
        },
        normalize: normalizeByMax,
      };
    },
  };
}
