import type { PodSpecManifest, ResourceListManifest, ResourceRequirementsManifest } from './pod-manifest.js';
import type { QosClass } from './pod-shape.js';
import { addTo, type ResourceList, resourceList } from './resource-list.js';

/** The quality of service of a pod (apis/core/v1/helper/qos ComputePodQOS). */
export function qosClassOf(spec: PodSpecManifest): QosClass {
  const requests: ResourceList = new Map();
  const limits: ResourceList = new Map();
  let allLimited = true;
  for (const resources of statements(spec)) {
    addTo(requests, computeResources(resources?.requests));
    const limited = computeResources(resources?.limits);
    addTo(limits, limited);
    if (!limited.has('cpu') || !limited.has('memory')) allLimited = false;
  }
  if (requests.size === 0 && limits.size === 0) return 'BestEffort';
  const equal = [...requests].every(([name, amount]) => limits.get(name)?.compare(amount) === 0);
  return allLimited && equal && requests.size === limits.size ? 'Guaranteed' : 'Burstable';
}

/** Where the pod states resources: as a whole if it does so, else in each container. */
function statements(spec: PodSpecManifest): readonly (ResourceRequirementsManifest | undefined)[] {
  if (spec.resources === undefined || spec.resources === null)
    return [...spec.containers, ...(spec.initContainers ?? [])].map((container) => container.resources);
  return [spec.resources];
}

/** Cpu and memory above zero: the resources that count for the class. */
function computeResources(manifest: ResourceListManifest | undefined): ResourceList {
  const list = resourceList(manifest);
  for (const [name, amount] of list) if ((name !== 'cpu' && name !== 'memory') || amount.sign <= 0) list.delete(name);
  return list;
}
