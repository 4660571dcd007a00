import type { ContainerManifest, PodSpecManifest } from './pod-manifest.js';
import { addTo, type ResourceList, raiseTo, resourceList } from './resource-list.js';

/** Resources that a pod may state as a whole (KEP-2837); hugepages of every size are the third. */
export function isPodLevelResource(name: string): boolean {
  return name === 'cpu' || name === 'memory' || name.startsWith('hugepages-');
}

export interface PodResourceOptions {
  /** Leave out `spec.resources`. */
  readonly skipPodLevel?: boolean;
  /** Amounts that a container counts for when it states none of that resource at all. */
  readonly ifMissing?: ResourceList;
}

type Side = 'requests' | 'limits';

/**
 * What the containers need together: the sum of those that run side by side, or what one init container needs beside
 * the sidecars started before it, whichever is more (KEP-753; component-helpers AggregateContainerRequests).
 */
export function aggregateContainers(spec: PodSpecManifest, side: Side, ifMissing?: ResourceList): ResourceList {
  const total: ResourceList = new Map();
  for (const container of spec.containers) addTo(total, containerResources(container, side, ifMissing));
  const sidecars: ResourceList = new Map();
  const initial: ResourceList = new Map();
  for (const container of spec.initContainers ?? []) {
    const own = containerResources(container, side, ifMissing);
    if (container.restartPolicy === 'Always') {
      addTo(total, own);
      addTo(sidecars, own);
      raiseTo(initial, sidecars);
    } else {
      addTo(own, sidecars);
      raiseTo(initial, own);
    }
  }
  raiseTo(total, initial);
  return total;
}

function containerResources(container: ContainerManifest, side: Side, ifMissing?: ResourceList): ResourceList {
  const list = resourceList(container.resources?.[side]);
  for (const [name, amount] of ifMissing ?? []) if (!list.has(name)) list.set(name, amount);
  return list;
}

/** What the scheduler counts a pod as (component-helpers PodRequests; the status is not looked at). */
export function podRequests(spec: PodSpecManifest, options: PodResourceOptions = {}): ResourceList {
  const total = aggregateContainers(spec, 'requests', options.ifMissing);
  if (options.skipPodLevel !== true) overrideWith(total, resourceList(spec.resources?.requests));
  addTo(total, resourceList(spec.overhead));
  return total;
}

/** What a pod may use at most (component-helpers PodLimits): overhead counts only where there is a limit. */
export function podLimits(spec: PodSpecManifest, options: PodResourceOptions = {}): ResourceList {
  const total = aggregateContainers(spec, 'limits');
  if (options.skipPodLevel !== true) overrideWith(total, resourceList(spec.resources?.limits));
  for (const [name, amount] of resourceList(spec.overhead)) {
    const limit = total.get(name);
    if (limit !== undefined && limit.sign !== 0) total.set(name, limit.add(amount));
  }
  return total;
}

function overrideWith(list: ResourceList, podLevel: ResourceList): void {
  for (const [name, amount] of podLevel) if (isPodLevelResource(name)) list.set(name, amount);
}

const UNSTATED: readonly (readonly [string, string])[] = [
  ['cpu', '100m'],
  ['memory', '209715200'],
];

/**
 * The requests that the scores work with: a container that states no cpu or memory counts as 100m and 200 MiB, unless
 * the pod as a whole states it (scheduler/framework PodInfo.CalculateResource; kubernetes-facts D3).
 */
export function nonZeroRequests(spec: PodSpecManifest): ResourceList {
  const stated = podRequests(spec);
  const podLevel = Object.keys(spec.resources?.requests ?? {}).some(isPodLevelResource);
  const unstated = UNSTATED.filter(([name]) => !podLevel || !stated.has(name));
  return podRequests(spec, { ifMissing: resourceList(Object.fromEntries(unstated)) });
}
