import type { Distribution } from './distribution.js';

/** Always the same value; draws nothing. */
export class Constant implements Distribution {
  readonly mean: number;
  readonly text: string;
  readonly isConstant: boolean;

  constructor(value: number, text: string = String(value)) {
    this.mean = value;
    this.text = text;
    this.isConstant = true;
  }

  sample(): number {
    return this.mean;
  }
}
