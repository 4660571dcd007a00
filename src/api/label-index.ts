import { rarest, type WantedLabels } from './wanted-labels.js';

/** Things with labels, found by what a selector wants. */
export class LabelIndex<T> {
  private readonly byLabel: Map<string, T[]>;

  constructor() {
    this.byLabel = new Map();
  }

  add(thing: T, text: string): void {
    const things = this.byLabel.get(text);
    if (things === undefined) this.byLabel.set(text, [thing]);
    else things.push(thing);
  }

  /** All that have what is wanted, once each, and perhaps others; undefined if it may be anything. */
  candidates(wanted: WantedLabels): readonly T[] | undefined {
    const texts = rarest(wanted, (text) => this.byLabel.get(text)?.length ?? 0);
    return texts?.flatMap((text) => this.byLabel.get(text) ?? []);
  }
}
