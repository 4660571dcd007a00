import { firstGroupNodes } from '../cluster/cloud.js';
import { settledNodes } from '../cluster/cluster-nodes.js';
import type { ClusterConfig, NodeSelection } from '../cluster/config.js';
import type { LoadedSpoke } from '../cluster/custom-spokes.js';
import type { NetworkLink } from '../cluster/link-wire.js';
import { within } from './cluster-reader.js';
import { checkLink, readLink, readLinkEnd } from './link-ends.js';
import { checkTerms } from './link-terms.js';
import type { NetworkLinkInput } from './schema-network.js';
import { formatPath, type Path, type Source } from './source.js';
import { Load } from './steps/load.js';
import { type Step, stepsWithin } from './steps/step.js';

/** What a link may be between. */
export interface LinkedParts {
  readonly spokes: readonly LoadedSpoke[];
  /** All of the scenario. */
  readonly steps: readonly Step[];
}

/** The cluster with the links that `cluster.network.links` describes. Throws InputError. */
export function withLinks(
  cluster: ClusterConfig,
  inputs: readonly NetworkLinkInput[] | undefined,
  parts: LinkedParts,
  source: Source,
): ClusterConfig {
  if (inputs === undefined) return cluster;
  const links = inputs.map((input, index) =>
    readNetworkLink(input, cluster, parts, source, ['cluster', 'network', 'links', index]),
  );
  return { ...cluster, network: { ...cluster.network, links } };
}

function readNetworkLink(
  { from, to, delay, bandwidth }: NetworkLinkInput,
  cluster: ClusterConfig,
  parts: LinkedParts,
  source: Source,
  path: Path,
): NetworkLink {
  const names = parts.spokes.map(({ definition }) => definition.name);
  const end = (key: string, named: NetworkLinkInput['from']) =>
    within(source, [...path, key], () => readLinkEnd(named, names, `nodes/${formatPath([...path, key])}`));
  const ends = [end('from', from), end('to', to)] as const;
  const link = within(source, [...path, 'to'], () => readLink(...ends));
  within(source, path, () => checkTerms(link, { delay, bandwidth }));
  const replicasOf = (component: string): number => replicasIn(cluster, parts, component);
  checkLink(link, cluster.wiring.mode === 'mesh', replicasOf, source.place(path));
  if (link.from.at === 'nodes') checkNodes(link.from.nodes, cluster, source, path);
  return { link, delay, bandwidth };
}

function replicasIn(cluster: ClusterConfig, { spokes, steps }: LinkedParts, component: string): number {
  const { apiServer, etcd, scheduler, controllerManager } = cluster;
  const counts: Readonly<Record<string, number>> = {
    'api-server': apiServer.replicas,
    etcd: etcd.members,
    'etcd-events': etcd.eventsSeparately ? etcd.members : 0,
    scheduler: scheduler.replicas,
    'controller-manager': controllerManager.replicas,
    kubectl: 1,
    load: stepsWithin(steps).filter(({ action }) => action instanceof Load).length,
    watchers: cluster.watchers.length,
  };
  const spoke = spokes.find(({ definition }) => definition.name === component);
  return spoke?.definition.replicas ?? counts[component]!;
}

function checkNodes(selection: NodeSelection, { nodes, nodeGroups }: ClusterConfig, source: Source, path: Path): void {
  if (selection.by !== 'name') return;
  const known = new Set([...settledNodes(nodes), ...firstGroupNodes(nodeGroups)].map(({ metadata }) => metadata.name));
  const unknown = selection.names.find((name) => !known.has(name));
  if (unknown !== undefined) throw source.error(path, `there is no node ${unknown}`);
}
