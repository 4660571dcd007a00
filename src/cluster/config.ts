import type { Labels } from '../api/labels.js';
import type { Node } from '../api/node.js';
import type { Pod } from '../api/pod.js';
import type { Resources } from '../api/resources.js';
import type { Taint } from '../api/taint.js';
import type { Distribution } from '../random/distribution.js';
import type { ClusterAutoscalerOptions } from '../spokes/cluster-autoscaler/autoscaler-options.js';
import type { AutoscalerOptions } from '../spokes/controllers/horizontal-pod-autoscaler/autoscaler-options.js';
import type { EvictionConfig } from '../spokes/kubelet/eviction-config.js';
import type { ImageGarbageConfig } from '../spokes/kubelet/image-garbage-config.js';
import type { EventLimits } from '../spokes/kubelet/kubelet-events.js';
import type { ProfileOptions } from '../spokes/scheduler/scheduler-options.js';
import type { ApiServerConfig } from './api-server-config.js';
import type { NetworkLink } from './link-wire.js';
import type { ProfileName } from './profile-name.js';
import type { StateObject } from './start-state.js';
import type { VersionTraits } from './versions.js';

/**
 * The whole configuration of a control plane: total (every default filled in for its Kubernetes minor), read-only,
 * durations in integer virtual nanoseconds, distributions parsed. Field names are the names of the Kubernetes flags
 * and configuration fields in camel case, the unit last.
 */
export interface ClusterConfig {
  /** Minor of Kubernetes 1.x whose defaults hold: 36 for `"1.36"`. */
  readonly kubernetesMinor: number;
  /** What that minor is like, with the scenario's feature gates. */
  readonly traits: VersionTraits;
  /** Name of the cost profile: what every step costs, and on which host. */
  readonly profile: ProfileName;
  /** In the order of the file; counted nodes are named `node-0000`, `node-0001`, … through all groups. */
  readonly nodes: readonly NodeGroup[];
  /** What the cluster autoscaler may order more of; without any it is left out. */
  readonly nodeGroups: readonly NodeGroupConfig[];
  readonly clusterAutoscaler: ClusterAutoscalerOptions;
  /** What is there from the start beside the nodes. */
  readonly state: readonly StateObject[];
  readonly apiServer: ApiServerConfig;
  readonly etcd: EtcdConfig;
  readonly scheduler: SchedulerConfig;
  /** Schedulers beside the first, by the name of their program. */
  readonly otherSchedulers: readonly { readonly name: string; readonly config: SchedulerConfig }[];
  readonly controllerManager: ControllerManagerConfig;
  readonly metricsServer: MetricsServerConfig;
  /** Whether somebody counts what is used of ResourceQuotas. */
  readonly resourceQuotas?: true;
  /** Whether there are claims: those of StatefulSets are made, and all are protected while pods use them. */
  readonly claims?: true;
  readonly kubelet: KubeletConfig;
  /** Images with a size; all others are on every node. */
  readonly images: readonly ImageEntry[];
  readonly staticPods: readonly StaticPodEntry[];
  readonly registry: RegistryConfig;
  readonly network: NetworkConfig;
  readonly informers: InformersConfig;
  readonly wiring: WiringConfig;
  /** Undefined: `declarative`, and the summary does not count orders. */
  readonly control: ControlMode | undefined;
  /** Idle watchers beside the components' own. */
  readonly watchers: readonly WatcherGroup[];
}

/** What clients send and accept. */
export const CONTENT_TYPES = ['application/vnd.kubernetes.protobuf', 'application/json'] as const;
export type ContentType = (typeof CONTENT_TYPES)[number];

/** Alike nodes by number, or the nodes of a manifest file. */
export type NodeGroup = CountedNodes | ListedNodes;

/** What alike machines are like. */
export interface MachineShape {
  /** Value of the label `topology.kubernetes.io/zone`; `''` without one. */
  readonly zone: string;
  /** Capacity and allocatable at once. */
  readonly capacity: Resources;
  /** Beside `kubernetes.io/hostname`, `kubernetes.io/os`, `kubernetes.io/arch` and the zone, which every node gets. */
  readonly labels: Labels;
  readonly taints: readonly Taint[];
}

export interface CountedNodes extends MachineShape {
  readonly source: 'count';
  readonly count: number;
}

/** Alike machines that an autoscaler orders and gives back. */
export interface NodeGroupConfig extends MachineShape {
  /** Its machines are named NAME-0000, NAME-0001, … */
  readonly name: string;
  readonly minSize: number;
  readonly maxSize: number;
  /** Machines at the start. */
  readonly size: number;
  /** From being ordered to having registered. */
  readonly boot: Distribution;
}

export interface ListedNodes {
  readonly source: 'file';
  /** Drafts as the manifest has them, in file order. */
  readonly nodes: readonly Node[];
}

export interface EtcdConfig {
  /** Processes, one of which leads; what is written is on the disks of a majority. */
  readonly members: number;
  readonly heartbeatIntervalNs: number;
  /** Followers that have not heard of a leader for so long, up to twice as long, elect another. */
  readonly electionTimeoutNs: number;
  /** Time of one fsync; `undefined` takes the profile's. */
  readonly fsync: Distribution | undefined;
  /** Bytes from which on writes are refused; 0: no limit. */
  readonly quotaBackendBytes: number;
  /** Whether Events have an etcd of their own, on the same machines. */
  readonly eventsSeparately: boolean;
}

export interface SchedulerConfig {
  readonly replicas: number;
  /** Requests a second of the client; 0 or less means no limit. */
  readonly kubeApiQps: number;
  readonly kubeApiBurst: number;
  /** `clientConnection.contentType`. */
  readonly contentType: ContentType;
  /** What pods may ask for by `schedulerName`; percentageOfNodesToScore 0 means by cluster size (kubernetes-facts D2). */
  readonly profiles: readonly ProfileOptions[];
  /** Nodes that a cycle looks at at once, as far as there are cores. */
  readonly parallelism: number;
  readonly podInitialBackoffNs: number;
  readonly podMaxBackoffNs: number;
}

export interface ControllerManagerConfig extends AutoscalerOptions {
  readonly replicas: number;
  /** Per controller: with service-account credentials each has a client, and so a bucket, of its own. */
  readonly kubeApiQps: number;
  readonly kubeApiBurst: number;
  /** `--kube-api-content-type`. */
  readonly contentType: ContentType;
  readonly concurrentDeploymentSyncs: number;
  readonly concurrentReplicaSetSyncs: number;
  readonly concurrentRcSyncs: number;
  readonly concurrentStatefulSetSyncs: number;
  readonly concurrentDaemonSetSyncs: number;
  readonly concurrentJobSyncs: number;
  readonly concurrentTtlAfterFinishedSyncs: number;
  readonly concurrentCronJobSyncs: number;
  readonly concurrentGcSyncs: number;
  readonly concurrentNamespaceSyncs: number;
  readonly concurrentResourceQuotaSyncs: number;
  readonly resourceQuotaSyncPeriodNs: number;
  readonly concurrentServiceEndpointSyncs: number;
  readonly concurrentEndpointSyncs: number;
  /** Pods that have ended, beyond which the first of them are deleted; 0 keeps all. */
  readonly terminatedPodGcThreshold: number;
  readonly nodeMonitorPeriodNs: number;
  readonly nodeMonitorGracePeriodNs: number;
  readonly nodeStartupGracePeriodNs: number;
  /** Nodes a second that get the NoExecute taint in a healthy zone. */
  readonly nodeEvictionRate: number;
  /** The same in an unhealthy zone of a large cluster. */
  readonly secondaryNodeEvictionRate: number;
  /** Nodes; at and below it the secondary rate is 0. */
  readonly largeClusterSizeThreshold: number;
  /** Fraction of not-ready nodes from which a zone is unhealthy. */
  readonly unhealthyZoneThreshold: number;
}

export interface MetricsServerConfig {
  /** 0 leaves it out, and the HorizontalPodAutoscalers with it. */
  readonly replicas: number;
  /** Between two readings of all pods. */
  readonly metricResolutionNs: number;
}

export interface KubeletConfig extends EvictionConfig, ImageGarbageConfig, EventLimits {
  /** `hollow`: as KWOK, one status PATCH after `podStart`. `kubelet`: sync loop, PLEG and status manager. */
  readonly model: 'hollow' | 'kubelet';
  /** `contentType` of the KubeletConfiguration. */
  readonly contentType: ContentType;
  /** From the binding being seen (hollow) or the sync starting (kubelet) to the containers running. */
  readonly podStart: Distribution;
  /** From the deletion being seen to the containers having ended. */
  readonly podStop: Distribution;
  /** From its start to running, for a container whose pod is up already: after an init container, or again. */
  readonly containerStart: Distribution;
  /** How long the volumes of a pod take to be attached and mounted, all together. */
  readonly volumeMount: Distribution;
  readonly serializeImagePulls: boolean;
  /** Without `serializeImagePulls`; 0 means no limit. */
  readonly maxParallelImagePulls: number;
  /** Pulls a second of one node; 0 means no limit. */
  readonly registryPullQps: number;
  readonly registryBurst: number;
  /** Bytes a second that a node can fetch and unpack of images; 0 means no limit. */
  readonly imageBandwidth: number;
  /** How long pods may take to end when their node is shut down; 0: nobody tells them. */
  readonly shutdownGracePeriodNs: number;
  /** The last part of it, for critical pods. */
  readonly shutdownGracePeriodCriticalPodsNs: number;
  /** From a node being switched on to its kubelet running. */
  readonly nodeBoot: Distribution;
  /** Whether node statuses are written beside the leases. */
  readonly nodeStatus: boolean;
  /** Leases are renewed every quarter of it. */
  readonly nodeLeaseDurationSeconds: number;
  readonly nodeStatusUpdateFrequencyNs: number;
  readonly nodeStatusReportFrequencyNs: number;
}

export const WATCH_FAULTS = ['stale-cache', 'watch-drop', 'watch-delay'] as const;

/** What can happen to the watch of one program. */
export interface WatchFault {
  readonly fault: (typeof WATCH_FAULTS)[number];
  /** Nothing arrives, no connection can be made, or everything takes longer, for so long. */
  readonly forNs: number;
  /** Of `watch-delay`: how much longer. */
  readonly delay?: Distribution | undefined;
}

/** Some nodes of a cluster. */
export type NodeSelection =
  | { readonly by: 'all' }
  | { readonly by: 'name'; readonly names: readonly string[] }
  | { readonly by: 'zone'; readonly zone: string }
  /** Those that have these labels. */
  | { readonly by: 'labels'; readonly labels: Labels }
  /** So many drawn anew each time, of all that have these labels, with a stream of that name. */
  | { readonly by: 'chance'; readonly count: number; readonly labels: Labels; readonly stream: string };

export interface ImageEntry {
  /** As the containers name it. */
  readonly name: string;
  /** Layers of the same name are the same, and are pulled once a node. */
  readonly layers: readonly { readonly name: string; readonly bytes: number }[];
  /** Fraction of the pulls that fail. */
  readonly failures: number;
  /** Nodes that have it from the start; `undefined` for none. */
  readonly on: NodeSelection | undefined;
}

/** Pods that lie as files on nodes, and that their kubelets run whatever the API server says. */
export interface StaticPodEntry {
  readonly pods: readonly Pod[];
  /** `undefined` for all nodes, those that come later among them. */
  readonly on: NodeSelection | undefined;
}

export interface RegistryConfig {
  /** Bytes a second to all nodes together; 0 means no limit. */
  readonly bandwidth: number;
}

export interface NetworkConfig {
  /** One way between any component and an API server; `undefined` takes the profile's. */
  readonly delay: Distribution | undefined;
  /** Wires that are not like the others; of two that mean the same, the later one counts. */
  readonly links: readonly NetworkLink[];
}

/**
 * `declarative`: controllers and a scheduler compare what is wanted with what is there; `imperative`: a recipe makes what
 * was ordered, once, and nobody looks at it again.
 */
export const CONTROL_MODES = ['declarative', 'imperative'] as const;
export type ControlMode = (typeof CONTROL_MODES)[number];

/** Who tells whom. */
export interface WiringConfig {
  /** `hub`: all through the API server; `mesh`: every program tells every other one, and each has a copy of the truth. */
  readonly mode: 'hub' | 'mesh';
  /** Of a mesh: the share of messages that never arrive. */
  readonly loss: number;
}

/** How programs learn what there is. */
export interface InformersConfig {
  /** `watch`, as Kubernetes; `poll`: a LIST every so often, as if there were no watches. */
  readonly mode: 'watch' | 'poll';
  readonly everyNs: number;
}

export interface WatcherGroup {
  readonly count: number;
  /** Plural resource name: `configmaps`. */
  readonly resource: string;
}
