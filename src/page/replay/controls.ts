import type { PageData } from '../../report/html/page-data.js';
import { clockText } from '../duration-text.js';
import { element } from '../element.js';
import { icon, type Sign } from '../icon.js';
import { palette } from '../palette.js';

const SPEEDS = [0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000];
/** A run is shown in about so many seconds unless the reader says otherwise. */
const SHOW_SECONDS = 20;
const STEPS = 10_000;

/** What the reader can do to the replay. */
export interface ControlTaker {
  toggle(): void;
  step(): void;
  seek(time: number): void;
}

/** Buttons, speed and a scrubber with the curve of running pods beneath it. */
export class Controls {
  readonly root: HTMLElement;
  private readonly play: HTMLButtonElement;
  private readonly clock: HTMLElement;
  private readonly speedSelect: HTMLSelectElement;
  private readonly range: HTMLInputElement;
  private readonly curve: HTMLCanvasElement;
  private readonly data: PageData;
  private shownPlaying: boolean;

  constructor(data: PageData, taker: ControlTaker) {
    this.data = data;
    this.shownPlaying = false;
    const button = (label: string, sign: Sign, act: () => void): HTMLButtonElement => {
      const made = element('button', { type: 'button', class: 'sign', 'aria-label': label, title: label }, icon(sign));
      made.addEventListener('click', act);
      return made;
    };
    const start = button('Back to the start (Home)', 'start', () => taker.seek(0));
    this.play = button('Play or pause (space)', 'play', () => taker.toggle());
    const step = button('One step on (right arrow)', 'step', () => taker.step());
    this.clock = element('output', { class: 'time', 'aria-label': 'Virtual time' });
    this.speedSelect = element('select', { 'aria-label': 'Speed', id: 'speed' });
    const wanted = data.length / SHOW_SECONDS;
    const nearest = SPEEDS.reduce((best, one) => (Math.abs(one - wanted) < Math.abs(best - wanted) ? one : best));
    for (const speed of SPEEDS) {
      const option = element('option', { value: String(speed) }, `${speed}×`);
      option.selected = speed === nearest;
      this.speedSelect.append(option);
    }
    this.range = element('input', { type: 'range', min: '0', max: String(STEPS), value: '0', 'aria-label': 'Time' });
    this.range.addEventListener('input', () => taker.seek((Number(this.range.value) / STEPS) * data.length));
    this.curve = element('canvas', { 'aria-hidden': 'true' });
    const scrub = element('div', { class: 'scrub' }, this.curve, this.range);
    this.root = element('div', { class: 'controls' }, start, this.play, step, this.speedSelect, scrub, this.clock);
  }

  get speed(): number {
    return Number(this.speedSelect.value);
  }

  show(time: number, playing: boolean): void {
    const { length } = this.data;
    this.clock.textContent = clockText(time, length);
    this.range.value = String(Math.round((time / (length || 1)) * STEPS));
    this.range.setAttribute('aria-valuetext', this.clock.textContent);
    if (this.shownPlaying === playing) return;
    this.shownPlaying = playing;
    this.play.replaceChildren(icon(playing ? 'pause' : 'play'));
  }

  /** The curve of running pods, with steps and faults. */
  drawCurve(): void {
    const { counts, marks, length } = this.data;
    const { clientWidth: width, clientHeight: height } = this.curve;
    const ratio = devicePixelRatio || 1;
    this.curve.width = width * ratio;
    this.curve.height = height * ratio;
    const context = this.curve.getContext('2d')!;
    context.scale(ratio, ratio);
    const colors = palette();
    const most = counts.running.reduce((top, count) => Math.max(top, count), 1);
    context.beginPath();
    context.moveTo(0, height);
    counts.running.forEach((count, at) => {
      context.lineTo((at / (counts.running.length - 1)) * width, height - (count / most) * (height - 3));
    });
    context.lineTo(width, height);
    context.globalAlpha = 0.35;
    context.fillStyle = colors.series[2]!;
    context.fill();
    context.globalAlpha = 1;
    for (const { at, fault } of marks) {
      context.fillStyle = fault ? colors.fault : colors.step;
      context.fillRect((at / (length || 1)) * width, 0, 2, height);
    }
  }
}
