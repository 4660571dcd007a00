import type { Particles } from './particles.js';
import { type Cell, HUB_RADIUS, type Spoke, type WheelLayout } from './wheel-layout.js';
import { DOINGS, ENDING, RUNNING, STARTING, type WheelState } from './wheel-state.js';

/** Colours of pods by what they do, on the dark stage. */
export const POD_COLORS = ['#f0b64c', '#2fbf94', '#c58be0'] as const;
export const PENDING_COLOR = '#8fd0f5';
const NODE_COLORS: Readonly<Record<string, string>> = {
  ready: '#1d2430',
  cordoned: '#3a3320',
  'not ready': '#6b4a12',
  unknown: '#7a1f16',
  gone: '#0b0e13',
};
/** Pending pods drawn one by one around the hub. */
const PENDING_SHOWN = 600;
const GOLDEN_ANGLE = 2.399963229728653;
const TURN = 2 * Math.PI;

/** What is chosen, to be drawn brighter. */
export interface Chosen {
  readonly spoke?: Spoke | undefined;
  readonly node?: number | undefined;
}

/** Draws the wheel at one moment. */
export class WheelPainter {
  private readonly layout: WheelLayout;
  private readonly state: WheelState;
  /** Pods that fill a cell. */
  private readonly fullest: number;

  constructor(layout: WheelLayout, state: WheelState, fullest: number) {
    this.layout = layout;
    this.state = state;
    this.fullest = Math.max(1, fullest);
  }

  draw(context: CanvasRenderingContext2D, size: number, sample: number, particles: Particles, chosen: Chosen): void {
    const scale = size / 2;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.fillStyle = '#0b0e13';
    context.fillRect(0, 0, size, size);
    context.translate(scale, scale);
    this.cells(context, scale, chosen.node);
    this.spokes(context, scale, sample, chosen.spoke);
    particles.draw(context, scale);
    this.pending(context, scale);
    this.hub(context, scale);
  }

  /** All arcs of one colour are one path: a thousand nodes cost a handful of fills. */
  private cells(context: CanvasRenderingContext2D, scale: number, chosen: number | undefined): void {
    const { cells } = this.layout;
    for (const [state, color] of Object.entries(NODE_COLORS)) {
      context.beginPath();
      for (let node = 0; node < cells.length; node++)
        if (this.state.nodeState[node] === state) arc(context, cells[node]!, scale, 0, 1);
      context.fillStyle = color;
      context.fill();
    }
    for (const doing of [RUNNING, STARTING, ENDING]) {
      context.beginPath();
      for (let node = 0; node < cells.length; node++) {
        const count = this.state.perNode[DOINGS * node + doing]!;
        if (count > 0) arc(context, cells[node]!, scale, this.below(node, doing), count / this.fullest);
      }
      context.fillStyle = POD_COLORS[doing]!;
      context.fill();
    }
    if (chosen === undefined || cells[chosen] === undefined) return;
    context.beginPath();
    arc(context, cells[chosen], scale, 0, 1);
    context.strokeStyle = '#ffffff';
    context.lineWidth = 2;
    context.stroke();
  }

  /** Where the pods of a doing begin in a cell: running ones lie innermost, then those that start, then those that end. */
  private below(node: number, doing: number): number {
    const at = DOINGS * node;
    if (doing === RUNNING) return 0;
    const running = this.state.perNode[at + RUNNING]!;
    return (doing === STARTING ? running : running + this.state.perNode[at + STARTING]!) / this.fullest;
  }

  private spokes(context: CanvasRenderingContext2D, scale: number, sample: number, chosen: Spoke | undefined): void {
    context.font = `${Math.max(10, scale * 0.03)}px system-ui, sans-serif`;
    context.textAlign = 'center';
    for (const spoke of this.layout.spokes) {
      if (spoke.rim) continue;
      const rate = (spoke.requests[sample] ?? 0) + (spoke.watchEvents[sample] ?? 0);
      const heat = Math.min(1, Math.sqrt(rate) / 30);
      context.strokeStyle = `rgba(120, 150, 190, ${0.15 + 0.6 * heat})`;
      context.lineWidth = 1 + heat * scale * 0.012;
      context.beginPath();
      context.moveTo(0, 0);
      context.lineTo(spoke.x * scale, spoke.y * scale);
      context.stroke();
      context.beginPath();
      context.arc(spoke.x * scale, spoke.y * scale, scale * (0.022 + 0.012 * heat), 0, TURN);
      context.fillStyle = spoke === chosen ? '#ffffff' : heat > 0 ? '#9fc3ea' : '#3d4a5c';
      context.fill();
      context.fillStyle = '#c9d3df';
      context.fillText(
        shortName(spoke.name),
        spoke.x * scale,
        spoke.y * scale + scale * (spoke.y > 0 ? 0.075 : -0.045),
      );
    }
  }

  private pending(context: CanvasRenderingContext2D, scale: number): void {
    const shown = Math.min(PENDING_SHOWN, this.state.pending);
    context.beginPath();
    for (let pod = 0; pod < shown; pod++) {
      const radius = scale * (HUB_RADIUS + 0.012 + 0.0075 * Math.sqrt(pod));
      const [x, y] = [radius * Math.cos(pod * GOLDEN_ANGLE), radius * Math.sin(pod * GOLDEN_ANGLE)];
      context.moveTo(x, y);
      context.arc(x, y, Math.max(1, scale * 0.0045), 0, TURN);
    }
    context.fillStyle = PENDING_COLOR;
    context.fill();
  }

  private hub(context: CanvasRenderingContext2D, scale: number): void {
    context.beginPath();
    context.arc(0, 0, scale * HUB_RADIUS, 0, TURN);
    const glow = context.createRadialGradient(0, 0, 0, 0, 0, scale * HUB_RADIUS);
    glow.addColorStop(0, '#3f8ad8');
    glow.addColorStop(1, '#163a63');
    context.fillStyle = glow;
    context.fill();
    context.fillStyle = '#ffffff';
    context.font = `600 ${Math.max(10, scale * 0.036)}px system-ui, sans-serif`;
    context.fillText('API server', 0, -scale * 0.004);
    context.font = `${Math.max(9, scale * 0.028)}px system-ui, sans-serif`;
    context.fillText('etcd', 0, scale * 0.04);
  }
}

function shortName(name: string): string {
  return name.replace(/^kube-/, '').replace(/-controller$/, '');
}

/** A cell, from a share of its height on, so much of it. */
function arc(context: CanvasRenderingContext2D, cell: Cell, scale: number, from: number, share: number): void {
  const height = cell.outer - cell.inner;
  const inner = cell.inner + height * Math.min(1, from);
  const outer = Math.min(cell.outer, inner + height * share);
  context.moveTo(scale * inner * Math.cos(cell.from), scale * inner * Math.sin(cell.from));
  context.arc(0, 0, scale * outer, cell.from, cell.to);
  context.arc(0, 0, scale * inner, cell.to, cell.from, true);
  context.closePath();
}
