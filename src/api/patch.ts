import type { ApiObject } from './object.js';

/**
 * A change that the server applies to the current version, as a PATCH without resourceVersion does: it never
 * conflicts. Returning the version it was given means "nothing to change".
 */
export interface Patch {
  /** Length of its JSON text. @default 200: an identity, a time, and a field or a condition */
  readonly bytes?: number | undefined;
  apply(current: ApiObject): ApiObject;
}
