import type { Stream } from './stream.js';

/** Something that can be drawn, in the unit of its parameters. */
export interface Distribution {
  sample(stream: Stream): number;
  /** The expected value; Infinity if there is none. */
  readonly mean: number;
  /** As it is written in a scenario. */
  readonly text: string;
  /** Always the same value: `sample` draws nothing from the stream. */
  readonly isConstant: boolean;
}
