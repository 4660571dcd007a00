import fc from 'fast-check';
import { expect, test } from 'vitest';
import { planSlices, type SlicePlan } from '../../../../src/spokes/controllers/endpointslice/slice-plan.js';
import { plainAddresses } from './plain-addresses.js';
import { plainPlan } from './plain-slices.js';
import { MAX_ADDRESSES, MAX_ENDPOINTS, MOVES, ServiceWorld } from './service-world.js';

/** Pods that are skipped are in no order. */
function told({ labels, creates, updates, deletes, skipped }: SlicePlan) {
  return {
    labels,
    creates,
    updates: updates.map(({ slice, spec }) => ({ id: slice.id, spec })),
    deletes: deletes.map(({ id }) => id),
    skipped: skipped.map(({ id }) => id).sort((a, b) => a - b),
  };
}

/** Moves up to the next sync, and how many of its writes succeed. */
const rounds = fc.array(
  fc.record({
    moves: fc.array(fc.tuple(fc.constantFrom(...MOVES), fc.nat(2 ** 20)), { maxLength: 8 }),
    writes: fc.oneof({ weight: 3, arbitrary: fc.constant(99) }, fc.nat(3)),
  }),
  { maxLength: 25 },
);

test('what is kept of a Service says what a look at all its pods and slices says', () => {
  fc.assert(
    fc.property(rounds, (given) => {
      const world = new ServiceWorld();
      for (const { moves, writes } of given) {
        for (const [move, dice] of moves) world.apply(move, dice);
        const { book, service, slices, addresses, zoneOf } = world;
        const pods = Array.from(world.members.values(), ({ pod }) => pod);
        const plan = planSlices(book, MAX_ENDPOINTS);
        const view = { service, pods, slices: [...slices.values()], zoneOf, maxEndpoints: MAX_ENDPOINTS };
        expect(told(plan)).toEqual(told(plainPlan(view)));
        const { ports } = addresses;
        expect({ ports, ...addresses.addresses }).toEqual(plainAddresses(service, pods, MAX_ADDRESSES));
        world.write(plan, writes);
      }
    }),
    { seed: 41, numRuns: 400 },
  );
});
