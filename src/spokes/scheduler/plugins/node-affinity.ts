import { InputError } from '../../../api/input-error.js';
import type { Node } from '../../../api/node.js';
import { matchesNode } from '../../../api/node-affinity.js';
import type { PodShape } from '../../../api/pod-shape.js';
import { ADD, UPDATE_NODE_LABEL, type WakeRule } from '../cluster-event.js';
import type { NodeTable } from '../node-table.js';
import { normalizeByMax } from '../normalize.js';
import type { PendingPod, Plugin, PodFilter, PodScore } from '../plugin.js';
import { unresolvable } from '../rejection.js';

const NAME = 'NodeAffinity';
const REJECTION = unresolvable(NAME, "node(s) didn't match Pod's node affinity/selector");
const CONFLICT = unresolvable(NAME, 'pod affinity terms conflict');

/** Whether a node satisfies nodeSelector and required affinity; terms that do not parse match nothing. */
export function suits(shape: PodShape, node: Node): boolean {
  try {
    return matchesNode(shape.nodeSelector, shape.requiredNodeAffinity, node.metadata.name, node.metadata.labels);
  } catch (error) {
    if (error instanceof InputError) return false;
    throw error;
  }
}

const WAKES: readonly WakeRule[] = [
  {
    resource: 'Node',
    actions: ADD | UPDATE_NODE_LABEL,
    hint: ({ spec: { shape } }, { before, after }) =>
      suits(shape, after as Node) && (before === undefined || !suits(shape, before as Node)),
  },
];

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

/** nodeSelector, required and preferred node affinity (plugins/nodeaffinity). */
export function nodeAffinity(table: NodeTable): Plugin {
  return {
    name: NAME,
    reach: 'node',
    wakes: WAKES,
    filter({ kind: { shape } }: PendingPod): PodFilter | undefined {
      const required = shape.spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution;
      if (shape.nodeSelector === undefined && (required === undefined || required === null)) return undefined;
      const check: PodFilter['check'] = (node) => (suits(shape, table.nodes[node]!) ? undefined : REJECTION);
      const only = namedNodes(shape);
      if (only === undefined) return { check };
      return only.size === 0 ? { rejects: CONFLICT, check } : { only, check };
    },
    score({ kind: { shape } }: PendingPod): PodScore | undefined {
      const preferred = shape.spec.affinity?.nodeAffinity?.preferredDuringSchedulingIgnoredDuringExecution;
      if (preferred === undefined || preferred === null) return undefined;
      return {
        score(node: number): number {
          const { name, labels } = table.nodes[node]!.metadata;
          let sum = 0;
          for (const { weight, term } of shape.preferredNodeAffinity) if (term.matches(name, labels)) sum += weight;
          return sum;
        },
        normalize: normalizeByMax,
      };
    },
  };
}
