import { CellPainter } from './cell-painter.js';
import { Dot } from './dot.js';
import type { Particles } from './particles.js';
import { HUB_RADIUS, type Spoke, type WheelLayout } from './wheel-layout.js';
import type { WheelState } from './wheel-state.js';

export const PENDING_COLOR = '#8fd0f5';
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
  private readonly cells: CellPainter;
  private readonly pendingDot: Dot;

  /** `fullest` pods fill a cell. */
  constructor(layout: WheelLayout, state: WheelState, fullest: number) {
    this.layout = layout;
    this.state = state;
    this.cells = new CellPainter(layout.cells, state, fullest);
    this.pendingDot = new Dot(PENDING_COLOR, 0);
  }

  draw(context: CanvasRenderingContext2D, size: number, sample: number, particles: Particles, chosen: Chosen): void {
    const scale = size / 2;
    this.cells.update(size);
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.drawImage(this.cells.canvas, 0, 0);
    context.translate(scale, scale);
    if (chosen.node !== undefined) this.cells.outline(context, chosen.node);
    this.spokes(context, scale, sample, chosen.spoke);
    particles.draw(context, scale);
    this.pending(context, scale);
    this.hub(context, scale);
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
    this.pendingDot.prepare(Math.max(1, scale * 0.0045));
    for (let pod = 0; pod < shown; pod++) {
      const radius = scale * (HUB_RADIUS + 0.012 + 0.0075 * Math.sqrt(pod));
      this.pendingDot.stamp(context, radius * Math.cos(pod * GOLDEN_ANGLE), radius * Math.sin(pod * GOLDEN_ANGLE));
    }
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
