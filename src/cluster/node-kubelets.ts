import type { Pod } from '../api/pod.js';
import type { ApiClient } from '../client/api-client.js';
import type { Informer } from '../client/informer.js';
import type { PodsByNode } from '../client/pods-by-node.js';
import type { Engine } from '../engine/index.js';
import type { Streams } from '../random/streams.js';
import { HollowWorker } from '../spokes/kubelet/hollow-worker.js';
import { ImagePuller } from '../spokes/kubelet/image-puller.js';
import { KubeletEvents } from '../spokes/kubelet/kubelet-events.js';
import type { KubeletModel } from '../spokes/kubelet/kubelet-model.js';
import type { KubeletProbe } from '../spokes/kubelet/kubelet-probe.js';
import { Kubelets } from '../spokes/kubelet/kubelets.js';
import type { NodeFleet } from '../spokes/kubelet/node-fleet.js';
import { SyncLoopKubelets } from '../spokes/kubelet/sync-loop-kubelets.js';
import type { ClusterConfig, NodeSelection } from './config.js';

/** What kubelets are wired to. */
export interface NodeKubeletParts {
  readonly engine: Engine;
  readonly streams: Streams;
  readonly probe: KubeletProbe;
  readonly client: ApiClient;
  /** The pods that are bound to a node. */
  readonly pods: Informer<Pod>;
  readonly podsByNode: PodsByNode;
  readonly fleet: NodeFleet;
  /** A client of the kubelets by another name. */
  readonly clientNamed: (name: string) => ApiClient;
  /** A node has come under pressure, or out of it. */
  readonly pressureChanged: (node: number) => void;
}

/** Names the machines that are meant, by number. */
export type Select = (selection: NodeSelection) => readonly number[];

/** The kubelets of all nodes, of the model that the configuration names. */
export function kubeletsOf(config: ClusterConfig, parts: NodeKubeletParts, select: Select): KubeletModel {
  const { streams, pods, podsByNode, fleet } = parts;
  const { kubelet } = config;
  const { podStart, podStop, containerStart, volumeMount } = kubelet;
  const shared = { ...parts, podStart, podStop, stream: streams.stream('kubelet') };
  if (kubelet.model === 'hollow') return new Kubelets(pods, podsByNode, fleet, new HollowWorker(shared));
  const loop = {
    containerStart,
    volumeMount,
    behaviour: streams.stream('kubelet/behaviour'),
    jitter: streams.stream('kubelet/jitter'),
    pleg: streams.stream('kubelet/pleg'),
    volumes: streams.stream('kubelet/volumes'),
    usage: streams.stream('kubelet/usage'),
    events: new KubeletEvents(parts.engine, parts.clientNamed('kubelet events'), fleet, kubelet),
    eviction: kubelet,
    imageGarbage: kubelet,
    imageGarbageStream: streams.stream('kubelet/image-garbage'),
  };
  return new SyncLoopKubelets({ ...shared, ...loop }, imagePuller(config, parts, select), kubelet);
}

function imagePuller(config: ClusterConfig, { engine, streams }: NodeKubeletParts, select: Select): ImagePuller {
  const { kubelet, images, registry } = config;
  const { serializeImagePulls, maxParallelImagePulls, registryPullQps, registryBurst, imageBandwidth } = kubelet;
  const parallel = maxParallelImagePulls === 0 ? Number.POSITIVE_INFINITY : maxParallelImagePulls;
  const pulls = {
    parallel: serializeImagePulls ? 1 : parallel,
    registryPullQps,
    registryBurst,
    // As it is written, 0 is no limit.
    nodeBandwidth: imageBandwidth || Number.POSITIVE_INFINITY,
    registryBandwidth: registry.bandwidth || Number.POSITIVE_INFINITY,
    images: images.map((image) => ({ ...image, on: image.on === undefined ? [] : select(image.on) })),
  };
  return new ImagePuller(engine, pulls, streams.stream('kubelet/images'));
}
