// A restaurant as a control plane. The waiter is the hub: he alone writes on the board, and he calls out what changes there.
// The cooks are spokes. They know the board and never talk to each other.
import { defineSpoke, type SpokeDefinition } from 'hubsim';
import { Order, Plate, platesOf } from './menu.js';

export { Order, Plate };

/** Cooks what an order wants and the counter does not have, one plate at a time, and keeps count on the order. */
export const cook1: SpokeDefinition = defineSpoke({
  name: 'cook-1',
  watches: [Order, { kind: Plate, enqueue: 'owner' }],
  *reconcile(key, client) {
    const order = client.cached(Order, key);
    if (order === undefined) return;
    const there = client.cachedOwnedBy(Plate, order);
    const missing = platesOf(order).find(({ metadata }) =>
      there.every((plate) => plate.metadata.name !== metadata.name),
    );
    const garnished = there.filter(({ status }) => status?.garnished).length;
    const phase = missing !== undefined ? 'cooking' : garnished < order.spec.count ? 'cooked' : 'garnished';
    yield client.patchStatus(Order, key, { phase, cooked: there.length, garnished });
    if (missing === undefined) return;
    // What a cook has heard is always a little old. Before eight minutes of work it is worth asking the waiter.
    const name = missing.metadata.name ?? '';
    if ((yield* client.get(Plate, { ...key, name })) !== undefined) return;
    yield client.sleep('8m');
    yield client.create(missing);
  },
});

/** Garnishes every plate that is not. */
export const cook2: SpokeDefinition = defineSpoke({
  name: 'cook-2',
  watches: [Plate],
  *reconcile(key, client) {
    const plate = client.cached(Plate, key);
    if (plate === undefined || plate.status?.garnished) return;
    yield client.sleep('2m');
    yield client.patchStatus(Plate, key, { garnished: true });
  },
});
