import type { PodSpecManifest } from '../../../src/api/pod-manifest.js';
import { qosClassOf } from '../../../src/api/pod-qos.js';
import { podLimits, podRequests } from '../../../src/api/pod-resources.js';
import type { ResourceList } from '../../../src/api/resource-list.js';
import type { Case, Suite } from '../suite.js';

export const podResources: Suite = { name: 'pod-resources', answer };

function answer({ tags, input }: Case): unknown {
  const { spec } = (input as { pod: { spec: PodSpecManifest } }).pod;
  if (tags[0] === 'qos') return { qosClass: qosClassOf(spec) };
  return {
    requests: canonical(podRequests(spec)),
    limits: canonical(podLimits(spec)),
    requestsWithoutPodLevel: canonical(podRequests(spec, { skipPodLevel: true })),
  };
}

function canonical(list: ResourceList): unknown {
  return Object.fromEntries([...list].map(([name, amount]) => [name, amount.canonical()]));
}
