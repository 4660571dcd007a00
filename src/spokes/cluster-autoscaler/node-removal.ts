import { NODE } from '../../api/kind.js';
import type { Node } from '../../api/node.js';
import type { ApiObject } from '../../api/object.js';
import type { Patch } from '../../api/patch.js';
import type { Taint } from '../../api/taint.js';
import type { ApiClient } from '../../client/api-client.js';
import type { PodsByNode } from '../../client/pods-by-node.js';
import { sleep, type Task } from '../../client/task.js';
import type { CloudProvider } from './node-group.js';
import { movingPods } from './scale-down.js';

/** Evictions that are refused are tried again, and those that are granted awaited, at this pace (core/scaledown/actuation). */
const RETRY_NS = 5e9;

/** Keeps new pods away from a node that is about to go (utils/taints). */
const TO_BE_DELETED: Taint = { key: 'ToBeDeletedByClusterAutoscaler', value: '', effect: 'NoSchedule' };

class DeletionTaint implements Patch {
  apply(current: ApiObject): ApiObject {
    const node = current as Node;
    const taints = node.spec.taints.filter(({ key }) => key !== TO_BE_DELETED.key);
    return node.withSpec({ ...node.spec, taints: [...taints, TO_BE_DELETED] });
  }
}

/** Takes a node away: no new pods, evicts those that are there, gives the machine back, and deletes the Node. */
export function* removeNode(node: Node, client: ApiClient, podsByNode: PodsByNode, provider: CloudProvider): Task {
  const { name } = node.metadata;
  yield client.patchNamed(NODE, '', name, new DeletionTaint());
  for (;;) {
    const pods = podsByNode.on(name);
    const moving = movingPods({ node, pods });
    if (moving.length > 0) yield moving.map((pod) => client.evict(pod));
    if (pods.every(({ metadata }) => !metadata.deleting) && moving.length === 0) break;
    yield sleep(RETRY_NS);
  }
  provider.remove(name);
  yield client.deleteNamed(NODE, '', name);
}
