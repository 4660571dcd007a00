import type { Distribution } from './distribution.js';

/** Always the same value; draws nothing. */
export class Constant implements Distribution {
  readonly mean: number;
  readonly text: string;
  readonly isConstant: boolean;

  constructor(value: number, text: string = String(value)) {
    if (!(value >= 0)) throw new Error(`a constant must not be negative, not ${value}`);
    this.mean = value;
    this.text = text;
    this.isConstant = true;
  }

  sample(): number {
    return this.mean;
  }
}
