import type { Engine, EventKind } from '../engine/index.js';
import type { Streams } from '../random/streams.js';
import type { Condition, Figures } from './condition.js';
import { Group } from './steps/group.js';
import { AT_CONDITION, AT_CONVERGED, type Step, stepsWithin } from './steps/step.js';

/** Steps that share a clock: those of the timeline, or those of one start of a group. */
interface Track {
  readonly steps: readonly Step[];
  readonly originNs: number;
  /** The first step that is not scheduled yet: it waits for convergence or for a condition; their number at the end. */
  next: number;
}

/**
 * Lets the steps of the timeline happen: at their times, when all before them has converged, when a condition has come
 * true, again and again. Steps in the order of the file are numbered through, those of groups in their place.
 */
export class Timeline {
  private readonly engine: Engine;
  private readonly streams: Streams;
  private readonly perform: (step: Step) => void;
  private readonly kind: EventKind;
  private readonly numbers: Map<Step, number>;
  private readonly steps: readonly Step[];
  private readonly tracks: Track[];
  /** Those that have come to a step which waits. */
  private readonly waiting: Track[];
  /** Steps that have a time of their own and are still to come; endless repetitions do not count. */
  private ahead: number;

  constructor(engine: Engine, streams: Streams, steps: readonly Step[], perform: (step: Step) => void) {
    this.engine = engine;
    this.streams = streams;
    this.perform = perform;
    this.kind = engine.register('scenario: step', (number, track, turn) => this.due(number, track, turn), 'timer');
    this.steps = stepsWithin(steps);
    this.numbers = new Map(this.steps.map((step, number) => [step, number]));
    this.tracks = [];
    this.waiting = [];
    this.ahead = 0;
  }

  /** Time zero. */
  start(steps: readonly Step[]): void {
    this.open(steps);
  }

  /** All is quiet: starts what waits for that. False when nothing is to come any more. */
  quiet(): boolean {
    if (this.ahead > 0) return true;
    const track = this.firstWaiting();
    if (track === undefined) return false;
    const step = track.steps[track.next]!;
    if (step.atNs === AT_CONVERGED) this.begin(track);
    return true;
  }

  /** Whether some step waits for a condition over the live figures. */
  get asks(): boolean {
    return this.waiting.some((track) => this.conditionOf(track) !== undefined);
  }

  /** Starts the steps whose conditions have come true. */
  look(figures: Figures): void {
    for (const track of [...this.waiting]) if (this.isMet(this.conditionOf(track), figures)) this.begin(track);
  }

  /** A condition over something that is not there yet has not come true. */
  private isMet(condition: Condition | undefined, figures: Figures): boolean {
    try {
      return condition?.holds(figures) === true;
    } catch {
      return false;
    }
  }

  /** What steps still wait for at the end, a sentence each. */
  unmet(): readonly string[] {
    return this.waiting.flatMap((track) => {
      const condition = this.conditionOf(track);
      return condition === undefined
        ? []
        : [`${track.steps[track.next]!.place.path} never came: ${condition.expression}`];
    });
  }

  private conditionOf({ steps, next }: Track): Condition | undefined {
    const step = steps[next];
    return step?.atNs === AT_CONDITION ? step.when : undefined;
  }

  /** The waiting track whose step comes first in the file. */
  private firstWaiting(): Track | undefined {
    const number = ({ steps, next }: Track): number => this.numbers.get(steps[next]!)!;
    return this.waiting.reduce<Track | undefined>(
      (first, track) => (first === undefined || number(track) < number(first) ? track : first),
      undefined,
    );
  }

  private open(steps: readonly Step[]): void {
    const track = { steps, originNs: this.engine.nowNs, next: 0 };
    this.tracks.push(track);
    this.advance(track);
  }

  /** Schedules the steps up to the next that waits. */
  private advance(track: Track): void {
    const { engine } = this;
    const id = this.tracks.indexOf(track);
    for (; track.next < track.steps.length; track.next++) {
      const step = track.steps[track.next]!;
      if (step.atNs < 0) {
        this.waiting.push(track);
        return;
      }
      const delayNs = Math.max(track.originNs + step.atNs - engine.nowNs, 0);
      // A chore until its time has come, so that it shows whether all was as desired before it.
      engine.scheduleAs(true, delayNs, this.kind, this.numbers.get(step)!, id);
      this.ahead++;
    }
  }

  /** What a track waited for is there. */
  private begin(track: Track): void {
    this.waiting.splice(this.waiting.indexOf(track), 1);
    const step = track.steps[track.next++]!;
    this.engine.scheduleAs(false, 0, this.kind, this.numbers.get(step)!, this.tracks.indexOf(track));
  }

  private due(number: number, trackId: number, turn: number): void {
    const step = this.steps[number]!;
    const track = this.tracks[trackId]!;
    const waited = step.atNs < 0 && turn === 0;
    this.engine.become(false);
    if (!waited && (turn === 0 || comesToAnEnd(step))) this.ahead--;
    this.repeat(step, number, trackId, turn);
    if (step.action instanceof Group) this.open(step.action.steps);
    else this.perform(step);
    if (waited) this.advance(track);
  }

  /** Schedules the next turn of a step that has one. */
  private repeat(step: Step, number: number, trackId: number, turn: number): void {
    const { repeat } = step;
    if (repeat === undefined || turn + 1 === repeat.times) return;
    const delayNs = Math.max(repeat.every.sample(this.streams.stream(`timeline/${number}`)), 1);
    const sinceNs = this.engine.nowNs + delayNs - this.tracks[trackId]!.originNs;
    if (repeat.untilNs >= 0 && sinceNs > repeat.untilNs) return;
    if (comesToAnEnd(step)) this.ahead++;
    this.engine.scheduleAs(true, delayNs, this.kind, number, trackId, turn + 1);
  }
}

/** Whether a step comes to an end by itself: a run that ends when all has converged waits for it. */
function comesToAnEnd({ repeat }: Step): boolean {
  return repeat === undefined || repeat.times >= 0 || repeat.untilNs >= 0;
}
