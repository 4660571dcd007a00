import type { Labels } from '../../../api/labels.js';
import type { Pod } from '../../../api/pod.js';
import type { Service } from '../../../api/service.js';
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

/**
 * The pods behind each Service, kept up to date change by change (endpointslice/util/controller_utils.go): the
 * original looks through all pods of a namespace in every sync.
 */
export class ServiceMembers {
  private readonly pods: Informer<Pod>;
  private readonly keepers: ServiceKeeper[];
  private readonly selecting: Map<string, Map<number, Service>>;
  private readonly members: Map<number, Map<number, Member>>;
  private nextOrder: number;

  constructor(services: Informer<Service>, pods: Informer<Pod>) {
    this.pods = pods;
    this.keepers = [];
    this.selecting = new Map();
    this.members = new Map();
    this.nextOrder = 0;
    services.addHandler({
      added: (service) => this.serviceChanged(service, undefined),
      updated: (previous, service) => this.serviceChanged(service, previous),
      deleted: (service) => this.serviceDeleted(service),
    });
    pods.addHandler({
      added: (pod) => this.podChanged(undefined, pod),
      updated: (previous, pod) => this.podChanged(previous, pod),
      deleted: (pod) => this.podDeleted(pod),
    });
  }

  addKeeper(keeper: ServiceKeeper): void {
    this.keepers.push(keeper);
  }

  /** In order of their arrival. */
  of(serviceId: number): Iterable<Member> {
    return this.members.get(serviceId)?.values() ?? [];
  }

  private serviceChanged(service: Service, previous: Service | undefined): void {
    const { namespace } = service.metadata;
    const { selector, type } = service.spec;
    if (previous === undefined || !sameLabels(previous.spec.selector, selector)) this.forget(service);
    if (selector !== undefined && type !== 'ExternalName') {
      const inNamespace = this.selecting.get(namespace) ?? new Map<number, Service>();
      this.selecting.set(namespace, inNamespace.set(service.id, service));
      if (!this.members.has(service.id)) this.members.set(service.id, this.findPods(namespace, selector));
    }
    this.touch(service.id);
  }

  private findPods(namespace: string, selector: Labels): Map<number, Member> {
    const found = new Map<number, Member>();
    for (const pod of this.pods.cache.values()) {
      if (pod.metadata.namespace !== namespace || !selects(selector, pod.metadata.labels)) continue;
      found.set(pod.id, { order: this.nextOrder++, pod });
    }
    return found;
  }

  private serviceDeleted(service: Service): void {
    this.forget(service);
    for (const keeper of this.keepers) keeper.serviceDeleted(service);
  }

  private forget({ id, metadata }: Service): void {
    this.members.delete(id);
    this.selecting.get(metadata.namespace)?.delete(id);
  }

  private podChanged(previous: Pod | undefined, pod: Pod): void {
    if (this.selecting.size === 0) return;
    const inNamespace = this.selecting.get(pod.metadata.namespace);
    if (inNamespace === undefined) return;
    const matters = previous === undefined || differs(previous, pod);
    for (const { id, spec } of inNamespace.values()) {
      if (selects(spec.selector!, pod.metadata.labels)) {
        this.put(id, pod);
        if (matters) this.touch(id);
      } else this.drop(id, pod.id);
    }
  }

  private podDeleted(pod: Pod): void {
    for (const id of this.selecting.get(pod.metadata.namespace)?.keys() ?? []) this.drop(id, pod.id);
  }

  private put(serviceId: number, pod: Pod): void {
    const members = this.members.get(serviceId)!;
    let member = members.get(pod.id);
    if (member === undefined) {
      member = { order: this.nextOrder++, pod };
      members.set(pod.id, member);
    } else member.pod = pod;
    for (const keeper of this.keepers) keeper.memberChanged(serviceId, member);
  }

  private drop(serviceId: number, podId: number): void {
    if (!this.members.get(serviceId)!.delete(podId)) return;
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

function selects(selector: Labels, labels: Labels): boolean {
  for (const key in selector) if (labels[key] !== selector[key]) return false;
  return true;
}

function sameLabels(a: Labels | undefined, b: Labels | undefined): boolean {
  if (a === b || a === undefined || b === undefined) return a === b;
  return selects(a, b) && selects(b, a);
}
