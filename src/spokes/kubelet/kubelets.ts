import type { Pod } from '../../api/pod.js';
import type { Informer } from '../../client/informer.js';
import type { InformerHandler } from '../../client/informer-handler.js';
import type { PodsByNode } from '../../client/pods-by-node.js';
import type { KubeletModel } from './kubelet-model.js';
import type { NodeFleet } from './node-fleet.js';
import { PodStages } from './pod-stages.js';
import type { PodWorker } from './pod-worker.js';

/**
 * The kubelets of all nodes as one: what each learns of its pods is handed to a worker, once to start the pod and once
 * to stop it. A machine that is down does neither.
 */
export class Kubelets implements KubeletModel, InformerHandler<Pod> {
  private readonly podsByNode: PodsByNode;
  private readonly fleet: NodeFleet;
  private readonly worker: PodWorker;
  private readonly stages: PodStages;

  constructor(pods: Informer<Pod>, podsByNode: PodsByNode, fleet: NodeFleet, worker: PodWorker) {
    this.podsByNode = podsByNode;
    this.fleet = fleet;
    this.worker = worker;
    this.stages = new PodStages();
    pods.addHandler(this);
  }

  added(pod: Pod): void {
    this.sync(pod);
  }

  updated(_previous: Pod, pod: Pod): void {
    this.sync(pod);
  }

  deleted(pod: Pod): void {
    this.stages.forget(pod.id);
  }

  nodeStopping(): void {
    // Hollow pods end with their machine.
  }

  nodeStopped(): void {
    // What was under way finds the machine down.
  }

  nodeThawed(): void {
    // What was under way has found nobody: it begins again when the node is back.
  }

  nodeJoined(): void {}

  /** Its kubelet takes up every pod it finds assigned to it. */
  nodeBack(node: number): void {
    for (const pod of this.podsByNode.inOrder(this.fleet.names[node]!)) {
      this.stages.forget(pod.id);
      this.sync(pod);
    }
  }

  private sync(pod: Pod): void {
    if (this.fleet.hostOf(pod) < 0) return;
    if (pod.metadata.deleting) {
      if (this.stages.advance(pod.id, 'stopping')) this.worker.stop(pod);
      return;
    }
    const { phase, ready } = pod.status;
    const toStart = phase === 'Pending' || (phase === 'Running' && !ready);
    if (toStart && this.stages.advance(pod.id, 'starting')) this.worker.start(pod);
  }
}
