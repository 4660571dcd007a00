// The same dishes by the recipe alone: every step is done once, in order, and nobody looks whether it worked.
import { defineSpoke, type SpokeDefinition } from 'hubsim';
import { Order, Plate, platesOf } from './menu.js';

export { Order, Plate };

export const recipe: SpokeDefinition = defineSpoke({
  name: 'recipe',
  watches: [Order],
  *reconcile(key, client) {
    const order = client.cached(Order, key);
    if (order === undefined || order.status?.phase !== undefined) return;
    const plates = platesOf(order);
    yield client.patchStatus(Order, key, { phase: 'cooking' });
    for (const plate of plates) {
      yield client.sleep('8m');
      yield client.create(plate);
    }
    yield client.patchStatus(Order, key, { phase: 'cooked', cooked: plates.length });
    let garnished = 0;
    for (const { metadata } of plates) {
      yield client.sleep('2m');
      const plate = yield* client.get(Plate, { ...key, name: metadata.name ?? '' });
      if (plate === undefined) continue; // It lies on the floor. The recipe says nothing of floors.
      yield client.patchStatus(Plate, plate.metadata, { garnished: true });
      garnished++;
    }
    yield client.patchStatus(Order, key, { phase: 'garnished', garnished });
  },
});
