import { InputError } from '../../api/input-error.js';
import type { KindRegistry } from '../../api/kind-registry.js';
import type { PodShapes } from '../../api/pod-shapes.js';
import type { Cluster } from '../../cluster/cluster.js';
import type { NodeSelection } from '../../cluster/config.js';
import type { Engine } from '../../engine/index.js';
import type { Load as RunningLoad } from '../../spokes/load/load-order.js';
import type { Place } from '../place.js';
import type { Action } from './action.js';
import { NodeFaults } from './node-faults.js';
import { type Step, stepsWithin } from './step.js';
import { nodesText } from './step-keys.js';

/** Where the steps of `before` and of the timeline are done: the cluster of one run, and what they have left there. */
export class Stage {
  readonly cluster: Cluster;
  readonly shapes: PodShapes;
  readonly kinds: KindRegistry;
  readonly nodeFaults: NodeFaults;
  /** Those that are ready to begin. */
  readonly loads: Map<Action, RunningLoad>;

  constructor(engine: Engine, cluster: Cluster, shapes: PodShapes, kinds: KindRegistry) {
    this.cluster = cluster;
    this.shapes = shapes;
    this.kinds = kinds;
    this.nodeFaults = new NodeFaults(engine, cluster.machines);
    this.loads = new Map();
  }

  /** Ends of faults that are still to come. */
  get endsAhead(): number {
    const { faults, partitions, links } = this.cluster;
    return this.nodeFaults.endsAhead + faults.endsAhead + partitions.endsAhead + links.endsAhead;
  }

  /** Makes what the steps need, before time zero. Throws InputError for one that cannot be. */
  prepare(steps: readonly Step[]): void {
    for (const { action, place } of stepsWithin(steps)) action.prepare?.(this, place);
  }

  /** Throws InputError for a step that names what there is not. */
  perform({ action, place }: Step): void {
    action.perform(this, place);
  }

  /** Names of the nodes. Throws InputError for one that there is not. */
  names(selection: NodeSelection, place: Place): string[] {
    return this.select(selection, place).map((node) => this.cluster.machines.fleet.names[node]!);
  }

  /** Numbers of the nodes. Throws InputError for one that there is not. */
  select(selection: NodeSelection, place: Place): number[] {
    const nodes = this.cluster.machines.select(selection);
    // Nodes that the autoscaler orders may come yet.
    if (nodes.length === 0 && selection.by !== 'all' && !this.cluster.growsNodes)
      throw new InputError(`there is no such node: ${nodesText(selection)}`, {
        ...place,
        remedy: 'write a zone or labels that nodes of the cluster have',
      });
    const unknown = nodes.indexOf(-1);
    if (unknown < 0 || selection.by !== 'name') return nodes;
    const { names } = this.cluster.machines.fleet;
    throw new InputError(`there is no node ${selection.names[unknown]}`, {
      ...place,
      remedy: `the ${names.length} nodes are ${names.slice(0, 3).join(', ')}${names.length > 3 ? ', …' : ''}`,
    });
  }
}
