import { quantityOf } from '../../../api/amount.js';
import type { Pod } from '../../../api/pod.js';
import { isPodLevelResource, podRequests } from '../../../api/pod-resources.js';

/**
 * What pods request of a resource, in thousandths, by name (replica_calculator.go calculateRequests): at pod level where
 * that is given, else the sum over containers and sidecars, or that of one container. Undefined if a request is missing.
 */
export function resourceRequests(
  pods: readonly Pod[],
  resource: string,
  container: string,
): ReadonlyMap<string, number> | undefined {
  const requests = new Map<string, number>();
  for (const pod of pods) {
    const request = requestOf(pod, resource, container);
    if (request === undefined) return undefined;
    requests.set(pod.metadata.name, request);
  }
  return requests;
}

function requestOf({ spec }: Pod, resource: string, container: string): number | undefined {
  const { shape } = spec;
  const atPodLevel = Object.keys(shape.spec.resources?.requests ?? {}).some(isPodLevelResource);
  if (atPodLevel && container === '') {
    const amount = podRequests(shape.spec).get(resource);
    return amount === undefined ? undefined : Number(amount.milliValue());
  }
  const sidecars = (shape.spec.initContainers ?? []).filter(({ restartPolicy }) => restartPolicy === 'Always');
  const counted = [...shape.spec.containers, ...sidecars].filter(({ name }) => container === '' || name === container);
  if (counted.length === 0) return undefined;
  let sum = 0;
  for (const { resources } of counted) {
    const amount = resources?.requests?.[resource];
    if (amount === undefined) return undefined;
    sum += Number(quantityOf(amount).milliValue());
  }
  return sum;
}
