import type { DaemonSetSpec } from './daemon-set.js';
import type { JsonObject } from './json.js';
import type { PodTemplate } from './pod.js';
import type { StatefulSetSpec } from './stateful-set.js';
import { storageManifest } from './stateful-storage.js';
import type { DeploymentSpec, ReplicaSetSpec } from './workload.js';

/** A template of pods as manifests write it; what is empty is left out. */
export function templateManifest({ labels, annotations, shape }: PodTemplate, nodeName = ''): JsonObject {
  const metadata = { labels: unlessEmpty(labels), annotations: unlessEmpty(annotations) };
  return { metadata, spec: nodeName === '' ? shape.spec : { ...shape.spec, nodeName } };
}

function unlessEmpty(labels: object): object | undefined {
  return Object.keys(labels).length === 0 ? undefined : labels;
}

export function deploymentManifest({
  template,
  strategy,
  maxSurge,
  maxUnavailable,
  ...spec
}: DeploymentSpec): JsonObject {
  return {
    ...spec,
    template: templateManifest(template),
    strategy:
      strategy === 'Recreate' ? { type: strategy } : { type: strategy, rollingUpdate: { maxSurge, maxUnavailable } },
  };
}

export function replicaSetManifest({ template, ...spec }: ReplicaSetSpec): JsonObject {
  return { ...spec, template: templateManifest(template) };
}

export function replicationControllerManifest({ selector, ...spec }: ReplicaSetSpec): JsonObject {
  return { ...replicaSetManifest({ selector, ...spec }), selector: selector.matchLabels };
}

export function statefulSetManifest(whole: StatefulSetSpec): JsonObject {
  const { template, updateStrategy, partition, maxUnavailable, firstOrdinal, storage, ...spec } = whole;
  const rollingUpdate = { partition, maxUnavailable: maxUnavailable === 1 ? undefined : maxUnavailable };
  return {
    ...spec,
    template: templateManifest(template),
    updateStrategy: partition < 0 ? { type: updateStrategy } : { type: updateStrategy, rollingUpdate },
    ordinals: firstOrdinal === 0 ? undefined : { start: firstOrdinal },
    ...storageManifest(storage),
  };
}

export function daemonSetManifest(whole: DaemonSetSpec): JsonObject {
  const { template, nodeName, updateStrategy, maxSurge, maxUnavailable, ...spec } = whole;
  const rolling = updateStrategy === 'RollingUpdate';
  return {
    ...spec,
    template: templateManifest(template, nodeName),
    updateStrategy: rolling
      ? { type: updateStrategy, rollingUpdate: { maxSurge, maxUnavailable } }
      : { type: updateStrategy },
  };
}
