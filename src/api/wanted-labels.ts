import type { Selector } from './label-selector.js';
import type { Labels } from './labels.js';

/**
 * What a selector asks for, as far as an index can tell: of each condition that names values of a label, the texts of the labels
 * that satisfy it ({@link labelText}). Whatever is selected has one of each; without such a condition it may be anything.
 */
export type WantedLabels = readonly (readonly string[])[];

/** A label of something in a namespace; none of the parts has a space in it. */
export function labelText(namespace: string, key: string, value: string): string {
  return `${namespace} ${key} ${value}`;
}

/** All labels of something in a namespace. */
export function labelTexts(namespace: string, labels: Labels): string[] {
  const texts: string[] = [];
  for (const key in labels) texts.push(labelText(namespace, key, labels[key]!));
  return texts;
}

/** What a selector wants of things in certain namespaces. */
export function wantedLabels(namespaces: readonly string[], { requirements }: Selector): WantedLabels {
  return requirements
    .filter(({ operator }) => operator === '=' || operator === '==' || operator === 'in')
    .map(({ key, values }) =>
      namespaces.flatMap((namespace) => [...new Set(values)].map((value) => labelText(namespace, key, value))),
    );
}

/** What labels want that something must have all of, as the selector of a Service. */
export function wantedOf(namespace: string, selector: Labels): WantedLabels {
  return Object.entries(selector).map(([key, value]) => [labelText(namespace, key, value)]);
}

/** The condition that the fewest satisfy, by how many have a label; undefined if there is none. */
export function rarest(wanted: WantedLabels, countOf: (text: string) => number): readonly string[] | undefined {
  let best: readonly string[] | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const texts of wanted) {
    const count = texts.reduce((sum, text) => sum + countOf(text), 0);
    if (count >= least) continue;
    least = count;
    best = texts;
  }
  return best;
}
