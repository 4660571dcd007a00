/** Which rollout of its Deployment a ReplicaSet belongs to: 1, 2, 3 … */
export const REVISION = 'deployment.kubernetes.io/revision';

/** Earlier revisions of a ReplicaSet that was rolled back to, comma separated. */
export const REVISION_HISTORY = 'deployment.kubernetes.io/revision-history';

/** The Deployment's size when the ReplicaSet was last scaled; a difference is how a resize is noticed. */
export const DESIRED_REPLICAS = 'deployment.kubernetes.io/desired-replicas';

/** The same with the surge: what proportional scaling takes fractions of. */
export const MAX_REPLICAS = 'deployment.kubernetes.io/max-replicas';

/** The label that tells the pods of one template from another's. */
export const POD_TEMPLATE_HASH = 'pod-template-hash';

/** What `kubectl apply` remembers of the manifest it applied last. */
export const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

/** Annotations that a Deployment and its ReplicaSets do not share (deployment_util annotationsToSkip). */
export const NOT_SHARED: ReadonlySet<string> = new Set([
  LAST_APPLIED,
  REVISION,
  REVISION_HISTORY,
  DESIRED_REPLICAS,
  MAX_REPLICAS,
  'deprecated.deployment.rollback.to',
]);
