import type { Call } from '../api/call.js';
import { ApiObject } from '../api/object.js';
import type { Patch } from '../api/patch.js';
import { jsonBytes, type ObjectBytes } from './object-bytes.js';

/** A patch that says nothing else: an identity, a time, and a field or a condition. */
const SMALL_PATCH = 200;

/** How long the body of a request is; patches are JSON, whatever their client's objects are. */
export function bodyBytes({ verb, body, asJson }: Call, bytes: ObjectBytes): number {
  if (verb === 'patch') return (body as Patch).bytes ?? SMALL_PATCH;
  if (!(body instanceof ApiObject)) return 0;
  return asJson ? jsonBytes(bytes.of(body)) : bytes.of(body);
}
