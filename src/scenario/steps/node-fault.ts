import type { NodeSelection } from '../../cluster/config.js';
import type { Place } from '../place.js';
import type { Action } from './action.js';
import type { Stage } from './stage.js';
import { nodesText } from './step-keys.js';

/** What can happen to nodes, as `fault:` names it. */
export type NodeFaultName =
  | 'node-crash'
  | 'node-shutdown'
  | 'node-reboot'
  | 'node-partition'
  | 'node-slow'
  | 'clock'
  | 'kubelet-freeze';

/** How slow, or how wrong. */
interface HowMuch {
  readonly factor?: number;
  readonly skewNs?: number;
}

/** Something happens to nodes, and passes. */
export class NodeFault implements Action {
  readonly isOrder: boolean = false;
  readonly isFault: boolean = true;
  readonly fault: NodeFaultName;
  private readonly nodes: NodeSelection;
  /** -1: it never passes. */
  readonly forNs: number;
  /** Of `node-slow`: how many times longer everything takes. */
  readonly factor: number;
  /** Of `clock`: by how much it is ahead, ns. */
  readonly skewNs: number;

  constructor(fault: NodeFaultName, nodes: NodeSelection, forNs = -1, { factor = 1, skewNs = 0 }: HowMuch = {}) {
    this.fault = fault;
    this.nodes = nodes;
    this.forNs = forNs;
    this.factor = factor;
    this.skewNs = skewNs;
  }

  get text(): string {
    return `${this.fault}: ${nodesText(this.nodes)}`;
  }

  perform(stage: Stage, place: Place): void {
    stage.nodeFaults.begin(this, stage.select(this.nodes, place));
  }
}
