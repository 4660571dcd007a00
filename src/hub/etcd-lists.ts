import { type Call, LATEST, type ListRequest } from '../api/call.js';
import type { ApiObject } from '../api/object.js';
import type { EventKind } from '../engine/index.js';
import type { SlicedTasks } from '../engine/sliced-tasks.js';
import type { ApiServerCosts } from './api-server-costs.js';
import type { ApiServerParts } from './api-server-parts.js';
import type { ReadCost } from './cache-reads.js';
import type { KindStats } from './kind-stats.js';
import { answerPage, fetchedFor, inKeyOrder, pageOf, startOf } from './list-pages.js';
import { CONTINUE_EXPIRED, EXPIRED, type Outcome, settle, tooLargeRevision } from './outcome.js';
import { exactRevision } from './selection.js';
import type { Store } from './store.js';

/** What a LIST makes etcd read. */
interface EtcdRead {
  readonly ranges: number;
  readonly objects: number;
  readonly bytes: number;
}

/** Etcd says no. */
const NOTHING: EtcdRead = { ranges: 1, objects: 0, bytes: 0 };

/** The API server that answers. */
export interface ListAnswerer {
  /** Encodes the answer of a row, so many bytes of objects long, with so much other work. */
  encode(slot: number, bytes: number, otherNs: number): void;
  /** Whether the server is dead; the row is forgotten then. */
  outlived(slot: number): boolean;
}

/**
 * Serves LISTs that go to etcd, which cannot select: the API server decodes all that might be meant. A row is begun, read by
 * etcd, and then decoded.
 */
export class EtcdLists {
  private readonly clock: { readonly nowNs: number };
  private readonly parts: ApiServerParts;
  private readonly server: ListAnswerer;
  private readonly costs: ApiServerCosts;
  private readonly store: Store;
  private readonly stats: KindStats;
  private readonly sliced: SlicedTasks;
  private readonly decodedKind: EventKind;
  /** Rows that etcd reads for. */
  private readonly reading: Set<number>;

  constructor(parts: ApiServerParts, server: ListAnswerer, stats: KindStats, sliced: SlicedTasks) {
    const { engine } = parts;
    this.clock = engine;
    this.parts = parts;
    this.server = server;
    this.costs = parts.costs;
    this.store = parts.store;
    this.stats = stats;
    this.sliced = sliced;
    this.reading = new Set();
    this.decodedKind = engine.register('api server: list decoded', (slot) => this.decoded(slot), 'processor');
  }

  /** Whether etcd reads for a row. */
  has(slot: number): boolean {
    return this.reading.has(slot);
  }

  forget(slot: number): void {
    if (this.reading.size > 0) this.reading.delete(slot);
  }

  begin(slot: number, call: Call): void {
    this.reading.add(slot);
    const { ranges, objects, bytes } = this.need(call);
    this.parts.etcd(call.kind).list(slot, ranges, objects, bytes);
  }

  /** Etcd has read what a row wants. */
  decode(slot: number, call: Call): void {
    this.reading.delete(slot);
    this.sliced.run(this.parts.component, this.decodeNs(this.need(call)), this.decodedKind, slot);
  }

  private decoded(slot: number): void {
    if (this.server.outlived(slot)) return;
    const { bytes, otherNs } = this.read(this.parts.calls.get(slot));
    this.server.encode(slot, bytes, otherNs);
  }

  /** What etcd has to read for a call now. */
  private need(call: Call): EtcdRead {
    if (this.refusal(call) !== undefined) return NOTHING;
    const request = call.body as ListRequest;
    const state = this.stateFor(request, call);
    const { ranges, objects } = fetchedFor(state, startOf(request.continuation, state), request);
    return { ranges, objects, bytes: Math.round(objects * this.stats.averageBytesOf(state)) };
  }

  /** Why etcd does not read what a call wants. */
  private refusal({ kind, body }: Call): Outcome | undefined {
    const request = body as ListRequest;
    const { continuation } = request;
    const exact = exactRevision(request);
    const { revision } = this.store;
    const wanted = exact ?? Number(request.resourceVersion);
    if (wanted > revision) return tooLargeRevision(wanted, revision);
    if (exact === undefined || !this.store.compacted(kind)?.hasCompacted(exact, continuation?.takenNs))
      return undefined;
    return continuation === undefined ? EXPIRED : CONTINUE_EXPIRED;
  }

  /** Processor time to decode all that etcd has read, ns. */
  private decodeNs({ objects, bytes }: EtcdRead): number {
    return objects * this.costs.decodeItemNs + Math.round((this.costs.decodeKilobyteNs * bytes) / 1000);
  }

  /** Fills in what etcd has read, as it is now or was when the first page was read; what is left to do is to encode it. */
  private read(call: Call): ReadCost {
    const request = call.body as ListRequest;
    const { continuation } = request;
    const refusal = this.refusal(call);
    if (refusal !== undefined) {
      settle(call, refusal);
      if (refusal === CONTINUE_EXPIRED) call.continuation = { ...continuation!, revision: LATEST };
      return { bytes: 0, otherNs: 0 };
    }
    const state = this.stateFor(request, call);
    const page = pageOf(state, startOf(continuation, state), request);
    answerPage(call, page, state, exactRevision(request) ?? this.store.revision, this.clock.nowNs);
    const { length } = page.items;
    const bytes = Math.round(length * this.stats.averageBytesOf(page.items));
    return { bytes, otherNs: this.costs.listItemNs * length };
  }

  /** Keys matter where there are pages; a whole list is as it comes. */
  private stateFor(request: ListRequest, { kind }: Call): readonly ApiObject[] {
    const { continuation, limit = 0, selects, scans = false } = request;
    const exact = exactRevision(request);
    if (exact !== undefined && continuation !== undefined) return continuation.items;
    const newest = this.store.table(kind).values();
    const history = exact === undefined ? undefined : this.store.backendOf(kind)?.history;
    const all = history?.at(kind, exact!, newest) ?? newest;
    // A namespace is a prefix of the key: nothing outside it is read.
    const read = selects === undefined || scans ? [...all] : [...all].filter(selects);
    return limit > 0 || exact !== undefined ? inKeyOrder(read) : read;
  }
}
