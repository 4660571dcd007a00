/** How two neighbouring samples become one when the interval doubles. */
export type Merge = 'sum' | 'most';

/** One measured quantity, sample by sample. */
export class SampleColumn {
  readonly values: number[];
  private readonly merge: Merge;
  /** The first half of the sample under way, after the interval has doubled in its midst. */
  private half: number;

  /** `before` samples were taken without it: it was 0. */
  constructor(merge: Merge, before: number) {
    this.merge = merge;
    this.values = new Array<number>(before).fill(0);
    this.half = 0;
  }

  push(value: number): void {
    this.values.push(this.joined(this.half, value));
    this.half = 0;
  }

  /** Makes one sample of every two. */
  halve(): void {
    const { values } = this;
    if (values.length % 2 === 1) this.half = this.joined(values.pop()!, this.half);
    for (let at = 0; at < values.length; at += 2) values[at / 2] = this.joined(values[at]!, values[at + 1]!);
    values.length /= 2;
  }

  private joined(first: number, second: number): number {
    return this.merge === 'sum' ? first + second : Math.max(first, second);
  }
}
