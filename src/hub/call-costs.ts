import type { Call } from '../api/call.js';
import { POD } from '../api/kind.js';
import type { OwnStreams } from '../random/own-streams.js';
import type { ApiServerCosts } from './api-server-costs.js';
import { bodyBytes } from './body-bytes.js';
import { jsonBytes, type ObjectBytes } from './object-bytes.js';
import type { Store } from './store.js';

/** Whose requests need no rules to be allowed. */
export const MASTERS = 'system:masters';

/** What calls cost an API server, in processor nanoseconds: a part each, and a part by the bytes they carry. */
export class CallCosts {
  private readonly costs: ApiServerCosts;
  private readonly streams: OwnStreams;
  private readonly store: Store;
  private readonly bytes: ObjectBytes;

  constructor(costs: ApiServerCosts, streams: OwnStreams, store: Store, bytes: ObjectBytes) {
    this.costs = costs;
    this.streams = streams;
    this.store = store;
    this.bytes = bytes;
  }

  /** A request up to etcd or the watch cache. */
  requestNs(call: Call): number {
    const { authorizeNs, read, write, podWriteNs, decodeKilobyteNs } = this.costs;
    const knownNs = call.caller.user === MASTERS ? 0 : authorizeNs;
    if (!call.mutating) return knownNs + this.streams.draw(read, call.caller);
    // Where bytes cost nothing, nothing is weighed.
    const bytesNs = decodeKilobyteNs === 0 ? 0 : kilobytesNs(decodeKilobyteNs, bodyBytes(call, this.bytes));
    const kindNs = (call.kind === POD ? podWriteNs : 0) + (call.verb === 'patch' ? this.patchNs(call) : 0);
    return knownNs + this.streams.draw(write, call.caller) + kindNs + bytesNs;
  }

  /** The object becomes JSON, or maps of the same fields, is merged with the patch and read back (handlers/patch.go). */
  private patchNs(call: Call): number {
    const { patchNs, encodeKilobyteNs, decodeKilobyteNs } = this.costs;
    const kilobyteNs = encodeKilobyteNs + decodeKilobyteNs;
    const patched = kilobyteNs === 0 ? undefined : this.store.target(call);
    if (patched === undefined) return patchNs;
    const bytes = this.bytes.of(patched);
    const jsonLength = call.kind.json === true ? bytes : jsonBytes(bytes);
    return patchNs + kilobytesNs(kilobyteNs, jsonLength);
  }

  /** An answer that carries so many bytes of objects. */
  answerNs(bytes: number): number {
    return this.costs.answerNs + kilobytesNs(this.costs.encodeKilobyteNs, bytes);
  }
}

function kilobytesNs(kilobyteNs: number, bytes: number): number {
  return Math.round((kilobyteNs * bytes) / 1000);
}
