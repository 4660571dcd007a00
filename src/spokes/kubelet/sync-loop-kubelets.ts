import { isMirror } from '../../api/mirror-pod.js';
import type { Pod } from '../../api/pod.js';
import type { InformerHandler } from '../../client/informer-handler.js';
import type { ImagePuller } from './image-puller.js';
import type { KubeletModel } from './kubelet-model.js';
import type { SyncLoopParts } from './kubelet-parts.js';
import { NodeShutdown, type ShutdownGrace } from './node-shutdown.js';
import { KILLING, LIVE, STATIC } from './pod-rows.js';
import { PodWorkers } from './pod-workers.js';

/**
 * The kubelets of all nodes with what shapes their timing (pkg/kubelet): pod workers, relists of the PLEG once a second,
 * probes, image pulls, backoff, and the status manager. Each does what it last heard of the API server; one that cannot
 * reach it keeps its pods as they are.
 */
export class SyncLoopKubelets implements KubeletModel, InformerHandler<Pod> {
  private readonly parts: SyncLoopParts;
  private readonly workers: PodWorkers;
  private readonly shutdown: NodeShutdown;
  /** Rows of static pods, by the names of their mirrors. */
  private readonly staticRows: Map<string, number>;

  constructor(parts: SyncLoopParts, images: ImagePuller, grace: ShutdownGrace) {
    this.parts = parts;
    this.workers = new PodWorkers(parts, images);
    this.shutdown = new NodeShutdown(parts.engine, this.workers, grace);
    this.staticRows = new Map();
    parts.pods.addHandler(this);
  }

  added(pod: Pod): void {
    this.observe(pod);
  }

  updated(_previous: Pod, pod: Pod): void {
    this.observe(pod);
  }

  deleted(pod: Pod): void {
    const row = this.workers.table.pods.rowOf(pod.id);
    if (row >= 0 && !isMirror(pod)) this.workers.orphan(row, pod);
    this.parts.events.podGone(this.parts.fleet.hostOf(pod), pod.id);
  }

  nodeJoined(node: number): void {
    this.parts.events.started(node);
  }

  nodeStopping(node: number): void {
    this.parts.events.ofNode(node, 'Normal', 'Shutdown', 'Shutdown manager detected shutdown event');
    this.shutdown.begin(node);
  }

  nodeStopped(node: number): void {
    this.parts.events.nodeStopped(node);
    this.workers.nodeStopped(node);
  }

  nodeThawed(node: number): void {
    this.workers.nodeThawed(node);
  }

  nodeBack(node: number): void {
    this.parts.events.nodeBack(node);
    this.workers.nodeBack(node);
    const { fleet, podsByNode } = this.parts;
    for (const pod of podsByNode.inOrder(fleet.names[node]!)) this.observe(pod);
  }

  private observe(pod: Pod): void {
    const { fleet } = this.parts;
    const { table, statuses } = this.workers;
    const row = table.pods.rowOf(pod.id);
    const node = row < 0 ? fleet.indexOf(pod.spec.nodeName) : table.pods.node[row]!;
    if (node < 0 || !fleet.isReachable(node)) return;
    const stage = row < 0 ? -1 : table.pods.stage[row]!;
    const { phase, ready } = pod.status;
    if (isMirror(pod)) this.observeMirror(row, pod, node);
    else if (row < 0) {
      if (phase === 'Succeeded' || phase === 'Failed') return;
      if (phase === 'Running' && ready && !pod.metadata.deleting) this.workers.adopt(pod, node);
      else this.workers.take(pod, node);
    } else if (stage === LIVE && pod.metadata.deleting) {
      this.workers.killDeleted(row, pod);
    } else if (stage !== KILLING) statuses.observed(row, pod);
  }

  /** What runs of a static pod runs on, whatever becomes of its mirrors: the latest is the one that is reported to. */
  private observeMirror(row: number, pod: Pod, node: number): void {
    const { metadata } = pod;
    const { pods } = this.workers.table;
    if (row >= 0) {
      if (!metadata.deleting) this.workers.statuses.observed(row, pod);
      return;
    }
    const name = `${metadata.namespace}/${metadata.name}`;
    const known = this.staticRows.get(name);
    if (known === undefined) {
      this.workers.take(pod, node);
      const taken = pods.rowOf(pod.id);
      pods.set(taken, STATIC, true);
      this.staticRows.set(name, taken);
    } else {
      pods.rename(known, pod.id);
      this.workers.statuses.report(known);
    }
  }
}
