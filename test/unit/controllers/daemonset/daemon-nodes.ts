import { type DaemonSetSpec, NEW_DAEMON_SET_STATUS } from '../../../../src/api/daemon-set.js';
import { DAEMON_SET, NODE } from '../../../../src/api/kind.js';
import type { Labels } from '../../../../src/api/labels.js';
import { ObjectMeta } from '../../../../src/api/meta.js';
import type { Node } from '../../../../src/api/node.js';
import { draft } from '../../../../src/api/object.js';
import type { Pod } from '../../../../src/api/pod.js';
import { NO_RESOURCES } from '../../../../src/api/resources.js';
import type { Taint } from '../../../../src/api/taint.js';
import { ObjectCache } from '../../../../src/client/object-cache.js';
import { DaemonNodes } from '../../../../src/spokes/controllers/daemonset/daemon-nodes.js';
import type { DaemonTally } from '../../../../src/spokes/controllers/daemonset/daemon-tally.js';

/** A node that is well. */
export function sampleNode(name: string, labels: Labels = {}, taints: readonly Taint[] = []): Node {
  return draft(
    NODE,
    ObjectMeta.of({ name, labels }),
    { unschedulable: false, taints },
    {
      capacity: NO_RESOURCES,
      allocatable: NO_RESOURCES,
      ready: 'True',
      readyReason: '',
      readySinceNs: 0,
      readyHeartbeatNs: 0,
    },
  );
}

/** What a DaemonSet finds at time zero with these nodes and pods, which have to differ in their identities. */
export function lookAt(spec: DaemonSetSpec, hash: string, nodes: readonly Node[], pods: readonly Pod[]): DaemonTally {
  const cache = new ObjectCache<Node>();
  for (const [index, node] of nodes.entries()) cache.put(node.stamped(index, 1, node.metadata), undefined);
  const set = draft(DAEMON_SET, ObjectMeta.of({ name: 'agent' }), spec, NEW_DAEMON_SET_STATUS);
  const known = new DaemonNodes(set, cache, pods);
  known.begin(set, spec.template.shape);
  return known.look(hash, 0, []);
}
