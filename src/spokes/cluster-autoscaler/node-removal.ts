import { NODE } from '../../api/kind.js';
import { isMirror } from '../../api/mirror-pod.js';
import type { Node } from '../../api/node.js';
import type { ApiObject } from '../../api/object.js';
import type { Patch } from '../../api/patch.js';
import type { Pod } from '../../api/pod.js';
import type { Taint } from '../../api/taint.js';
import type { ApiClient } from '../../client/api-client.js';
import type { PodsByNode } from '../../client/pods-by-node.js';
import { sleep, type Task, type Wait } from '../../client/task.js';
import type { ClusterAutoscalerOptions } from './autoscaler-options.js';
import type { CloudProvider } from './node-group.js';
import { isDaemonPod } from './scale-down.js';

/** Evictions that are refused are tried again, and those that are granted awaited, at this pace (core/scaledown/actuation/drain.go). */
const RETRY_NS = 10e9;
const LOOK_NS = 5e9;
/** How much longer than its grace pods may take to go (DefaultPodEvictionHeadroom). */
const HEADROOM_NS = 30e9;

/** Keeps new pods away from a node that is about to go (utils/taints). */
const TO_BE_DELETED: Taint = { key: 'ToBeDeletedByClusterAutoscaler', value: '', effect: 'NoSchedule' };

/** Puts the taint on a node, or takes it off again. */
class DeletionTaint implements Patch {
  private readonly present: boolean;

  constructor(present: boolean) {
    this.present = present;
  }

  apply(current: ApiObject): ApiObject {
    const node = current as Node;
    const taints = node.spec.taints.filter(({ key }) => key !== TO_BE_DELETED.key);
    return node.withSpec({ ...node.spec, taints: this.present ? [...taints, TO_BE_DELETED] : taints });
  }
}

/** A node that is being taken away. */
export interface Removal {
  readonly name: string;
  /** Whether its pods have to go elsewhere. */
  readonly drains: boolean;
  /** False once it shows that nothing came of it from the start. */
  began: boolean;
}

/** Who takes nodes away. */
export interface RemovalParts {
  readonly client: ApiClient;
  readonly podsByNode: PodsByNode;
  readonly provider: CloudProvider;
  readonly options: Pick<ClusterAutoscalerOptions, 'maxPodEvictionTimeNs' | 'maxGracefulTerminationSec'>;
  readonly engine: { readonly nowNs: number };
}

/**
 * Takes a node away: no new pods, evicts those that are there, gives the machine back, and deletes the Node. If pods cannot be
 * evicted, or do not go, the node stays after all.
 */
export function* removeNode(removal: Removal, parts: RemovalParts): Task {
  const { client, provider } = parts;
  const { name } = removal;
  const taint = client.patchNamed(NODE, '', name, new DeletionTaint(true));
  yield taint;
  if (!taint.ok) {
    removal.began = false;
    return;
  }
  const pods = podsOn(name, parts);
  const drained = (yield* evictPods(pods, parts)) && (yield* podsGone(name, pods, parts));
  if (!drained) {
    yield client.patchNamed(NODE, '', name, new DeletionTaint(false));
    return;
  }
  provider.remove(name);
  yield client.deleteNamed(NODE, '', name);
}

/** Asks for the eviction of all pods at once, and again for those that are refused; whether all was granted in time. */
function* evictPods(all: readonly Pod[], { client, options, engine }: RemovalParts): Generator<Wait, boolean, void> {
  const untilNs = engine.nowNs + options.maxPodEvictionTimeNs;
  let pods = all;
  for (;;) {
    const calls = pods.map((pod) => client.evict(pod, { gracePeriodSeconds: graceOf(pod, options) }));
    if (calls.length > 0) yield calls;
    pods = pods.filter((_, index) => !calls[index]!.ok && calls[index]!.code !== 404);
    if (pods.length === 0) return true;
    yield sleep(RETRY_NS);
    if (engine.nowNs >= untilNs) return false;
  }
}

function graceOf({ spec }: Pod, { maxGracefulTerminationSec: max }: RemovalParts['options']): number {
  const { terminationGracePeriodSeconds: own } = spec.shape;
  return max > 0 ? Math.min(own, max) : own;
}

/** Waits until those that were evicted have gone; whether they have in time. */
function* podsGone(
  name: string,
  pods: readonly Pod[],
  { podsByNode, options, engine }: RemovalParts,
): Generator<Wait, boolean, void> {
  const untilNs = engine.nowNs + options.maxGracefulTerminationSec * 1e9 + HEADROOM_NS;
  const evicted = new Set(pods.map(({ id }) => id));
  while (podsByNode.on(name).some(({ id }) => evicted.has(id))) {
    yield sleep(LOOK_NS);
    if (engine.nowNs >= untilNs) return false;
  }
  return true;
}

/** Those that run and do not end with their node. */
function podsOn(name: string, { podsByNode }: RemovalParts): readonly Pod[] {
  return podsByNode.on(name).filter((pod) => {
    const ended = pod.status.phase === 'Succeeded' || pod.status.phase === 'Failed';
    return !ended && !isDaemonPod(pod) && !isMirror(pod);
  });
}
