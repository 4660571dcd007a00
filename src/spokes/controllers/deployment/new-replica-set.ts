import { POD_TEMPLATE_HASH } from '../../../api/deployment-annotations.js';
import { DEPLOYMENT, REPLICA_SET } from '../../../api/kind.js';
import { ObjectMeta } from '../../../api/meta.js';
import { draft } from '../../../api/object.js';
import type { Deployment, ReplicaSet, ReplicaSetSpec, ReplicaSetStatus } from '../../../api/workload.js';
import { withReplicasAnnotations } from './annotation.js';
import { newReplicaSetSize } from './reconcile-new.js';
import { maxRevision, newReplicaSetAnnotations } from './revision.js';
import { maxSurge } from './rollout-bounds.js';

/** Longest object name (DNS1123SubdomainMaxLength). */
const NAME_LENGTH_MAX = 253;

const NEW_STATUS: ReplicaSetStatus = Object.freeze({
  observedGeneration: 0,
  replicas: 0,
  fullyLabeledReplicas: 0,
  readyReplicas: 0,
  availableReplicas: 0,
  terminatingReplicas: 0,
});

/** The ReplicaSet to create for the Deployment's template, with as many replicas as the old ones leave room for. */
export function newReplicaSet(deployment: Deployment, old: readonly ReplicaSet[], hash: string): ReplicaSet {
  const { metadata, spec } = deployment;
  const hashLabel = { [POD_TEMPLATE_HASH]: hash };
  const template = { ...spec.template, labels: { ...spec.template.labels, ...hashLabel } };
  const annotations = newReplicaSetAnnotations(deployment, {}, maxRevision(old) + 1);
  const meta = ObjectMeta.of({
    namespace: metadata.namespace,
    name: `${metadata.name.slice(0, NAME_LENGTH_MAX - 1 - hash.length)}-${hash}`,
    labels: template.labels,
    annotations: withReplicasAnnotations(annotations, spec.replicas, spec.replicas + maxSurge(spec)),
    ownerReferences: [
      { kindId: DEPLOYMENT.id, id: deployment.id, name: metadata.name, controller: true, blockOwnerDeletion: true },
    ],
  });
  const replicaSetSpec: ReplicaSetSpec = {
    replicas: newReplicaSetSize(spec, old, 0),
    minReadySeconds: spec.minReadySeconds,
    selector: { ...spec.selector, matchLabels: { ...spec.selector.matchLabels, ...hashLabel } },
    template,
  };
  return draft(REPLICA_SET, meta, replicaSetSpec, NEW_STATUS);
}
