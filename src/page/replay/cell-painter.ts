import type { Cell } from './wheel-layout.js';
import { DOINGS, ENDING, RUNNING, STARTING, type WheelState } from './wheel-state.js';

/** Colours of pods by what they do, on the dark stage. */
export const POD_COLORS = ['#f0b64c', '#2fbf94', '#c58be0'] as const;
export const STAGE_COLOR = '#0b0e13';
const NODE_COLORS: Readonly<Record<string, string>> = {
  ready: '#1d2430',
  cordoned: '#3a3320',
  'not ready': '#6b4a12',
  unknown: '#7a1f16',
  gone: '#0b0e13',
};
/** Where a chord is within so many pixels of its arc, it stands for it: a chord costs a tenth of an arc. */
const FLAT_PIXELS = 0.3;

/**
 * The cells of the rim on a canvas of their own, on which only those are drawn again that have changed: of thousands of
 * nodes a handful does from one frame to the next.
 */
export class CellPainter {
  readonly canvas: HTMLCanvasElement;
  private readonly cells: readonly Cell[];
  private readonly state: WheelState;
  private readonly fullest: number;
  private size: number;

  /** `fullest` pods fill a cell. */
  constructor(cells: readonly Cell[], state: WheelState, fullest: number) {
    this.canvas = document.createElement('canvas');
    this.cells = cells;
    this.state = state;
    this.fullest = Math.max(1, fullest);
    this.size = 0;
  }

  /** Brings the canvas up to the state; it is `size` pixels wide and high. */
  update(size: number): void {
    const context = this.canvas.getContext('2d', { alpha: false })!;
    const changed = this.state.takeTouched();
    if (this.size !== size) {
      this.size = size;
      this.canvas.width = size;
      this.canvas.height = size;
    } else if (changed !== undefined) {
      context.setTransform(1, 0, 0, 1, size / 2, size / 2);
      this.erase(context, changed);
      this.fill(context, changed);
      return;
    }
    context.setTransform(1, 0, 0, 1, size / 2, size / 2);
    context.fillStyle = STAGE_COLOR;
    context.fillRect(-size / 2, -size / 2, size, size);
    this.fill(
      context,
      this.cells.map((_, node) => node),
    );
  }

  /** A frame around one cell. */
  outline(context: CanvasRenderingContext2D, node: number): void {
    const cell = this.cells[node];
    if (cell === undefined) return;
    context.beginPath();
    sector(context, cell, this.size / 2, 0, 1);
    context.strokeStyle = '#ffffff';
    context.lineWidth = 2;
    context.stroke();
  }

  /** With half of the gap around them: an edge must not grow darker each time that it is drawn. */
  private erase(context: CanvasRenderingContext2D, nodes: readonly number[]): void {
    context.beginPath();
    for (const node of nodes) {
      const { from, to, inner, outer, gap } = this.cells[node]!;
      const [side, end] = [gap / 3, (outer - inner) / 30];
      const wider = { from: from - side, to: to + side, inner: inner - end, outer: outer + end, gap };
      sector(context, wider, this.size / 2, 0, 1);
    }
    context.fillStyle = STAGE_COLOR;
    context.fill();
  }

  /** What has one colour is one path. */
  private fill(context: CanvasRenderingContext2D, nodes: readonly number[]): void {
    const scale = this.size / 2;
    for (const [state, color] of Object.entries(NODE_COLORS)) {
      const those = nodes.filter((node) => this.state.nodeState[node] === state);
      if (those.length === 0) continue;
      context.beginPath();
      for (const node of those) sector(context, this.cells[node]!, scale, 0, 1);
      context.fillStyle = color;
      context.fill();
    }
    for (const doing of [RUNNING, STARTING, ENDING]) {
      context.beginPath();
      for (const node of nodes) {
        const count = this.state.perNode[DOINGS * node + doing]!;
        if (count > 0) sector(context, this.cells[node]!, scale, this.below(node, doing), count / this.fullest);
      }
      context.fillStyle = POD_COLORS[doing]!;
      context.fill();
    }
  }

  /** Where the pods of a doing begin in a cell: running ones lie innermost, then those that start, then those that end. */
  private below(node: number, doing: number): number {
    const at = DOINGS * node;
    if (doing === RUNNING) return 0;
    const running = this.state.perNode[at + RUNNING]!;
    return (doing === STARTING ? running : running + this.state.perNode[at + STARTING]!) / this.fullest;
  }
}

/** A cell, from a share of its height on, so much of it. */
function sector(context: CanvasRenderingContext2D, cell: Cell, scale: number, from: number, share: number): void {
  const { from: left, to: right } = cell;
  const height = cell.outer - cell.inner;
  const low = cell.inner + height * Math.min(1, from);
  const inner = scale * low;
  const outer = scale * Math.min(cell.outer, low + height * share);
  const [leftX, leftY, rightX, rightY] = [Math.cos(left), Math.sin(left), Math.cos(right), Math.sin(right)];
  context.moveTo(inner * leftX, inner * leftY);
  if (outer * (1 - Math.cos((right - left) / 2)) < FLAT_PIXELS) {
    context.lineTo(outer * leftX, outer * leftY);
    context.lineTo(outer * rightX, outer * rightY);
    context.lineTo(inner * rightX, inner * rightY);
  } else {
    context.arc(0, 0, outer, left, right);
    context.arc(0, 0, inner, right, left, true);
  }
  context.closePath();
}
