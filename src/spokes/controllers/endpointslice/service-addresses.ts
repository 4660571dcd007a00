import type { EndpointsSpec } from '../../../api/endpoint-slice.js';
import type { Pod } from '../../../api/pod.js';
import type { Service } from '../../../api/service.js';
import { hasEndpoint } from './endpoint.js';
import { endpointPorts } from './endpoint-ports.js';
import type { Member } from './service-members.js';

/** Pods by identity. */
export type Addresses = Pick<EndpointsSpec, 'ready' | 'notReady'>;

/** Where a pod stands; both lists are in the order in which pods came to the Service. */
interface Entry {
  readonly member: Member;
  readonly list: Member[];
}

/**
 * The addresses that the Endpoints of one version of a Service should have, kept up to date change by change: the
 * original looks through all its pods in every sync.
 */
export class ServiceAddresses {
  readonly service: Service;
  /** More do not go into one object. */
  private readonly maxAddresses: number;
  private readonly ready: Member[];
  private readonly notReady: Member[];
  private readonly entries: Map<number, Entry>;
  /** Undefined since a pod came or went that has room in the object. */
  private known: Addresses | undefined;

  constructor(service: Service, maxAddresses: number) {
    this.service = service;
    this.maxAddresses = maxAddresses;
    this.ready = [];
    this.notReady = [];
    this.entries = new Map();
    this.known = undefined;
  }

  /** The Service has this pod, or another version of it. */
  put(member: Member): void {
    const { id } = member.pod;
    const list = this.listFor(member.pod);
    if (list === this.entries.get(id)?.list) return;
    this.remove(id);
    if (list === undefined) return;
    const index = position(list, member.order);
    list.splice(index, 0, member);
    this.entries.set(id, { member, list });
    if (index < this.maxAddresses) this.known = undefined;
  }

  /** The Service has this pod no more. */
  remove(podId: number): void {
    const entry = this.entries.get(podId);
    if (entry === undefined) return;
    const index = position(entry.list, entry.member.order);
    entry.list.splice(index, 1);
    this.entries.delete(podId);
    if (index < this.maxAddresses) this.known = undefined;
  }

  /** Of the pods that came first, where there are too many. */
  get addresses(): Addresses {
    this.known ??= {
      ready: firstIds(this.ready, this.maxAddresses),
      notReady: firstIds(this.notReady, Math.max(0, this.maxAddresses - this.ready.length)),
    };
    return this.known;
  }

  /** As the first pod has them. */
  get ports(): EndpointsSpec['ports'] {
    const [ready] = this.ready;
    const [notReady] = this.notReady;
    const first = notReady === undefined || (ready !== undefined && ready.order < notReady.order) ? ready : notReady;
    return first === undefined ? [] : endpointPorts(this.service.spec, first.pod.spec.shape);
  }

  private listFor(pod: Pod): Member[] | undefined {
    const { publishNotReadyAddresses } = this.service.spec;
    if (!hasEndpoint(pod) || (pod.metadata.deleting && !publishNotReadyAddresses)) return undefined;
    return pod.status.ready || publishNotReadyAddresses ? this.ready : this.notReady;
  }
}

/** How many of a list came before. */
function position(list: readonly Member[], order: number): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (list[middle]!.order < order) low = middle + 1;
    else high = middle;
  }
  return low;
}

function firstIds(list: readonly Member[], count: number): readonly number[] {
  const ids = list.slice(0, count).map(({ pod }) => pod.id);
  return ids.sort((a, b) => a - b);
}
