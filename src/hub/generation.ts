import {
  CONFIG_MAP,
  CONTROLLER_REVISION,
  CSI_NODE,
  ENDPOINTS,
  EVENT,
  HORIZONTAL_POD_AUTOSCALER,
  type Kind,
  LEASE,
  LIMIT_RANGE,
  NAMESPACE,
  NODE,
  PERSISTENT_VOLUME,
  PERSISTENT_VOLUME_CLAIM,
  POD,
  RESOURCE_QUOTA,
  SERVICE,
  SERVICE_ACCOUNT,
  STORAGE_CLASS,
} from '../api/kind.js';
import type { ApiObject } from '../api/object.js';
import type { Pod } from '../api/pod.js';

/** Kinds whose strategies leave `metadata.generation` alone (pkg/registry, strategy.go of each). */
const WITHOUT_GENERATION: readonly Kind[] = [
  CONFIG_MAP,
  CONTROLLER_REVISION,
  CSI_NODE,
  ENDPOINTS,
  EVENT,
  HORIZONTAL_POD_AUTOSCALER,
  LEASE,
  LIMIT_RANGE,
  NAMESPACE,
  NODE,
  PERSISTENT_VOLUME,
  PERSISTENT_VOLUME_CLAIM,
  RESOURCE_QUOTA,
  SERVICE,
  SERVICE_ACCOUNT,
  STORAGE_CLASS,
];

/** By identity of the kind. */
const isWithoutGeneration: boolean[] = [];
for (const { id } of WITHOUT_GENERATION) {
  while (isWithoutGeneration.length <= id) isWithoutGeneration.push(false);
  isWithoutGeneration[id] = true;
}

function hasGeneration({ id }: Kind): boolean {
  return id >= isWithoutGeneration.length || !isWithoutGeneration[id];
}

/** `metadata.generation` of a new object. */
export function firstGeneration(kind: Kind): number {
  return hasGeneration(kind) ? 1 : 0;
}

/** `metadata.generation` of the next version of an object: it counts what has been wanted so far. */
export function nextGeneration(current: ApiObject, next: ApiObject): number {
  const { generation } = current.metadata;
  return specChanged(current, next) ? generation + 1 : generation;
}

/** A pod's binding is not a change of its desired state: only the shape is. */
function specChanged(current: ApiObject, next: ApiObject): boolean {
  if (current.spec === next.spec || !hasGeneration(current.kind)) return false;
  if (current.kind === POD) return (current as Pod).spec.shape !== (next as Pod).spec.shape;
  return true;
}
