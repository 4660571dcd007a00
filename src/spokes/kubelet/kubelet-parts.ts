import type { Pod } from '../../api/pod.js';
import type { ApiClient } from '../../client/api-client.js';
import type { Informer } from '../../client/informer.js';
import type { PodsByNode } from '../../client/pods-by-node.js';
import type { Engine } from '../../engine/index.js';
import type { Distribution } from '../../random/distribution.js';
import type { Stream } from '../../random/stream.js';
import type { EvictionConfig } from './eviction-config.js';
import type { ImageGarbageConfig } from './image-garbage-config.js';
import type { KubeletEvents } from './kubelet-events.js';
import type { KubeletProbe } from './kubelet-probe.js';
import type { NodeFleet } from './node-fleet.js';

/** What the kubelets of all nodes are made of. */
export interface KubeletParts {
  readonly engine: Engine;
  readonly client: ApiClient;
  /** The pods that are bound to a node. */
  readonly pods: Informer<Pod>;
  readonly podsByNode: PodsByNode;
  readonly fleet: NodeFleet;
  /** How long containers take to start, and to end when they are told to; ns. */
  readonly podStart: Distribution;
  readonly podStop: Distribution;
  readonly stream: Stream;
  readonly probe: KubeletProbe;
}

/** What those with a sync loop need beside. */
export interface SyncLoopParts extends KubeletParts {
  /** How long a container takes to start in a pod whose sandbox is up, ns. */
  readonly containerStart: Distribution;
  /** What containers do of themselves is drawn from here. */
  readonly behaviour: Stream;
  /** Of the moments when pod workers look again. */
  readonly jitter: Stream;
  /** How long the volumes of a pod take to be mounted. */
  readonly volumeMount: Distribution;
  /** Of volumes, and of what containers use. */
  readonly volumes: Stream;
  readonly usage: Stream;
  readonly events: KubeletEvents;
  readonly eviction: EvictionConfig;
  readonly imageGarbage: ImageGarbageConfig;
  /** Of the moments when kubelets begin to look at their images. */
  readonly imageGarbageStream: Stream;
  /** A node has come under pressure, or out of it. */
  readonly pressureChanged: (node: number) => void;
  /** Of the moments when the nodes' PLEGs begin. */
  readonly pleg: Stream;
}

/** A pod by its id, if it is still there and its machine up. */
export function podHere({ pods, fleet }: KubeletParts, id: number): Pod | undefined {
  const pod = pods.cache.byId(id);
  return pod !== undefined && fleet.hostOf(pod) >= 0 ? pod : undefined;
}
