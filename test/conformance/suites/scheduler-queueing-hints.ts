import {
  ADD,
  type ClusterEvent,
  covers,
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
} from '../../../src/spokes/scheduler/cluster-event.js';
import { defaultPlugins } from '../../../src/spokes/scheduler/default-profile.js';
import { NodeTable } from '../../../src/spokes/scheduler/node-table.js';
import { registeredRules } from '../../../src/spokes/scheduler/queue/wake-rules.js';
import { listersOf, type NodeManifest, ObjectBuilder, type PodManifest } from '../scheduler-cluster.js';
import { type Case, Skip, type Suite } from '../suite.js';

export const schedulerQueueingHints: Suite = { name: 'scheduler-queueing-hints', answer };

interface Input {
  readonly event: { readonly label: string };
  readonly old?: NodeManifest | PodManifest;
  readonly new?: NodeManifest | PodManifest;
  readonly pod: PodManifest;
  readonly namespaces: readonly { readonly metadata: PodManifest['metadata'] }[];
}

/** Events by the name of their resource, and their actions, as labels spell them. */
const RESOURCES: readonly (readonly [string, string])[] = [
  ['Node', 'Node'],
  ['AssignedPod', 'AssignedPod'],
  ['UnschedulablePod', 'UnscheduledPod'],
];
const ACTIONS: Readonly<Record<string, number>> = {
  Add: ADD,
  Delete: DELETE,
  Update: UPDATE,
  UpdateNodeAllocatable: UPDATE_NODE_ALLOCATABLE,
  UpdateNodeAnnotation: UPDATE_NODE_ANNOTATION,
  UpdateNodeCondition: UPDATE_NODE_CONDITION,
  UpdateNodeLabel: UPDATE_NODE_LABEL,
  UpdateNodeTaint: UPDATE_NODE_TAINT,
  UpdatePodLabel: UPDATE_POD_LABEL,
  UpdatePodScaleDown: UPDATE_POD_SCALE_DOWN,
  UpdatePodSchedulingGatesEliminated: UPDATE_POD_GATES_ELIMINATED,
  UpdatePodToleration: UPDATE_POD_TOLERATION,
};

function eventOf(label: string): ClusterEvent | undefined {
  const [prefix, resource] = RESOURCES.find(([name]) => label.startsWith(name)) ?? ['', ''];
  const action = ACTIONS[label.slice(prefix.length)];
  return resource === '' || action === undefined ? undefined : { resource, action };
}

function answer({ input }: Case): unknown {
  const { event: named, pod, namespaces, old, new: now } = input as Input;
  const event = eventOf(named.label);
  if (event === undefined) return new Skip(`event ${named.label} is not known`);
  const builder = new ObjectBuilder();
  const waiting = builder.pod(pod);
  const object = (manifest: NodeManifest | PodManifest | undefined) => {
    if (manifest === undefined) return undefined;
    return event.resource === 'Node' ? builder.node(manifest as NodeManifest) : builder.pod(manifest as PodManifest);
  };
  const change = { before: object(old), after: object(now) };
  const hints: Record<string, string> = {};
  for (const { plugin } of defaultPlugins(new NodeTable(), true, listersOf({ namespaces }))) {
    // The vectors leave out the plugins of volumes.
    if (plugin.name.includes('Volume')) continue;
    for (const rule of registeredRules(plugin)) {
      if (!covers(rule, event)) continue;
      hints[plugin.name] = rule.hint === undefined || rule.hint(waiting, change) ? 'Queue' : 'Skip';
    }
  }
  return { hints };
}
