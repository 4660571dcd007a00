import { NODE } from '../../api/kind.js';
import type { Patch } from '../../api/patch.js';
import type { NodeSelection } from '../../cluster/config.js';
import type { Place } from '../place.js';
import type { Action } from './action.js';
import type { Stage } from './stage.js';
import { nodesText } from './step-keys.js';

/** Somebody changes the objects of nodes. */
export class NodeChange implements Action {
  readonly isOrder: boolean = false;
  private readonly nodes: NodeSelection;
  private readonly change: Patch;

  constructor(nodes: NodeSelection, change: Patch) {
    this.nodes = nodes;
    this.change = change;
  }

  get text(): string {
    return `change ${nodesText(this.nodes)}`;
  }

  perform(stage: Stage, place: Place): void {
    for (const name of stage.names(this.nodes, place)) stage.cluster.user.change(NODE, '', name, this.change);
  }
}
