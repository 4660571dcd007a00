import type { PageData } from '../../report/html/page-data.js';
import { digits } from '../duration-text.js';
import { element } from '../element.js';
import { POD_COLORS } from './cell-painter.js';
import { Controls } from './controls.js';
import { Flights } from './flights.js';
import { FLIGHT_COLORS, Particles } from './particles.js';
import { podTable } from './pod-table.js';
import { Story } from './story.js';
import { cellAt, HUB_RADIUS, type Spoke, wheelLayout } from './wheel-layout.js';
import { type Chosen, PENDING_COLOR, WheelPainter } from './wheel-painter.js';
import { ENDING, RUNNING, STARTING, WheelState } from './wheel-state.js';

const STAGE_MAX = 860;
/** So much of the window's height is kept for what stands beneath the stage. */
const BESIDE_STAGE = 200;
const STAGE_LEAST = 320;
/** While it plays, figures change no faster than they can be read. */
const FIGURES_MS = 100;
/** A spoke is clicked within so much of it. */
const NEAR = 0.07;

/** Builds the replay; returns how to recolour it. */
export function replaySection(section: HTMLElement, data: PageData): () => void {
  const replay = new Replay(data);
  section.append(replay.root);
  replay.resize();
  addEventListener('resize', () => replay.resize());
  return () => replay.resize();
}

/** The wheel in motion: time, what is chosen, and the drawing of each frame. */
class Replay {
  readonly root: HTMLElement;
  private readonly data: PageData;
  private readonly canvas: HTMLCanvasElement;
  private readonly now: HTMLElement;
  private readonly controls: Controls;
  private readonly story: Story;
  private readonly layout: ReturnType<typeof wheelLayout>;
  private readonly state: WheelState;
  private readonly painter: WheelPainter;
  private readonly particles: Particles;
  private readonly flights: Flights;
  private chosen: Chosen;
  private time: number;
  private playing: boolean;
  private frameMs: number;
  private figuresMs: number;

  constructor(data: PageData) {
    const table = podTable(data);
    this.data = data;
    this.layout = wheelLayout(data);
    this.state = new WheelState(data, table);
    this.painter = new WheelPainter(this.layout, this.state, this.fullest());
    this.particles = new Particles();
    this.flights = new Flights(this.layout);
    this.canvas = element('canvas', { role: 'img', tabindex: '0', 'aria-label': 'The wheel: hub, spokes and nodes' });
    this.now = element('p', { class: 'legend', id: 'replay-now' });
    this.controls = new Controls(data, this);
    const box = element('aside', { class: 'story', 'aria-live': 'polite' });
    this.story = new Story(box, data, table);
    this.story.nothing();
    this.chosen = {};
    this.time = Math.min(data.length, data.summary.pods.runningAt.p50 ?? 0);
    this.playing = false;
    this.frameMs = 0;
    this.figuresMs = 0;
    const stage = element('div', { class: 'stage' }, this.canvas);
    this.root = element(
      'div',
      { class: 'replay' },
      element('div', {}, stage, this.controls.root, legend(), this.now),
      box,
    );
    this.canvas.addEventListener('click', (event) => this.click(event));
    this.root.addEventListener('keydown', (event) => this.key(event));
  }

  /**
   * What fills a cell: as many pods as most nodes never have more of, found by running through once. The few nodes that
   * have more are full.
   */
  private fullest(): number {
    const { cells } = this.layout;
    const most = new Int32Array(cells.length);
    const { step, running } = this.data.counts;
    for (let at = 0; at < running.length; at += 10) {
      this.state.moveTo(at * step);
      for (let node = 0; node < cells.length; node++) most[node] = Math.max(most[node]!, this.state.podsOn(node));
    }
    return most.sort()[Math.floor(0.95 * most.length)] ?? 1;
  }

  toggle(): void {
    if (!this.playing && this.time >= this.data.length) this.seek(0);
    this.playing = !this.playing;
    this.frameMs = 0;
    if (this.playing) requestAnimationFrame((ms) => this.frame(ms));
    this.draw();
  }

  step(): void {
    this.playing = false;
    const next = Math.min(this.state.nextTime, this.data.length);
    this.seek(next);
  }

  seek(time: number): void {
    this.time = Math.max(0, Math.min(this.data.length, time));
    this.particles.clear();
    this.draw();
  }

  resize(): void {
    const most = Math.max(STAGE_LEAST, Math.min(STAGE_MAX, innerHeight - BESIDE_STAGE));
    const width = Math.min(most, this.root.firstElementChild!.clientWidth);
    const size = Math.round(width * Math.min(2, devicePixelRatio || 1));
    this.canvas.width = size;
    this.canvas.height = size;
    this.canvas.style.maxWidth = `${most}px`;
    this.canvas.style.margin = '0 auto';
    this.controls.drawCurve();
    this.draw();
  }

  private frame(ms: number): void {
    if (!this.playing) return;
    const passed = this.frameMs === 0 ? 0 : Math.min(0.1, (ms - this.frameMs) / 1e3);
    this.frameMs = ms;
    const { speed } = this.controls;
    this.time = Math.min(this.data.length, this.time + passed * speed);
    this.state.moveTo(this.time);
    this.flights.launch(this.particles, this.state, this.sample(), passed, speed);
    this.particles.pass(passed);
    if (this.time >= this.data.length) this.playing = false;
    this.paint();
    if (ms - this.figuresMs >= FIGURES_MS || !this.playing) {
      this.figuresMs = ms;
      this.showFigures();
    }
    requestAnimationFrame((next) => this.frame(next));
  }

  private sample(): number {
    return Math.min(Math.floor(this.time / this.data.series.step), this.data.series.commitRate.length - 1);
  }

  private draw(): void {
    this.state.moveTo(this.time);
    this.paint();
    this.showFigures();
  }

  private paint(): void {
    // Nothing can be drawn on a canvas of no size, as in a window that is being folded away.
    if (this.canvas.width === 0) return;
    const context = this.canvas.getContext('2d', { alpha: false })!;
    this.painter.draw(context, this.canvas.width, this.sample(), this.particles, this.chosen);
    this.controls.show(this.time, this.playing);
  }

  private showFigures(): void {
    const rate = (all: readonly Spoke[], of: 'requests' | 'watchEvents'): string =>
      digits(all.reduce((sum, spoke) => sum + (spoke[of][this.sample()] ?? 0), 0));
    const { totals, pending } = this.state;
    const { spokes } = this.layout;
    const [starting, running, ending] = [STARTING, RUNNING, ENDING].map((doing) => digits(totals[doing]!));
    const pods = `${digits(pending)} pending, ${starting} starting, ${running} running, ${ending} ending`;
    this.now.textContent = `${pods} · ${rate(spokes, 'requests')} requests and ${rate(spokes, 'watchEvents')} watch events a second`;
  }

  private click(event: MouseEvent): void {
    const box = this.canvas.getBoundingClientRect();
    const x = ((event.clientX - box.left) / box.width) * 2 - 1;
    const y = ((event.clientY - box.top) / box.height) * 2 - 1;
    const node = cellAt(this.layout.cells, x, y);
    const spoke = this.layout.spokes.find((one) => !one.rim && Math.hypot(one.x - x, one.y - y) < NEAR);
    if (Math.hypot(x, y) <= HUB_RADIUS) {
      this.chosen = {};
      this.story.hub();
    } else if (spoke !== undefined) {
      this.chosen = { spoke };
      this.story.spoke(spoke);
    } else if (node >= 0) {
      this.chosen = { node };
      this.story.node(node, this.time);
    }
    this.draw();
  }

  private key(event: KeyboardEvent): void {
    if (event.target instanceof HTMLInputElement || event.target instanceof HTMLSelectElement) return;
    const act = {
      ' ': () => this.toggle(),
      ArrowRight: () => this.step(),
      ArrowLeft: () => this.seek(this.time - this.data.length / 100),
      Home: () => this.seek(0),
      End: () => this.seek(this.data.length),
    }[event.key];
    if (act === undefined || (event.key === ' ' && event.target instanceof HTMLButtonElement)) return;
    event.preventDefault();
    act();
  }
}

function legend(): HTMLElement {
  const entries: [string, string][] = [
    [FLIGHT_COLORS[0], 'requests'],
    [FLIGHT_COLORS[1], 'watch events'],
    [FLIGHT_COLORS[2], 'bindings'],
    [PENDING_COLOR, 'pending pods'],
    [POD_COLORS[STARTING]!, 'starting'],
    [POD_COLORS[RUNNING]!, 'running'],
    [POD_COLORS[ENDING]!, 'ending'],
    ['#7a1f16', 'node unknown'],
  ];
  const entry = ([color, text]: [string, string]): HTMLElement =>
    element('span', {}, element('i', { class: 'dot', style: `background:${color}` }), text);
  return element('div', { class: 'legend' }, ...entries.map(entry));
}
