import type { Call, DeleteOptions } from '../api/call.js';
import { type Outcome, ok, UNFINISHED } from './outcome.js';
import type { Store } from './store.js';

/**
 * DELETE of all objects of a kind in a namespace (registry/store.go DeleteCollection): one after the other, as
 * `--delete-collection-workers=1` does, each in transactions of its own. `UNFINISHED` until the last has been deleted.
 */
export function deleteCollection(call: Call, store: Store): Outcome {
  const { kind, namespace, body } = call;
  if (call.writesDone === 0)
    call.items = [...store.table(kind).values()].filter(({ metadata }) => metadata.namespace === namespace);
  const items = call.items ?? [];
  const next = items[call.writesDone];
  if (next === undefined) return { code: 200, reason: '', object: undefined };
  const outcome = store.delete(kind, namespace, next.metadata.name, body as DeleteOptions);
  if (outcome === UNFINISHED) return UNFINISHED;
  call.writesDone++;
  const { code } = outcome;
  if (code !== 200 && code !== 404) return { code, reason: 'Conflict', object: undefined };
  return call.writesDone === items.length ? ok(next) : UNFINISHED;
}
