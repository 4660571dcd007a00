import { newColumn, widened } from '../../api/columns.js';

/** How far a kubelet has come with a pod. */
export type PodStage = 'starting' | 'stopping';

const STAGES: Readonly<Record<PodStage, number>> = { starting: 1, stopping: 2 };

/** The stage of every pod by its id, one byte each. */
export class PodStages {
  private stages: Uint8Array;

  constructor() {
    this.stages = newColumn(Uint8Array, 1024);
  }

  /** Moves a pod on to a stage; false when it is there or further already. */
  advance(id: number, stage: PodStage): boolean {
    if (id >= this.stages.length) this.grow(id);
    if (this.stages[id]! >= STAGES[stage]) return false;
    this.stages[id] = STAGES[stage];
    return true;
  }

  forget(id: number): void {
    if (id < this.stages.length) this.stages[id] = 0;
  }

  private grow(id: number): void {
    this.stages = widened(this.stages, Math.max(this.stages.length * 2, id + 1));
  }
}
