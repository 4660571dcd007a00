import {
  ADD,
  type Change,
  type ClusterEvent,
  DELETE,
  UPDATE,
  UPDATE_NODE_ALLOCATABLE,
  UPDATE_NODE_ANNOTATION,
  UPDATE_NODE_CONDITION,
  UPDATE_NODE_LABEL,
  UPDATE_NODE_TAINT,
  UPDATE_POD_GATES_ELIMINATED,
  UPDATE_POD_LABEL,
  UPDATE_POD_SCALE_DOWN,
  UPDATE_POD_TOLERATION,
} from './cluster-event.js';

const ACTIONS: ReadonlyMap<number, string> = new Map([
  [ADD, 'Add'],
  [DELETE, 'Delete'],
  [UPDATE, 'Update'],
  [UPDATE_NODE_ALLOCATABLE, 'UpdateNodeAllocatable'],
  [UPDATE_NODE_LABEL, 'UpdateNodeLabel'],
  [UPDATE_NODE_TAINT, 'UpdateNodeTaint'],
  [UPDATE_NODE_CONDITION, 'UpdateNodeCondition'],
  [UPDATE_NODE_ANNOTATION, 'UpdateNodeAnnotation'],
  [UPDATE_POD_LABEL, 'UpdatePodLabel'],
  [UPDATE_POD_SCALE_DOWN, 'UpdatePodScaleDown'],
  [UPDATE_POD_TOLERATION, 'UpdatePodToleration'],
  [UPDATE_POD_GATES_ELIMINATED, 'UpdatePodSchedulingGatesEliminated'],
]);

/** `NodeAdd of node-0004`: an event as the scheduler's metrics label it, and its object (kube-scheduler framework types.go). */
export function eventLabel({ resource, action }: ClusterEvent, { before, after }: Change): string {
  const label = resource === '*' ? 'any event' : `${resource}${ACTIONS.get(action) ?? 'Update'}`;
  const metadata = (after ?? before)?.metadata;
  if (metadata === undefined) return label;
  return `${label} of ${metadata.namespace === '' ? '' : `${metadata.namespace}/`}${metadata.name}`;
}
