import type { Call } from '../../../api/call.js';
import type { EndpointSlice, EndpointSliceSpec } from '../../../api/endpoint-slice.js';
import { ENDPOINT_SLICE, SERVICE } from '../../../api/kind.js';
import { ZONE_LABEL } from '../../../api/labels.js';
import { controllerOf, ObjectMeta } from '../../../api/meta.js';
import type { Node } from '../../../api/node.js';
import { draft } from '../../../api/object.js';
import type { Service } from '../../../api/service.js';
import type { ApiClient } from '../../../client/api-client.js';
import type { EventRecorder } from '../../../client/event-recorder.js';
import type { Informer } from '../../../client/informer.js';
import { LastWrites } from '../../../client/last-writes.js';
import type { PodsByNode } from '../../../client/pods-by-node.js';
import type { Process } from '../../../client/process.js';
import { RetryLimiter } from '../../../client/retry-limiter.js';
import { type Task, type Wait, work } from '../../../client/task.js';
import { WorkQueue } from '../../../client/work-queue.js';
import type { Member, ServiceKeeper, ServiceMembers } from './service-members.js';
import { SliceBook } from './slice-book.js';
import { planSlices, type SlicePlan } from './slice-plan.js';

/** `--max-endpoints-per-slice`. */
const ENDPOINTS_MAX = 100;
/** First and longest wait after a failed sync (defaultSyncBackOff, maxSyncBackOff). */
const BACKOFF_NS = 1e9;
const BACKOFF_MAX_NS = 1000e9;
const RETRIES_MAX = 15;

export interface EndpointSliceControllerParts {
  readonly process: Process;
  readonly client: ApiClient;
  /** Posts through the same client, and so draws from the same bucket. */
  readonly events: EventRecorder;
  readonly services: Informer<Service>;
  readonly slices: Informer<EndpointSlice>;
  readonly nodes: Informer<Node>;
  readonly podsByNode: PodsByNode;
  readonly members: ServiceMembers;
  /** `--concurrent-service-endpoint-syncs`. */
  readonly workers: number;
  /** Processor time of one sync, ns. */
  readonly syncNs: number;
}

/** Keeps the slices of each Service equal to the pods behind it (pkg/controller/endpointslice). */
export class EndpointSliceController implements ServiceKeeper {
  private readonly parts: EndpointSliceControllerParts;
  private readonly queue: WorkQueue;
  private readonly lastWrites: LastWrites;
  /** By the Service; those that have been synced have one. */
  private readonly books: Map<number, SliceBook>;

  constructor(parts: EndpointSliceControllerParts) {
    const { process, workers, members, slices, nodes } = parts;
    this.parts = parts;
    const limiter = new RetryLimiter(BACKOFF_NS, BACKOFF_MAX_NS);
    this.queue = new WorkQueue(process, 'endpoint slice', workers, (id) => this.sync(id), limiter);
    this.lastWrites = new LastWrites();
    this.books = new Map();
    members.addKeeper(this);
    slices.addHandler({
      added: (slice) => this.sliceChanged(slice, undefined),
      updated: (previous, slice) => this.sliceChanged(slice, previous),
      deleted: (slice, last) => this.bookOf(last ?? slice)?.removeSlice(slice.id),
    });
    nodes.addHandler({
      // Pods of an unknown node are looked at in every sync.
      added: () => undefined,
      updated: (previous, node) => {
        if (zoneOf(previous) !== zoneOf(node)) this.nodeChanged(node);
      },
      deleted: (node) => this.nodeChanged(node),
    });
  }

  touched(serviceId: number): void {
    this.queue.add(serviceId);
  }

  memberChanged(serviceId: number, member: Member): void {
    this.books.get(serviceId)?.putPod(member);
  }

  memberGone(serviceId: number, podId: number): void {
    this.books.get(serviceId)?.removePod(podId);
  }

  /** Its slices are left to the garbage collector. */
  serviceDeleted({ id }: Service): void {
    this.lastWrites.forget(id);
    this.books.delete(id);
  }

  private sliceChanged(slice: EndpointSlice, previous: EndpointSlice | undefined): void {
    // Who gets another owner is the last of its slices.
    if (previous !== undefined && previous.metadata.ownerReferences !== slice.metadata.ownerReferences)
      this.bookOf(previous)?.removeSlice(slice.id);
    const book = this.bookOf(slice);
    if (slice.metadata.deleting) book?.removeSlice(slice.id);
    else book?.putSlice(slice);
  }

  /** Of the Service that controls a slice. */
  private bookOf({ metadata }: EndpointSlice): SliceBook | undefined {
    const owner = controllerOf(metadata);
    return owner?.kindId === SERVICE.id ? this.books.get(owner.id) : undefined;
  }

  private nodeChanged({ metadata }: Node): void {
    if (this.books.size === 0) return;
    for (const { id } of this.parts.podsByNode.on(metadata.name))
      for (const book of this.books.values()) book.nodeChanged(id);
  }

  private *sync(id: number): Task {
    const { services, slices, syncNs } = this.parts;
    if (syncNs > 0) yield work(syncNs);
    const service = services.cache.byId(id);
    const done =
      service === undefined ||
      service.spec.selector === undefined ||
      service.spec.type === 'ExternalName' ||
      (this.lastWrites.seen(id, slices.syncedRevision, 0) && (yield* this.reconcile(service)));
    if (done || this.queue.retries(id) >= RETRIES_MAX) this.queue.forget(id);
    else this.queue.addRateLimited(id);
  }

  /** Makes the slices show the pods; false where that must be tried again. */
  private *reconcile(service: Service): Generator<Wait, boolean, void> {
    const { events } = this.parts;
    const plan = planSlices(this.book(service), ENDPOINTS_MAX);
    const failure = yield* this.write(service, plan);
    if (failure !== '')
      events.event(service, 'Warning', 'FailedToUpdateEndpointSlices', `Error updating Endpoint Slices: ${failure}`);
    return failure === '' && plan.skipped.length === 0;
  }

  /** Begun anew for each version of a Service. */
  private book(service: Service): SliceBook {
    const known = this.books.get(service.id);
    if (known?.service === service) return known;
    const { slices, nodes, members } = this.parts;
    const book = new SliceBook(service, (name) => zoneOf(nodes.cache.get('', name)));
    for (const slice of slices.cache.ownedBy(SERVICE.id, service.id).values())
      if (!slice.metadata.deleting) book.putSlice(slice);
    for (const member of members.of(service.id)) book.putPod(member);
    this.books.set(service.id, book);
    return book;
  }

  /** The writes one after the other; ends with the first error (reconciler.go finalize). */
  private *write(service: Service, plan: SlicePlan): Generator<Wait, string, void> {
    const { client } = this.parts;
    for (const spec of plan.creates) {
      const call = client.create(newSlice(service, plan, spec));
      yield call;
      if (call.reason === 'NamespaceTerminating') return '';
      if (!this.wrote(service, call)) return call.reason;
    }
    for (const { slice, spec } of plan.updates) {
      const metadata = slice.metadata.with({ labels: plan.labels });
      const call = client.update(slice.withSpec(spec).withMetadata(metadata));
      yield call;
      if (!this.wrote(service, call)) return call.reason;
    }
    for (const slice of plan.deletes) {
      const call = client.delete(slice);
      yield call;
      if (!call.ok && call.code !== 404) return call.reason;
      if (call.ok) this.wrote(service, call);
    }
    return '';
  }

  private wrote({ id }: Service, { ok, object }: Call): boolean {
    if (ok && object !== undefined) this.lastWrites.wrotePod(id, object.revision);
    return ok;
  }
}

/** The API server completes the name. */
function newSlice({ id, metadata }: Service, { labels }: SlicePlan, spec: EndpointSliceSpec): EndpointSlice {
  const owner = { kindId: SERVICE.id, id, name: metadata.name, controller: true, blockOwnerDeletion: true };
  const { namespace, name } = metadata;
  const meta = ObjectMeta.of({ namespace, name: `${name}-`, labels, ownerReferences: [owner] });
  return draft(ENDPOINT_SLICE, meta, spec, undefined);
}

/** `''` for a node without a zone. */
function zoneOf(node: Node | undefined): string | undefined {
  return node === undefined ? undefined : (node.metadata.labels[ZONE_LABEL] ?? '');
}
