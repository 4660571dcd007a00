import fc from 'fast-check';
import { expect, test } from 'vitest';
import { EventCorrelator, SimilarEvents } from '../../../src/client/event-correlator.js';
import { PlainCorrelator } from './plain-correlator.js';

const step = fc.record({
  object: fc.nat(8),
  reason: fc.constantFrom('Pulled', 'Created', 'Started'),
  afterNs: fc.nat(400e9),
  forget: fc.boolean(),
});

/** What both say of an event; they must agree. */
function both(plain: PlainCorrelator, lists: EventCorrelator, object: number, reason: string, nowNs: number): void {
  lists.correlate(object, new SimilarEvents('Normal', reason, 'so it is'), nowNs);
  expect(lists.seen).toBe(plain.seen(object, reason, nowNs));
}

test('the event correlator counts, drops and forgets as one that keeps its objects in a map', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
      const plain = new PlainCorrelator();
      const lists = new EventCorrelator();
      let nowNs = 0;
      for (const { object, reason, afterNs, forget } of steps) {
        nowNs += afterNs;
        both(plain, lists, object, reason, nowNs);
        if (!forget) continue;
        plain.forget(object);
        lists.forget(object);
      }
    }),
    { seed: 1, numRuns: 300 },
  );
});

test('it forgets the object that it has not heard of for longest, once there are more than 4,096', () => {
  const plain = new PlainCorrelator();
  const lists = new EventCorrelator();
  for (let object = 0; object < 4096; object++) both(plain, lists, object, 'Started', object);
  for (const object of [7, 5000, 0, 1, 5001, 7, 2, 3]) both(plain, lists, object, 'Started', 1e9);
});
