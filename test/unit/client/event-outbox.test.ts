import { expect, test } from 'vitest';
import { CONFIG_MAP } from '../../../src/api/kind.js';
import { ObjectMeta } from '../../../src/api/meta.js';
import { ApiObject } from '../../../src/api/object.js';
import { EventOutbox } from '../../../src/client/event-outbox.js';

const ABOUT = { kind: CONFIG_MAP, id: 7, metadata: ObjectMeta.of({ namespace: 'default', name: 'web' }) };

/** Takes all there is: for each event whether it is a new one. */
function takeAll(outbox: EventOutbox): boolean[] {
  const news: boolean[] = [];
  for (let next = outbox.take(0); next !== undefined; next = outbox.take(0)) news.push(next instanceof ApiObject);
  return news;
}

test('an object that is gone is remembered until all that was recorded of it has been taken, and not longer', () => {
  const outbox = new EventOutbox('kubelet', 'node-1');
  const record = (): void => outbox.add(ABOUT, 'Normal', 'Started', 'Container started');
  record();
  expect(takeAll(outbox)).toEqual([true]);
  record();
  record();
  outbox.forget(CONFIG_MAP, 7);
  expect(takeAll(outbox)).toEqual([false, false]);
  record();
  expect(takeAll(outbox)).toEqual([true]);
  outbox.forget(CONFIG_MAP, 7);
  record();
  expect(takeAll(outbox)).toEqual([true]);
});
