import type { Call } from '../api/call.js';
import { InputError } from '../api/input-error.js';
import type { ApiObject } from '../api/object.js';
import type { Patch } from '../api/patch.js';
import { isStale, type Store } from './store.js';
import { updateProblem } from './update-problem.js';

/** What an update or a patch, not of a subresource, would make of which version. */
export interface ChangePreview {
  readonly before: ApiObject;
  readonly after: ApiObject;
}

/** Undefined for one that is refused for what it is: of nothing that is there, of an old version, or to something invalid. */
export function previewOf(call: Call, store: Store): ChangePreview | undefined {
  const { verb, body } = call;
  const isUpdate = verb === 'update';
  const before = isUpdate ? store.current(body as ApiObject) : store.target(call);
  if (before === undefined || (isUpdate && isStale(body as ApiObject, before))) return undefined;
  const after = isUpdate ? (body as ApiObject) : patched(before, body as Patch);
  return after === undefined || updateProblem(before, after) !== '' ? undefined : { before, after };
}

function patched(before: ApiObject, patch: Patch): ApiObject | undefined {
  try {
    return patch.apply(before);
  } catch (error) {
    if (error instanceof InputError) return undefined;
    throw error;
  }
}
