import { type Labels, selects } from '../../../api/labels.js';
import type { Pod } from '../../../api/pod.js';
import { SelectorIndex } from '../../../api/selector-index.js';
import type { Service } from '../../../api/service.js';
import { labelTexts, wantedOf } from '../../../api/wanted-labels.js';
import type { Informer } from '../../../client/informer.js';

/** A pod behind a Service. */
export interface Member {
  /** A pod that came to the Service earlier has a lower number. */
  readonly order: number;
  /** Its newest version. */
  pod: Pod;
}

/** Who keeps something up to date for each Service. */
export interface ServiceKeeper {
  /** The Service, or a pod behind it, is not as it was. */
  touched(serviceId: number): void;
  /** The Service has this pod, or another version of it. */
  memberChanged(serviceId: number, member: Member): void;
  /** The Service has this pod no more. */
  memberGone(serviceId: number, podId: number): void;
  serviceDeleted(service: Service): void;
}

/** A Service that selects pods, and those that it has. */
interface Selection {
  readonly serviceId: number;
  /** One that came later has a higher number. */
  readonly order: number;
  readonly namespace: string;
  readonly selector: Labels;
  readonly members: Map<number, Member>;
}

/**
 * The pods behind each Service, kept up to date change by change (endpointslice/util/controller_utils.go): the
 * original looks through all pods of a namespace in every sync, and through all its Services for every change of a pod.
 */
export class ServiceMembers {
  private readonly pods: Informer<Pod>;
  private readonly keepers: ServiceKeeper[];
  /** By identity of the Service. */
  private readonly selections: Map<number, Selection>;
  private readonly index: SelectorIndex<Selection>;
  private nextOrder: number;

  constructor(services: Informer<Service>, pods: Informer<Pod>) {
    this.pods = pods;
    this.keepers = [];
    this.selections = new Map();
    this.index = new SelectorIndex();
    this.nextOrder = 0;
    services.addHandler({
      added: (service) => this.serviceChanged(service, undefined),
      updated: (previous, service) => this.serviceChanged(service, previous),
      deleted: (service) => this.serviceDeleted(service),
    });
    pods.addHandler({
      added: (pod) => this.podChanged(undefined, pod),
      updated: (previous, pod) => this.podChanged(previous, pod),
      deleted: (pod, last = pod) => this.podDeleted(last),
    });
  }

  addKeeper(keeper: ServiceKeeper): void {
    this.keepers.push(keeper);
  }

  /** In order of their arrival. */
  of(serviceId: number): Iterable<Member> {
    return this.selections.get(serviceId)?.members.values() ?? [];
  }

  private serviceChanged(service: Service, previous: Service | undefined): void {
    const { selector, type } = service.spec;
    if (previous === undefined || !sameLabels(previous.spec.selector, selector)) this.forget(service);
    if (selector !== undefined && type !== 'ExternalName' && !this.selections.has(service.id))
      this.select(service, selector);
    this.touch(service.id);
  }

  private select({ id, metadata: { namespace } }: Service, selector: Labels): void {
    const order = this.nextOrder++;
    const pods = this.pods.cache.inNamespace(namespace, (labels) => selects(selector, labels));
    const members = new Map(pods.map((pod) => [pod.id, { order: this.nextOrder++, pod }]));
    const selection = { serviceId: id, order, namespace, selector, members };
    this.selections.set(id, selection);
    this.index.add(selection, wantedOf(namespace, selector));
  }

  private serviceDeleted(service: Service): void {
    this.forget(service);
    for (const keeper of this.keepers) keeper.serviceDeleted(service);
  }

  private forget({ id }: Service): void {
    const selection = this.selections.get(id);
    if (selection === undefined) return;
    this.selections.delete(id);
    this.index.delete(selection);
  }

  private podChanged(previous: Pod | undefined, pod: Pod): void {
    if (this.selections.size === 0) return;
    const { labels } = pod.metadata;
    const matters = previous === undefined || differs(previous, pod);
    const concerned = this.selecting(pod);
    if (previous !== undefined && previous.metadata.labels !== labels)
      concerned.push(...this.selecting(previous).filter(({ selector }) => !selects(selector, labels)));
    for (const selection of concerned.sort(byOrder)) {
      if (!selects(selection.selector, labels)) {
        this.drop(selection, pod.id);
        continue;
      }
      this.put(selection, pod);
      if (matters) this.touch(selection.serviceId);
    }
  }

  private podDeleted(pod: Pod): void {
    if (this.selections.size === 0) return;
    for (const selection of this.selecting(pod).sort(byOrder)) this.drop(selection, pod.id);
  }

  private selecting({ metadata }: Pod): Selection[] {
    const { namespace, labels } = metadata;
    const candidates = this.index.candidates(labelTexts(namespace, labels));
    return candidates.filter((one) => one.namespace === namespace && selects(one.selector, labels));
  }

  private put({ serviceId, members }: Selection, pod: Pod): void {
    let member = members.get(pod.id);
    if (member === undefined) {
      member = { order: this.nextOrder++, pod };
      members.set(pod.id, member);
    } else member.pod = pod;
    for (const keeper of this.keepers) keeper.memberChanged(serviceId, member);
  }

  private drop({ serviceId, members }: Selection, podId: number): void {
    if (!members.delete(podId)) return;
    for (const keeper of this.keepers) keeper.memberGone(serviceId, podId);
    this.touch(serviceId);
  }

  private touch(serviceId: number): void {
    for (const keeper of this.keepers) keeper.touched(serviceId);
  }
}

/** Whether a change of a pod may change what stands behind its Services (podEndpointsChanged). */
function differs(before: Pod, after: Pod): boolean {
  return (
    before.metadata.deleting !== after.metadata.deleting ||
    before.metadata.labels !== after.metadata.labels ||
    before.spec.nodeName !== after.spec.nodeName ||
    before.status.phase !== after.status.phase ||
    before.status.ready !== after.status.ready
  );
}

function byOrder(a: Selection, b: Selection): number {
  return a.order - b.order;
}

function sameLabels(a: Labels | undefined, b: Labels | undefined): boolean {
  if (a === b || a === undefined || b === undefined) return a === b;
  return selects(a, b) && selects(b, a);
}
