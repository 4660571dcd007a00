import type { Call } from '../api/call.js';
import { POD } from '../api/kind.js';
import { ApiObject } from '../api/object.js';
import type { OwnStreams } from '../random/own-streams.js';
import type { ApiServerCosts } from './api-server-costs.js';
import { jsonBytes, type ObjectBytes } from './object-bytes.js';

/** Whose requests need no rules to be allowed. */
export const MASTERS = 'system:masters';

/** What calls cost an API server, in processor nanoseconds: a part each, and a part by the bytes they carry. */
export class CallCosts {
  private readonly costs: ApiServerCosts;
  private readonly streams: OwnStreams;
  private readonly bytes: ObjectBytes;

  constructor(costs: ApiServerCosts, streams: OwnStreams, bytes: ObjectBytes) {
    this.costs = costs;
    this.streams = streams;
    this.bytes = bytes;
  }

  /** A request up to etcd or the watch cache. */
  requestNs(call: Call): number {
    const { authorizeNs, read, write, podWriteNs, patchNs, decodeKilobyteNs } = this.costs;
    const stream = this.streams.of(call.caller);
    const knownNs = call.caller.user === MASTERS ? 0 : authorizeNs;
    if (!call.mutating) return knownNs + read.sample(stream);
    const bytes = call.body instanceof ApiObject ? this.bytes.of(call.body) : 0;
    const bytesNs = kilobytesNs(decodeKilobyteNs, call.asJson ? jsonBytes(bytes) : bytes);
    const kindNs = (call.kind === POD ? podWriteNs : 0) + (call.verb === 'patch' ? patchNs : 0);
    return knownNs + write.sample(stream) + kindNs + bytesNs;
  }

  /** An answer that carries so many bytes of objects. */
  answerNs(bytes: number): number {
    return this.costs.answerNs + kilobytesNs(this.costs.encodeKilobyteNs, bytes);
  }
}

function kilobytesNs(kilobyteNs: number, bytes: number): number {
  return Math.round((kilobyteNs * bytes) / 1000);
}
