import { parseDuration } from '../../../src/api/duration.js';
import { EVENT, POD } from '../../../src/api/kind.js';
import { ObjectMeta } from '../../../src/api/meta.js';
import { draft } from '../../../src/api/object.js';
import { PENDING, type Pod, PodSpec } from '../../../src/api/pod.js';
import type { PodSpecManifest } from '../../../src/api/pod-manifest.js';
import type { Resources } from '../../../src/api/resources.js';
import type { WatchEvent } from '../../../src/api/watch.js';
import type { ApiClient } from '../../../src/client/api-client.js';
import { PodsByNode } from '../../../src/client/pods-by-node.js';
import { parseDistribution } from '../../../src/random/parse-distribution.js';
import { Streams } from '../../../src/random/streams.js';
import { EVICTION_DEFAULTS, type EvictionConfig } from '../../../src/spokes/kubelet/eviction-config.js';
import { HollowWorker } from '../../../src/spokes/kubelet/hollow-worker.js';
import { IMAGE_GARBAGE_DEFAULTS, type ImageGarbageConfig } from '../../../src/spokes/kubelet/image-garbage-config.js';
import { ImagePuller, type ImagePulls } from '../../../src/spokes/kubelet/image-puller.js';
import { type EventLimits, KubeletEvents } from '../../../src/spokes/kubelet/kubelet-events.js';
import type { KubeletModel } from '../../../src/spokes/kubelet/kubelet-model.js';
import type { KubeletParts } from '../../../src/spokes/kubelet/kubelet-parts.js';
import { Kubelets } from '../../../src/spokes/kubelet/kubelets.js';
import { NodeFleet } from '../../../src/spokes/kubelet/node-fleet.js';
import type { ShutdownGrace } from '../../../src/spokes/kubelet/node-shutdown.js';
import { SyncLoopKubelets } from '../../../src/spokes/kubelet/sync-loop-kubelets.js';
import { type TestHub, testHub } from '../hub/test-hub.js';

/** A hub and the kubelets of some nodes, with nobody else; pods are created bound. */
export interface MachineRoom {
  readonly hub: TestHub;
  readonly kubelets: KubeletModel;
  readonly fleet: NodeFleet;
  readonly user: ApiClient;
  pod(name: string): Pod | undefined;
  createPod(
    name: string,
    nodeName: string,
    annotations?: Record<string, string>,
    spec?: Partial<PodSpecManifest>,
  ): void;
  /** Goes on until nothing but chores is left. */
  settle(): void;
  /** The Events of an object, oldest first: type, reason, message and how often. */
  events(name: string): string[];
  /** What the store said of a pod, change by change: `Pending`, `Running`, `Running ready`, … with the seconds. */
  story(name: string): string[];
}

export interface RoomOptions {
  readonly containerStart?: string;
  readonly allocatable?: Resources | undefined;
  readonly pulls?: Partial<ImagePulls>;
  readonly grace?: ShutdownGrace;
  readonly volumeMount?: string;
  readonly eventLimits?: EventLimits;
  readonly eviction?: Partial<EvictionConfig>;
  readonly imageGarbage?: Partial<ImageGarbageConfig>;
  /** Is told the seconds and bits of every change. */
  readonly pressures?: [number, number][];
}

function syncLoops(parts: KubeletParts, events: ApiClient, options: RoomOptions): KubeletModel {
  const {
    containerStart = '0s',
    pulls,
    grace = { shutdownGracePeriodNs: 0, shutdownGracePeriodCriticalPodsNs: 0 },
    eventLimits = { eventRecordQps: 50, eventBurst: 100 },
  } = options;
  const streams = new Streams(2);
  const images = new ImagePuller(parts.engine, { ...NO_LIMITS, ...pulls }, streams.stream('images'));
  const behaviour = streams.stream('behaviour');
  const jitter = streams.stream('jitter');
  const pleg = streams.stream('pleg');
  const start = parseDistribution(containerStart, parseDuration);
  const extras = {
    events: new KubeletEvents(parts.engine, events, parts.fleet, eventLimits),
    volumeMount: parseDistribution(options.volumeMount ?? '0s', parseDuration),
    volumes: streams.stream('volumes'),
    usage: streams.stream('usage'),
    eviction: { ...EVICTION_DEFAULTS, ...options.eviction },
    imageGarbage: { ...IMAGE_GARBAGE_DEFAULTS, ...options.imageGarbage },
    imageGarbageStream: streams.stream('image-garbage'),
    pressureChanged: (node: number): void => {
      options.pressures?.push([parts.engine.nowNs / 1e9, parts.fleet.pressureOf(node)]);
    },
  };
  return new SyncLoopKubelets({ ...extras, ...parts, containerStart: start, behaviour, jitter, pleg }, images, grace);
}

interface EventFields {
  readonly type: string;
  readonly reason: string;
  readonly message: string;
  readonly count: number;
  readonly involvedObject: { readonly name: string };
}

const NO_LIMITS: ImagePulls = {
  parallel: 1,
  registryPullQps: 0,
  registryBurst: 1,
  nodeBandwidth: Number.POSITIVE_INFINITY,
  registryBandwidth: Number.POSITIVE_INFINITY,
  images: [],
};

function observe(hub: TestHub, story: Map<string, string[]>): void {
  const committed = hub.measurements.committed.bind(hub.measurements);
  hub.measurements.committed = (event: WatchEvent) => {
    committed(event);
    if (event.object.kind !== POD) return;
    const { metadata, status } = event.object as Pod;
    const words = [
      (event.committedNs / 1e9).toFixed(1),
      event.type === 'DELETED' ? 'gone' : status.phase,
      status.ready ? 'ready' : '',
      status.waiting,
      status.reason,
      status.restarts > 0 ? `restarts=${status.restarts}` : '',
    ];
    const lines = story.get(metadata.name) ?? [];
    story.set(metadata.name, lines);
    lines.push(words.filter((word) => word !== '').join(' '));
  };
}

export function machineRoom(
  model: 'hollow' | 'kubelet',
  podStart: string,
  podStop: string,
  nodes = 1,
  options: RoomOptions = {},
): MachineRoom {
  const hub = testHub();
  const program = hub.program('kubelet');
  const fleet = new NodeFleet();
  for (let i = 0; i < nodes; i++) fleet.add(`node-${i}`, options.allocatable);
  const pods = program.informer<Pod>(POD, (pod) => pod.spec.nodeName !== '');
  const podsByNode = new PodsByNode(pods);
  const clientNamed = (name: string): ApiClient =>
    model === 'hollow'
      ? program.client(name, 'system:nodes', 0, 0)
      : program.client(name, 'system:node:*', 0, 0, 0, fleet.names);
  const parts = {
    engine: hub.engine,
    client: clientNamed('kubelet'),
    pods,
    podsByNode,
    fleet,
    podStart: parseDistribution(podStart, parseDuration),
    podStop: parseDistribution(podStop, parseDuration),
    stream: new Streams(1).stream('kubelet'),
    probe: hub.measurements,
  };
  const kubelets =
    model === 'hollow'
      ? new Kubelets(pods, podsByNode, fleet, new HollowWorker(parts))
      : syncLoops(parts, clientNamed('kubelet events'), options);
  program.start();
  hub.engine.run();
  const user = hub.program('user').client('user', 'system:masters', 0, 0);
  const story = new Map<string, string[]>();
  observe(hub, story);
  return {
    hub,
    kubelets,
    fleet,
    user,
    pod: (name) => hub.store.get(POD, 'default', name) as Pod | undefined,
    settle() {
      hub.engine.onQuiet(() => hub.engine.stop());
      hub.engine.run();
    },
    events(name) {
      const found = [...hub.store.table(EVENT).values()].map(({ extra }) => extra as unknown as EventFields);
      const about = found.filter(({ involvedObject }) => involvedObject.name === name);
      return about.map(({ type, reason, message, count }) => `${type} ${reason}: ${message} x${count}`);
    },
    story: (name) => story.get(name) ?? [],
    createPod(name, nodeName, annotations = {}, spec = {}) {
      const shape = hub.shapes.of({ containers: [{ name: 'c' }], terminationGracePeriodSeconds: 30, ...spec });
      const meta = ObjectMeta.of({ namespace: 'default', name, annotations });
      user.create(draft(POD, meta, new PodSpec(shape, nodeName), PENDING));
    },
  };
}
