/** Nodes of one cluster: ten times as many as anybody has run. More would not fit into memory. */
export const NODES_MAX = 1_000_000;

/** Pods that one workload may ask for: more would not fit into memory. */
export const PODS_MAX = 10_000_000;

/** Namespaces that one load deals objects out to: ten times what Kubernetes is tested with. */
export const NAMESPACES_MAX = 100_000;

/** Processes of one component. */
export const REPLICAS_MAX = 100;

/** Any other number of things that are made one by one. */
export const COUNT_MAX = 1_000_000;

/** Characters in the data of one ConfigMap (MaxSecretSize in pkg/apis/core). */
export const DATA_MAX: number = 1024 * 1024;
