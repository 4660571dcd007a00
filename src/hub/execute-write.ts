import type { Call, DeleteOptions } from '../api/call.js';
import { InputError } from '../api/input-error.js';
import { ApiObject } from '../api/object.js';
import type { Patch } from '../api/patch.js';
import type { Pod } from '../api/pod.js';
import type { Admission } from './admission.js';
import { deleteCollection } from './delete-collection.js';
import { CONFLICT, invalid, METHOD_NOT_ALLOWED, NO_SPACE, NOT_FOUND, type Outcome, ok, UNFINISHED } from './outcome.js';
import { evict } from './pod-eviction.js';
import { isStale, type Store } from './store.js';

/** Lets a mutating call take effect on the store; `UNFINISHED` if it has more to write. */
export function executeWrite(call: Call, store: Store, admission: Admission, nowNs: number): Outcome {
  const { kind, name, subresource } = call;
  if (store.backendOf(kind)?.full && call.verb !== 'delete') return NO_SPACE;
  switch (call.verb) {
    case 'create':
      if (subresource === 'eviction') return evict(call, store, nowNs);
      if (subresource === 'binding') return store.bind(store.target(call) as Pod | undefined, call.body as Patch);
      return create(call, store, admission, nowNs);
    case 'update':
      if (subresource === 'status') return store.updateStatus(call.body as ApiObject);
      return charged(call, store, admission, nowNs) ?? store.update(call.body as ApiObject);
    case 'patch':
      return charged(call, store, admission, nowNs) ?? patch(call, store);
    case 'delete':
      if (name === '') return deleteCollection(call, store);
      return remove(call, store);
    default:
      return METHOD_NOT_ALLOWED;
  }
}

/** What a read before a write says against it: the object is gone, or is not the version any more that the write was made from. */
export function refusedByRead(call: Call, store: Store): Outcome | undefined {
  const { verb, name, body } = call;
  if (verb === 'create' || name === '') return undefined;
  const current = verb === 'update' ? store.current(body as ApiObject) : store.target(call);
  if (current === undefined) return NOT_FOUND;
  return verb === 'update' && isStale(body as ApiObject, current) ? CONFLICT : undefined;
}

/**
 * Whether a write has to read the object from etcd before: a deletion always does, a patch where no watch cache has it, and
 * any that loses by what the watch cache has, for that may be old; who comes too late so costs no transaction. That a cache which
 * lags has an older version than the writer costs a read, too, of 3 to 8 % of the writes on a full machine; that is left out.
 * (registry/generic/registry/store.go Delete, storage/etcd3/store.go GuaranteedUpdate.)
 */
export function readsFirst(call: Call, store: Store): boolean {
  const { verb, kind, name } = call;
  if (name !== '' && (verb === 'delete' || (verb === 'patch' && !kind.watchCached))) return true;
  return refusedByRead(call, store) !== undefined;
}

/** What an object takes of quotas is written first, one transaction each; a create that fails then has taken it all the same. */
function create(call: Call, store: Store, admission: Admission, nowNs: number): Outcome {
  const object = call.writesDone > 0 ? call.object! : admission.admit(call.body as ApiObject, call.caller);
  if (!(object instanceof ApiObject)) return object;
  const takes = admission.hasQuotas && store.takesObjects(call.namespace);
  const charge = takes ? admission.charge(object, call.writesDone, nowNs) : undefined;
  if (charge === undefined) return store.create(object);
  if (!(charge instanceof ApiObject)) return charge;
  store.updateStatus(charge);
  call.object = object;
  call.writesDone++;
  return UNFINISHED;
}

/** A change that takes more of quotas than the object did writes that first, too; undefined if all has been. */
function charged(call: Call, store: Store, admission: Admission, nowNs: number): Outcome | undefined {
  const charge = admission.chargeChange(call, call.writesDone, nowNs);
  if (!(charge instanceof ApiObject)) return charge;
  store.updateStatus(charge);
  call.writesDone++;
  return UNFINISHED;
}

/** Between the two writes that a pod takes, somebody else may have deleted it; that is as good (registry/store.go Delete). */
function remove(call: Call, store: Store): Outcome {
  const { kind, namespace, name, body } = call;
  const outcome = store.delete(kind, namespace, name, (body as DeleteOptions | undefined) ?? {});
  if (outcome === NOT_FOUND && call.writesDone > 0) return ok(call.object!);
  if (outcome !== UNFINISHED) return outcome;
  call.object = store.get(kind, namespace, name);
  call.writesDone++;
  return UNFINISHED;
}

/** Whether a patch leaves the object valid shows only when it is made (rest.BeforeUpdate: 422 Invalid). */
function patch(call: Call, store: Store): Outcome {
  try {
    return store.patch(store.target(call), call.body as Patch, call.subresource);
  } catch (error) {
    if (error instanceof InputError) return invalid(error.format());
    throw error;
  }
}
