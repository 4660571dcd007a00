/** Holds an owner until its dependents that block it have gone (metav1.FinalizerDeleteDependents). */
export const DELETE_DEPENDENTS = 'foregroundDeletion';

/** Holds an owner until its dependents have lost their reference to it (metav1.FinalizerOrphanDependents). */
export const ORPHAN_DEPENDENTS = 'orphan';

/** Holds a claim while a pod uses it (volume/util PVCProtectionFinalizer). */
export const CLAIM_IN_USE = 'kubernetes.io/pvc-protection';

/** Holds a namespace until nothing is in it; Kubernetes keeps it in `spec.finalizers` (v1.FinalizerKubernetes). */
export const NAMESPACE_CONTENT = 'kubernetes';
