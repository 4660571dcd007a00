import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LabelIndex } from '../../../src/api/label-index.js';
import { compileSelector } from '../../../src/api/label-selector.js';
import type { Labels } from '../../../src/api/labels.js';
import { SelectorIndex } from '../../../src/api/selector-index.js';
import { labelTexts, wantedLabels } from '../../../src/api/wanted-labels.js';
import { anyLabels, anySelector } from './any-selector.js';

const namespace = fc.constantFrom('x', 'y', 'z');
const selecting = fc.record({
  namespaces: fc.uniqueArray(namespace, { minLength: 1, maxLength: 2 }),
  selector: anySelector.map(compileSelector),
});
const labelled = fc.record({ namespace, labels: anyLabels });
type Selecting = typeof selecting extends fc.Arbitrary<infer S> ? S : never;
interface Labelled {
  readonly namespace: string;
  readonly labels: Labels;
}

const some = { maxLength: 30, size: 'max' } as const;
const seed = { seed: 7, numRuns: 500 };

function selects({ namespaces, selector }: Selecting, thing: Labelled): boolean {
  return namespaces.some((namespace) => namespace === thing.namespace) && selector.matches(thing.labels);
}

function wanted({ namespaces, selector }: Selecting) {
  return wantedLabels(namespaces, selector);
}

/** Everything that is to be found is there, and nothing twice. */
function expectCovered<T>(found: readonly T[], sought: readonly T[]): void {
  expect(new Set(found).size).toBe(found.length);
  for (const each of sought) expect(found).toContain(each);
}

describe('what selects and what is selected find each other', () => {
  it('by an index of selectors, some of which go again', () => {
    fc.assert(
      fc.property(fc.array(selecting, some), fc.array(fc.nat(29)), fc.array(labelled, some), (all, gone, things) => {
        const index = new SelectorIndex<Selecting>();
        for (const each of all) index.add(each, wanted(each));
        for (const each of gone) if (all[each] !== undefined) index.delete(all[each]);
        const left = all.filter((_, i) => !gone.includes(i));
        for (const thing of things) {
          const found = index.candidates(labelTexts(thing.namespace, thing.labels));
          expectCovered(
            found,
            left.filter((each) => selects(each, thing)),
          );
          for (const each of found) expect(left).toContain(each);
        }
      }),
      seed,
    );
  });

  it('by an index of labels', () => {
    fc.assert(
      fc.property(fc.array(labelled, some), fc.array(selecting, some), (things, all) => {
        const index = new LabelIndex<Labelled>();
        for (const thing of things)
          for (const text of labelTexts(thing.namespace, thing.labels)) index.add(thing, text);
        for (const each of all)
          expectCovered(
            index.candidates(wanted(each)) ?? things,
            things.filter((thing) => selects(each, thing)),
          );
      }),
      seed,
    );
  });

  it('without a look at those that ask for other values', () => {
    const index = new SelectorIndex<number>();
    const alike = new LabelIndex<number>();
    for (let i = 0; i < 100; i++) {
      const selector = compileSelector({ matchLabels: { group: 'load', name: `n${i}` } });
      index.add(i, wantedLabels(['x'], selector));
      for (const text of labelTexts('x', { group: 'load', name: `n${i}` })) alike.add(i, text);
    }
    expect(index.candidates(labelTexts('x', { group: 'load', name: 'n7' })).length).toBeLessThanOrEqual(2);
    const selector = compileSelector({ matchLabels: { group: 'load', name: 'n7' } });
    expect(alike.candidates(wantedLabels(['x'], selector))).toEqual([7]);
  });
});
