import { NODE } from '../../api/kind.js';
import { ObjectMeta } from '../../api/meta.js';
import { isMirror, MIRROR } from '../../api/mirror-pod.js';
import { draft } from '../../api/object.js';
import { PENDING, type Pod, PodSpec } from '../../api/pod.js';
import type { ApiClient } from '../../client/api-client.js';
import type { Informer } from '../../client/informer.js';
import type { NodeFleet } from './node-fleet.js';

/** The pods that lie as files on some nodes. */
export interface StaticPodFile {
  readonly pods: readonly Pod[];
  /** Numbers of the nodes; undefined for all, those that come later among them. */
  readonly nodes: readonly number[] | undefined;
}

/**
 * Pods that kubelets run whatever the API server says (pkg/kubelet/pod/mirror_client.go): each has a mirror there, which
 * is made when the node is registered, and made again whenever somebody deletes it.
 */
export class StaticPods {
  private readonly client: ApiClient;
  private readonly fleet: NodeFleet;
  private readonly files: readonly StaticPodFile[];
  private readonly nodeId: (node: number) => number;

  /** `nodeId` is the identity of a node's object, -1 where it is not registered. */
  constructor(
    client: ApiClient,
    pods: Informer<Pod>,
    fleet: NodeFleet,
    files: readonly StaticPodFile[],
    nodeId: (node: number) => number,
  ) {
    this.client = client;
    this.fleet = fleet;
    this.files = files;
    this.nodeId = nodeId;
    if (files.length === 0) return;
    pods.addHandler({
      added: () => undefined,
      updated: (_, pod) => this.mirrorChanged(pod),
      deleted: (pod) => this.mirrorGone(pod),
    });
  }

  /** A node is there: its pods get their mirrors. */
  join(node: number): void {
    for (const { pods, nodes } of this.files)
      if (nodes === undefined || nodes.includes(node)) for (const pod of pods) this.mirror(node, pod);
  }

  /** A mirror that is to go goes at once, whatever its grace (tryReconcileMirrorPods). */
  private mirrorChanged(pod: Pod): void {
    const node = pod.metadata.deleting && isMirror(pod) ? this.fleet.hostOf(pod) : -1;
    if (node >= 0) this.client.delete(pod, { gracePeriodSeconds: 0, id: pod.id }, node);
  }

  private mirrorGone(pod: Pod): void {
    const node = isMirror(pod) ? this.fleet.hostOf(pod) : -1;
    if (node < 0) return;
    for (const { pods } of this.files)
      for (const each of pods) if (this.nameOn(node, each) === pod.metadata.name) this.mirror(node, each);
  }

  /** Creates the mirror of a pod; nobody does of a node that the API server does not know. */
  private mirror(node: number, pod: Pod): void {
    const id = this.nodeId(node);
    if (id < 0) return;
    const { labels, annotations, namespace } = pod.metadata;
    const nodeName = this.fleet.names[node]!;
    const owner = { kindId: NODE.id, id, name: nodeName, controller: true, blockOwnerDeletion: false };
    const metadata = ObjectMeta.of({
      namespace,
      name: this.nameOn(node, pod),
      labels,
      annotations: { ...annotations, [MIRROR]: pod.metadata.name, 'kubernetes.io/config.source': 'file' },
      ownerReferences: [owner],
    });
    this.client.create(draft(pod.kind, metadata, new PodSpec(pod.spec.shape, nodeName), PENDING), node);
  }

  /** Its name with the node's behind it (config/common.go generatePodName). */
  private nameOn(node: number, { metadata }: Pod): string {
    return `${metadata.name}-${this.fleet.names[node]!}`;
  }
}
