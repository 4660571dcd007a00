import { rarest, type WantedLabels } from './wanted-labels.js';

/** Things that select by labels, found by the labels of what they may select: of thousands few select the same. */
export class SelectorIndex<T> {
  private readonly byLabel: Map<string, Set<T>>;
  /** Those that ask for no value of any label. */
  private readonly open: Set<T>;
  private readonly filed: Map<T, readonly string[]>;

  constructor() {
    this.byLabel = new Map();
    this.open = new Set();
    this.filed = new Map();
  }

  /** Files a new thing under the condition that has the fewest there already. */
  add(thing: T, wanted: WantedLabels): void {
    const texts = rarest(wanted, (text) => this.byLabel.get(text)?.size ?? 0);
    if (texts === undefined) {
      this.open.add(thing);
      return;
    }
    this.filed.set(thing, texts);
    for (const text of texts) {
      const things = this.byLabel.get(text);
      if (things === undefined) this.byLabel.set(text, new Set([thing]));
      else things.add(thing);
    }
  }

  delete(thing: T): void {
    this.open.delete(thing);
    for (const text of this.filed.get(thing) ?? []) {
      const things = this.byLabel.get(text)!;
      things.delete(thing);
      if (things.size === 0) this.byLabel.delete(text);
    }
    this.filed.delete(thing);
  }

  /** All that select what has these labels, once each, and perhaps others. */
  candidates(texts: readonly string[]): T[] {
    const found = [...this.open];
    for (const text of texts) for (const thing of this.wanting(text)) found.push(thing);
    return found;
  }

  /** Those that are filed under one label. */
  wanting(text: string): Iterable<T> {
    return this.byLabel.get(text) ?? [];
  }
}
