import { selects } from '../../../../src/api/labels.js';
import type { Pod } from '../../../../src/api/pod.js';
import type { Service } from '../../../../src/api/service.js';
import type { ToldCache } from '../told-cache.js';

/** The pods behind each Service, found by a look at every Service for each change of a pod, and what its keepers are told. */
export class PlainMembers {
  readonly told: string[];
  private readonly pods: ToldCache<Pod>;
  private readonly services: Map<number, Service>;
  private readonly members: Map<number, Set<number>>;

  constructor(services: ToldCache<Service>, pods: ToldCache<Pod>) {
    this.told = [];
    this.pods = pods;
    this.services = new Map();
    this.members = new Map();
    services.addHandler({
      added: (service) => this.serviceChanged(service, undefined),
      updated: (previous, service) => this.serviceChanged(service, previous),
      deleted: (service) => {
        this.forget(service.id);
        this.told.push(`service ${service.id} gone`);
      },
    });
    pods.addHandler({
      added: (pod) => this.podChanged(pod, true),
      updated: (previous, pod) =>
        this.podChanged(pod, previous.metadata.labels !== pod.metadata.labels || previous.status !== pod.status),
      deleted: (pod) => {
        for (const id of this.services.keys()) this.drop(id, pod.id);
      },
    });
  }

  of(serviceId: number): readonly number[] {
    return [...(this.members.get(serviceId) ?? [])];
  }

  private serviceChanged(service: Service, previous: Service | undefined): void {
    const { selector, type } = service.spec;
    if (previous === undefined || JSON.stringify(previous.spec.selector) !== JSON.stringify(selector))
      this.forget(service.id);
    if (selector !== undefined && type !== 'ExternalName' && !this.services.has(service.id)) {
      this.services.set(service.id, service);
      const pods = [...this.pods.cache.values()].filter((pod) => isSelected(service, pod));
      this.members.set(service.id, new Set(pods.map(({ id }) => id)));
    }
    this.told.push(`touched ${service.id}`);
  }

  private forget(id: number): void {
    this.services.delete(id);
    this.members.delete(id);
  }

  private podChanged(pod: Pod, matters: boolean): void {
    for (const [id, service] of this.services) {
      if (!isSelected(service, pod)) {
        this.drop(id, pod.id);
        continue;
      }
      this.members.get(id)!.add(pod.id);
      this.told.push(`${pod.id} of ${id}`);
      if (matters) this.told.push(`touched ${id}`);
    }
  }

  private drop(id: number, podId: number): void {
    if (this.members.get(id)!.delete(podId)) this.told.push(`${podId} gone from ${id}`, `touched ${id}`);
  }
}

function isSelected({ metadata, spec }: Service, pod: Pod): boolean {
  return metadata.namespace === pod.metadata.namespace && selects(spec.selector!, pod.metadata.labels);
}
