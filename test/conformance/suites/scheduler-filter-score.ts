import { defaultPlugins } from '../../../src/spokes/scheduler/default-profile.js';
import type { NodeTable } from '../../../src/spokes/scheduler/node-table.js';
import type { PendingPod, WeightedPlugin } from '../../../src/spokes/scheduler/plugin.js';
import { Profile } from '../../../src/spokes/scheduler/profile.js';
import type { Rejection } from '../../../src/spokes/scheduler/rejection.js';
import { Search } from '../../../src/spokes/scheduler/search.js';
import { type ClusterManifest, listersOf, ObjectBuilder, tableOf } from '../scheduler-cluster.js';
import type { Case, Suite } from '../suite.js';

export const schedulerFilterScore: Suite = { name: 'scheduler-filter-score', answer };
export const schedulerFilterScoreMixed: Suite = { name: 'scheduler-filter-score-mixed', answer };

/** Plugins that hubsim has no objects for; they reject nothing and skip scoring. */
const SKIPPED_VOLUME_PLUGINS = ['VolumeBinding'];

/** What the plugins say of one node, one by one. */
interface NodeAnswer {
  feasible: boolean;
  code?: string;
  reasons?: readonly string[];
  rejectedBy?: string;
  rejections?: Record<string, object>;
  scores?: Record<string, readonly number[]>;
  total?: number;
}

function answer({ input }: Case): unknown {
  const cluster = input as ClusterManifest;
  const builder = new ObjectBuilder();
  const table = tableOf(cluster, builder);
  const pod = builder.pod(cluster.pod);
  const pending: PendingPod = { pod, kind: table.kinds.of(pod) };
  const plugins = defaultPlugins(table, true, listersOf(cluster));
  const nodes = new Map<number, NodeAnswer>();
  const filtered = filterAll(table, plugins, pending, nodes);
  const feasible = Int32Array.from([...nodes].filter(([, node]) => node.feasible).map(([index]) => index));
  const skipped = feasible.length === 0 ? undefined : scoreAll(plugins, pending, feasible, nodes);
  return {
    nodes: Object.fromEntries([...nodes].map(([index, node]) => [table.names[index]!, node])),
    preFilterNodeNames: filtered.only === undefined ? undefined : [...filtered.only].sort(),
    skippedScorePlugins: skipped,
    ...search(table, new Profile('default-scheduler', plugins), pending, feasible, nodes),
    unschedulablePlugins: filtered.rejectors.size === 0 ? undefined : [...filtered.rejectors].sort(),
  };
}

function filterAll(
  table: NodeTable,
  plugins: readonly WeightedPlugin[],
  pending: PendingPod,
  nodes: Map<number, NodeAnswer>,
): { readonly only: ReadonlySet<string> | undefined; readonly rejectors: ReadonlySet<string> } {
  const filters = plugins.flatMap(({ plugin }) => {
    const filter = plugin.filter?.(pending);
    return filter === undefined ? [] : [{ name: plugin.name, filter }];
  });
  const beforehand = filters.find(({ filter }) => filter.rejects !== undefined)?.filter.rejects;
  const restricting = filters.filter(({ filter }) => filter.only !== undefined);
  const only = restricting[0]?.filter.only;
  const restrictors = restricting.map(({ name }) => name);
  const found = new Set(restrictors);
  for (const node of table.order()) {
    const rejections = filters.flatMap(({ filter }) => filter.check(node) ?? []);
    const excluded = only !== undefined && !only.has(table.names[node]!);
    if (beforehand !== undefined) nodes.set(node, rejected(beforehand));
    else if (excluded) nodes.set(node, { ...excludedNode(restrictors), ...each(rejections) });
    else if (rejections.length > 0) nodes.set(node, { ...rejected(rejections[0]!), ...each(rejections) });
    else nodes.set(node, { feasible: true });
    if (beforehand !== undefined) found.add(beforehand.plugin);
    else if (!excluded && rejections.length > 0) found.add(rejections[0]!.plugin);
  }
  return { only, rejectors: found };
}

function rejected({ plugin, code, reasons }: Rejection): NodeAnswer {
  return { feasible: false, code, reasons, rejectedBy: plugin };
}

function excludedNode(by: readonly string[]): NodeAnswer {
  const reasons = [`node(s) didn't satisfy plugin(s) [${by.join(' ')}]`];
  return { feasible: false, code: 'UnschedulableAndUnresolvable', reasons, rejectedBy: '' };
}

function each(rejections: readonly Rejection[]): Partial<NodeAnswer> {
  const byPlugin = rejections.map(({ plugin, code, reasons }) => [plugin, { code, reasons }] as const);
  return byPlugin.length === 0 ? {} : { rejections: Object.fromEntries(byPlugin) };
}

/** Adds the scores of every plugin to the feasible nodes; returns the plugins that did not want to score. */
function scoreAll(
  plugins: readonly WeightedPlugin[],
  pending: PendingPod,
  feasible: Int32Array,
  nodes: Map<number, NodeAnswer>,
): readonly string[] {
  const skipped: string[] = [];
  for (const node of feasible) Object.assign(nodes.get(node)!, { scores: {}, total: 0 });
  for (const { plugin, weight } of plugins) {
    if (plugin.name === 'PodTopologySpread') skipped.push(...SKIPPED_VOLUME_PLUGINS);
    if (plugin.score === undefined) continue;
    const score = plugin.score(pending, feasible, feasible.length);
    if (score === undefined) {
      skipped.push(plugin.name);
      continue;
    }
    const raw = Float64Array.from(feasible, (node) => score.score(node));
    const normalized = raw.slice();
    score.normalize?.(normalized, normalized.length);
    feasible.forEach((node, i) => {
      const answer = nodes.get(node)!;
      answer.scores![plugin.name] = [raw[i]!, normalized[i]!, weight * normalized[i]!];
      answer.total! += weight * normalized[i]!;
    });
  }
  return skipped;
}

/** The winners and the message, as the search finds them that the scheduler really uses. */
function search(
  table: NodeTable,
  profile: Profile,
  pending: PendingPod,
  feasible: Int32Array,
  nodes: Map<number, NodeAnswer>,
): object {
  const best = Math.max(...Array.from(feasible, (node) => nodes.get(node)!.total!));
  const winners = Array.from(feasible).filter((node) => nodes.get(node)!.total === best);
  let draws = 1;
  const chosen = new Set<number>();
  for (let draw = 0; draw < draws; draw++) {
    const ties = {
      below: (n: number): number => {
        draws = n;
        return draw;
      },
    };
    const decision = new Search(table, profile, 100, ties).find(pending);
    if (decision.diagnosis !== undefined) {
      return { message: decision.diagnosis.message };
    }
    chosen.add(decision.node);
  }
  const name = (node: number): string => table.names[node]!;
  // With one feasible node the search does not score at all, so it cannot name others.
  return {
    winners: [...chosen].map(name).sort(),
    plainWinners: agree(winners, chosen) ? undefined : winners.map(name),
  };
}

function agree(winners: readonly number[], chosen: ReadonlySet<number>): boolean {
  return winners.length === chosen.size && winners.every((node) => chosen.has(node));
}
