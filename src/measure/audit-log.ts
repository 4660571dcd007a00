import type { Call } from '../api/call.js';
import type { Kind } from '../api/kind.js';
import type { ApiObject } from '../api/object.js';

/** Requests kept at most: about 100 MB of memory. */
const ENTRIES_MAX = 500_000;

/** An answered request. Engine times, ns. */
export interface AuditEntry {
  readonly client: string;
  readonly user: string;
  readonly verb: Call['verb'];
  readonly kind: Kind;
  readonly subresource: string;
  readonly namespace: string;
  readonly name: string;
  readonly code: number;
  /** Why it failed; `''` if it did not. */
  readonly reason: string;
  readonly arrivedNs: number;
  readonly answeredNs: number;
  /** The version that it wrote. */
  readonly object: ApiObject | undefined;
}

/** Every request that the API server has answered since time zero, in that order, up to a bound. */
export class AuditLog {
  readonly entries: AuditEntry[];
  /** Requests that found no room. */
  dropped: number;
  private readonly max: number;

  constructor(max: number = ENTRIES_MAX) {
    this.entries = [];
    this.dropped = 0;
    this.max = max;
  }

  answered(call: Call, answeredNs: number): void {
    if (this.entries.length === this.max) {
      this.dropped++;
      return;
    }
    const { caller, user, verb, kind, subresource, namespace, code, reason, arrivedNs, mutating, object } = call;
    this.entries.push({
      client: caller.name,
      user,
      verb,
      kind,
      subresource,
      namespace,
      name: object?.metadata.name ?? call.name,
      code,
      reason,
      arrivedNs,
      answeredNs,
      object: mutating ? object : undefined,
    });
  }
}
