import { within } from '../cluster-reader.js';
import { readCondition } from '../live-figures.js';
import type { ManifestFiles } from '../manifest-files.js';
import type { Path, Source } from '../source.js';
import type { Action } from './action.js';
import { Group } from './group.js';
import { readRepetition, renamed } from './repetition.js';
import { AT_CONDITION, type Step } from './step.js';
import { kindOf } from './step-kinds.js';
import { StepReading } from './step-reading.js';
import type { GroupInput, StepInput } from './step-schema.js';

/** Turns the steps of one scenario file into resolved ones; every mistake is an InputError at its place. */
export class StepReader {
  readonly #source: Source;
  readonly #files: ManifestFiles;
  readonly #spokes: readonly string[];

  /** `spokes` are the names of the scenario's own. */
  constructor(source: Source, files: ManifestFiles, spokes: readonly string[]) {
    this.#source = source;
    this.#files = files;
    this.#spokes = spokes;
  }

  /** `path` is where the step stands: `timeline[2]`. */
  read(input: StepInput, path: Path): Step {
    return { ...this.#moment(input, path), place: this.#source.place(path), action: this.#action(input, path) };
  }

  /** A list of steps, in the order of their times. */
  readAll(inputs: readonly StepInput[], path: Path): readonly Step[] {
    let latestNs = 0;
    return inputs.flatMap((input, index) => {
      const step = this.read(input, [...path, index]);
      if (step.atNs >= 0 && step.atNs < latestNs)
        throw this.#source.error(
          [...path, index, 'at'],
          'a step must not be before the one above it',
          'put it further up',
        );
      latestNs = Math.max(latestNs, step.atNs);
      return renamed(step, this.#source, [...path, index]);
    });
  }

  /** When and how often. */
  #moment(input: StepInput, path: Path): Pick<Step, 'atNs' | 'when' | 'repeat'> {
    const repeat = readRepetition(input, this.#source, path);
    const repeated = repeat === undefined ? {} : { repeat };
    if (typeof input.at !== 'object') return { atNs: input.at ?? 0, ...repeated };
    const { when } = input.at;
    const condition = within(this.#source, [...path, 'at', 'when'], () => readCondition(when));
    return { atNs: AT_CONDITION, when: condition, ...repeated };
  }

  #action(input: StepInput, path: Path): Action {
    if ('steps' in input) return new Group(this.readAll((input as GroupInput).steps, [...path, 'steps']));
    const reading = new StepReading(this.#source, path, this.#files, this.#spokes, input.namespace ?? 'default');
    return kindOf(input).read(input, reading);
  }
}
