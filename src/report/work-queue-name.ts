/** Names that Kubernetes gives to the queues of its controllers, where they are called otherwise here. */
const NAMES: ReadonlyMap<string, string> = new Map([
  ['replicasets', 'replicaset'],
  ['replicationcontrollers', 'replicationmanager'],
  ['endpoint slice', 'endpoint_slice'],
  ['garbage collector', 'garbage_collector_attempt_to_delete'],
  ['garbage collector: orphans', 'garbage_collector_attempt_to_orphan'],
  ['node lifecycle', 'node_lifecycle_controller'],
]);

/** The name of a work queue in Kubernetes' own metrics. */
export function workQueueName(name: string): string {
  return NAMES.get(name) ?? name.replace(/ of namespaces$/, '').replaceAll(/[ :-]+/g, '_');
}
