import type { Call } from '../../api/call.js';
import type { Kind } from '../../api/kind.js';
import type { ApiObject } from '../../api/object.js';
import type { Distribution } from '../../random/distribution.js';

export type LoadVerb = 'create' | 'get' | 'list' | 'watch' | 'update' | 'patch' | 'delete';

/** What objects a load makes. */
export interface LoadTemplate {
  readonly kind: Kind;
  /** A draft of the object with that number. */
  copy(index: number): ApiObject;
}

/** What a load generator is told to do. */
export interface LoadOrder {
  /** Of its random streams. */
  readonly name: string;
  /** Concurrent clients, each with one request under way. */
  readonly clients: number;
  readonly verb: LoadVerb;
  readonly kind: Kind;
  /** `binding`, `status`, or `''`. */
  readonly subresource: string;
  /** What to create. */
  readonly template: LoadTemplate | undefined;
  /** What there is to read, bind, change or delete, in turn. */
  readonly targets: readonly ApiObject[];
  /** An object of others that is changed again and again. */
  readonly rival?: { readonly namespace: string; readonly name: string } | undefined;
  /** The one object that is asked for by its name, whether it is there or not. */
  readonly asked?: { readonly namespace: string; readonly name: string } | undefined;
  /** Requests in all; -1 = as many as there is time for. */
  readonly count: number;
  /** How long; -1 = until all requests are through. */
  readonly forNs: number;
  /** How long what was created, or a watch, is there; undefined = for good. */
  readonly lifetime?: Distribution | undefined;
  /** Of LIST: objects in a page (0 = all), and what they are chosen by, `undefined` for all. */
  readonly limit?: number;
  readonly selects?: ((object: ApiObject) => boolean) | undefined;
  /** Of LIST: `''` for the latest, `'0'` for whatever is at hand. */
  readonly resourceVersion: string;
  /** Of LIST: the state at that revision and no other; without one, the state that its first list shows, again and again. */
  readonly exact?: boolean;
}

/** Whether it may read a state of the past, other than the next page of one. */
export function readsPast({ verb, exact = false, limit = 0, resourceVersion }: LoadOrder): boolean {
  return verb === 'list' && (exact || (limit > 0 && Number(resourceVersion) > 0));
}

/** A load that is ready to begin, perhaps more than once. */
export interface Load {
  start(): void;
}

/** Who hears of a load's requests. */
export interface LoadProbe {
  /** A request of a load has been answered. */
  loadAnswered(call: Call, nowNs: number): void;
}
