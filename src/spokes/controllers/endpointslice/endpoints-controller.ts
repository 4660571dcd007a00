import type { Endpoints } from '../../../api/endpoint-slice.js';
import { ENDPOINTS } from '../../../api/kind.js';
import { ObjectMeta } from '../../../api/meta.js';
import { draft } from '../../../api/object.js';
import type { Service } from '../../../api/service.js';
import type { ApiClient } from '../../../client/api-client.js';
import type { Informer } from '../../../client/informer.js';
import { LastWrites } from '../../../client/last-writes.js';
import type { Process } from '../../../client/process.js';
import { type Task, type Wait, work } from '../../../client/task.js';
import { WorkQueue } from '../../../client/work-queue.js';
import { type Addresses, ServiceAddresses } from './service-addresses.js';
import type { Member, ServiceKeeper, ServiceMembers } from './service-members.js';

/** More addresses do not go into one object (maxCapacity). */
const ADDRESSES_MAX = 1000;

export interface EndpointsControllerParts {
  readonly process: Process;
  readonly client: ApiClient;
  readonly services: Informer<Service>;
  readonly endpoints: Informer<Endpoints>;
  readonly members: ServiceMembers;
  /** `--concurrent-endpoint-syncs`. */
  readonly workers: number;
  /** Processor time of one sync, ns. */
  readonly syncNs: number;
}

/**
 * Keeps one Endpoints object for each Service beside its slices, written whole whenever a pod comes or goes
 * (pkg/controller/endpoint): the older API, which every control plane still serves.
 */
export class EndpointsController implements ServiceKeeper {
  private readonly parts: EndpointsControllerParts;
  private readonly queue: WorkQueue;
  private readonly lastWrites: LastWrites;
  /** Services whose object has yet to be deleted. */
  private readonly gone: Map<number, Service>;
  /** By the Service; those that have been synced have some. */
  private readonly addresses: Map<number, ServiceAddresses>;

  constructor(parts: EndpointsControllerParts) {
    this.parts = parts;
    this.queue = new WorkQueue(parts.process, 'endpoint', parts.workers, (id) => this.sync(id));
    this.lastWrites = new LastWrites();
    this.gone = new Map();
    this.addresses = new Map();
    parts.members.addKeeper(this);
  }

  touched(serviceId: number): void {
    this.queue.add(serviceId);
  }

  memberChanged(serviceId: number, member: Member): void {
    this.addresses.get(serviceId)?.put(member);
  }

  memberGone(serviceId: number, podId: number): void {
    this.addresses.get(serviceId)?.remove(podId);
  }

  serviceDeleted(service: Service): void {
    this.addresses.delete(service.id);
    this.gone.set(service.id, service);
    this.queue.add(service.id);
  }

  private *sync(id: number): Task {
    const { services, endpoints, syncNs } = this.parts;
    if (syncNs > 0) yield work(syncNs);
    const service = services.cache.byId(id);
    let done = true;
    if (service === undefined) done = yield* this.remove(id);
    else if (service.spec.selector !== undefined && service.spec.type !== 'ExternalName')
      done = this.lastWrites.seen(id, endpoints.syncedRevision, 0) && (yield* this.reconcile(service));
    if (done) this.queue.forget(id);
    else this.queue.addRateLimited(id);
  }

  private *remove(id: number): Generator<Wait, boolean, void> {
    const service = this.gone.get(id);
    if (service === undefined) return true;
    const call = this.parts.client.deleteNamed(ENDPOINTS, service.metadata.namespace, service.metadata.name);
    yield call;
    if (!call.ok && call.code !== 404) return false;
    this.gone.delete(id);
    this.lastWrites.forget(id);
    return true;
  }

  private *reconcile(service: Service): Generator<Wait, boolean, void> {
    const { client, endpoints } = this.parts;
    const { namespace, name, labels } = service.metadata;
    const current = endpoints.cache.get(namespace, name);
    const wanted = this.addressesOf(service);
    if (current?.spec !== undefined && sameAddresses(current.spec, wanted.addresses)) return true;
    const spec = { ports: wanted.ports, ...wanted.addresses };
    const fresh = draft(ENDPOINTS, ObjectMeta.of({ namespace, name, labels }), spec, undefined);
    const call = current === undefined ? client.create(fresh) : client.update(current.withSpec(spec));
    yield call;
    if (call.ok) this.lastWrites.wrotePod(service.id, call.object!.revision);
    return call.ok || call.reason === 'NamespaceTerminating';
  }

  /** Begun anew for each version of a Service. */
  private addressesOf(service: Service): ServiceAddresses {
    const known = this.addresses.get(service.id);
    if (known?.service === service) return known;
    const addresses = new ServiceAddresses(service, ADDRESSES_MAX);
    for (const member of this.parts.members.of(service.id)) addresses.put(member);
    this.addresses.set(service.id, addresses);
    return addresses;
  }
}

function sameAddresses(a: Addresses, b: Addresses): boolean {
  return same(a.ready, b.ready) && same(a.notReady, b.notReady);
}

function same(a: readonly number[], b: readonly number[]): boolean {
  return a === b || (a.length === b.length && a.every((id, index) => id === b[index]));
}
