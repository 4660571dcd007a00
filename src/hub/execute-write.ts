import type { Call, DeleteOptions } from '../api/call.js';
import { InputError } from '../api/input-error.js';
import { ApiObject } from '../api/object.js';
import type { Patch } from '../api/patch.js';
import type { Admission } from './admission.js';
import { deleteCollection } from './delete-collection.js';
import { invalid, METHOD_NOT_ALLOWED, NO_SPACE, type Outcome, UNFINISHED } from './outcome.js';
import { evict } from './pod-eviction.js';
import type { Store } from './store.js';

/** Lets a mutating call take effect on the store; `UNFINISHED` if it has more to write. */
export function executeWrite(call: Call, store: Store, admission: Admission, nowNs: number): Outcome {
  const { kind, namespace, name, subresource } = call;
  if (store.backendOf(kind)?.full && call.verb !== 'delete') return NO_SPACE;
  switch (call.verb) {
    case 'create':
      if (subresource === 'eviction') return evict(call, store, nowNs);
      if (subresource === 'binding') return store.bind(namespace, name, call.body as Patch);
      return create(call, store, admission, nowNs);
    case 'update':
      if (subresource === 'status') return store.updateStatus(call.body as ApiObject);
      return store.update(call.body as ApiObject);
    case 'patch':
      return patch(call, store);
    case 'delete':
      if (name === '') return deleteCollection(call, store);
      return store.delete(kind, namespace, name, (call.body as DeleteOptions | undefined) ?? {});
    default:
      return METHOD_NOT_ALLOWED;
  }
}

/** What an object takes of quotas is written first, one transaction each; a create that fails then has taken it all the same. */
function create(call: Call, store: Store, admission: Admission, nowNs: number): Outcome {
  const object = call.writesDone > 0 ? call.object! : admission.admit(call.body as ApiObject, call.caller);
  if (!(object instanceof ApiObject)) return object;
  if (!store.takesObjects(call.namespace)) return store.create(object);
  const charge = admission.charge(object, call.writesDone, nowNs);
  if (charge === undefined) return store.create(object);
  if (!(charge instanceof ApiObject)) return charge;
  store.updateStatus(charge);
  call.object = object;
  call.writesDone++;
  return UNFINISHED;
}

/** Whether a patch leaves the object valid shows only when it is made (rest.BeforeUpdate: 422 Invalid). */
function patch({ kind, namespace, name, subresource, body }: Call, store: Store): Outcome {
  try {
    return store.patch(kind, namespace, name, body as Patch, subresource);
  } catch (error) {
    if (error instanceof InputError) return invalid(error.format());
    throw error;
  }
}
