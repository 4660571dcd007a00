import type { Kind } from '../../api/kind.js';
import type { ApiObject } from '../../api/object.js';

export type LoadVerb = 'create' | 'get' | 'list' | 'update' | 'patch' | 'delete';

/** What a load generator is told to do. */
export interface LoadOrder {
  /** Concurrent clients, each with one request under way. */
  readonly clients: number;
  readonly verb: LoadVerb;
  readonly kind: Kind;
  /** `binding`, `status`, or `''`. */
  readonly subresource: string;
  /** What to create: the requests send copies of it under names of their own. */
  readonly template: ApiObject | undefined;
  /** What there is to read, bind, change or delete, in turn. */
  readonly targets: readonly ApiObject[];
  /** Requests in all; -1 = as many as there is time for. */
  readonly count: number;
  /** How long; -1 = until all requests are through. */
  readonly forNs: number;
  /** Of LIST: `''` for the latest, `'0'` for whatever is at hand. */
  readonly resourceVersion: string;
}
