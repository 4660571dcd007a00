import * as z from 'zod';
import { REPLICAS_MAX } from '../api/size-limits.js';
import {
  CONTROL_MODES,
  type ControllerManagerConfig,
  type ControlMode,
  type EtcdConfig,
  type InformersConfig,
  type KubeletConfig,
  type MetricsServerConfig,
  type RegistryConfig,
  type SchedulerConfig,
  type WatcherGroup,
  type WiringConfig,
} from '../cluster/config.js';
import { PROFILE_NAMES, type ProfileName } from '../cluster/profile-name.js';
import { FEATURE_GATES } from '../cluster/versions.js';
import type { ClusterAutoscalerOptions } from '../spokes/cluster-autoscaler/autoscaler-options.js';
import type { NodesInput as NodeNamesInput } from './node-selection.js';
import { type ApiServerInput, apiServer } from './schema-api-server.js';
import { etcd } from './schema-etcd.js';
import { kubelet } from './schema-kubelet.js';
import { type NetworkInput, network } from './schema-network.js';
import {
  type CountedNodesInput,
  clusterAutoscaler,
  countedNodes,
  type FileNodesInput,
  fileNodes,
  type NodeGroupInput,
  nodeGroup,
} from './schema-nodes.js';
import { bytes, contentType, count, duration, type Input, period, section } from './schema-values.js';
import { nodesKey } from './steps/step-keys.js';

/** `cluster:` as written, with values parsed but defaults, files and quantities still to be resolved. */
export interface ClusterInput {
  readonly kubernetes?: string | undefined;
  readonly featureGates?: Readonly<Record<string, boolean | undefined>> | undefined;
  readonly profile?: ProfileName | undefined;
  readonly nodes?: readonly NodesInput[] | undefined;
  readonly nodeGroups?: readonly NodeGroupInput[] | undefined;
  readonly clusterAutoscaler?: Input<ClusterAutoscalerOptions> | undefined;
  readonly state?: readonly string[] | undefined;
  readonly apiServer?: ApiServerInput | undefined;
  readonly etcd?: Input<EtcdConfig> | undefined;
  readonly scheduler?: SchedulerInput | undefined;
  readonly otherSchedulers?: readonly OtherSchedulerInput[] | undefined;
  readonly controllerManager?: Input<ControllerManagerConfig> | undefined;
  readonly metricsServer?: Input<MetricsServerConfig> | undefined;
  readonly kubelet?: Input<KubeletConfig> | undefined;
  readonly images?: readonly ImageInput[] | undefined;
  readonly staticPods?: readonly StaticPodInput[] | undefined;
  readonly registry?: Input<RegistryConfig> | undefined;
  readonly network?: NetworkInput | undefined;
  readonly informers?: Input<InformersConfig> | undefined;
  readonly wiring?: Input<WiringConfig> | undefined;
  readonly control?: ControlMode | undefined;
  readonly watchers?: readonly WatcherGroup[] | undefined;
}

/** `scheduler:` as written. */
export type SchedulerInput = Input<Omit<SchedulerConfig, 'profiles'>> & {
  readonly config?: string | undefined;
  readonly percentageOfNodesToScore?: number | undefined;
};
export type OtherSchedulerInput = SchedulerInput & { readonly name: string };

export type NodesInput = FileNodesInput | CountedNodesInput;

export interface ImageInput {
  readonly name: string;
  readonly size?: number | undefined;
  readonly layers?: Readonly<Record<string, number>> | undefined;
  readonly failures?: number | undefined;
  readonly on?: NodeNamesInput | undefined;
}

export interface StaticPodInput {
  readonly file: string;
  readonly on?: NodeNamesInput | undefined;
}

const schedulerShape = {
  config: z.string().optional().describe('A KubeSchedulerConfiguration, relative to this file'),
  replicas: count(0, 'Schedulers, one of which leads; 0 leaves scheduling out', REPLICAS_MAX).optional(),
  kubeApiQps: z.number().optional().describe('clientConnection.qps'),
  kubeApiBurst: count(1, 'clientConnection.burst').optional(),
  contentType: contentType('clientConnection.contentType').optional(),
  percentageOfNodesToScore: z.number().int().min(0).max(100).optional().describe('0 means by cluster size'),
  podInitialBackoff: duration('podInitialBackoffSeconds').optional(),
  podMaxBackoff: duration('podMaxBackoffSeconds').optional(),
  parallelism: count(1, 'Nodes looked at at once').optional(),
};

const scheduler: z.ZodType<SchedulerInput> = section(schedulerShape, 'kube-scheduler');

const otherScheduler: z.ZodType<OtherSchedulerInput> = section(
  { name: z.string().min(1).describe('Of the program, and of its profile if it has no config'), ...schedulerShape },
  'A scheduler beside kube-scheduler',
);

const controllerManager: z.ZodType<Input<ControllerManagerConfig>> = section(
  {
    replicas: count(
      0,
      'Controller managers, one of which leads; 0 leaves all controllers out',
      REPLICAS_MAX,
    ).optional(),
    kubeApiQps: z.number().optional().describe('--kube-api-qps, for each controller'),
    kubeApiBurst: count(1, '--kube-api-burst, for each controller').optional(),
    contentType: contentType('--kube-api-content-type').optional(),
    concurrentDeploymentSyncs: count(1, '--concurrent-deployment-syncs').optional(),
    concurrentReplicaSetSyncs: count(1, '--concurrent-replicaset-syncs').optional(),
    concurrentRcSyncs: count(1, '--concurrent-rc-syncs').optional(),
    concurrentStatefulSetSyncs: count(1, '--concurrent-statefulset-syncs').optional(),
    concurrentDaemonSetSyncs: count(1, '--concurrent-daemonset-syncs').optional(),
    concurrentJobSyncs: count(1, '--concurrent-job-syncs').optional(),
    concurrentTtlAfterFinishedSyncs: count(1, '--concurrent-ttl-after-finished-syncs').optional(),
    concurrentCronJobSyncs: count(1, '--concurrent-cron-job-syncs').optional(),
    concurrentGcSyncs: count(1, '--concurrent-gc-syncs').optional(),
    concurrentNamespaceSyncs: count(1, '--concurrent-namespace-syncs').optional(),
    concurrentResourceQuotaSyncs: count(1, '--concurrent-resource-quota-syncs').optional(),
    resourceQuotaSyncPeriod: period('--resource-quota-sync-period').optional(),
    concurrentServiceEndpointSyncs: count(1, '--concurrent-service-endpoint-syncs').optional(),
    concurrentEndpointSyncs: count(1, '--concurrent-endpoint-syncs').optional(),
    horizontalPodAutoscalerSyncPeriod: period('--horizontal-pod-autoscaler-sync-period').optional(),
    horizontalPodAutoscalerDownscaleStabilization: duration(
      '--horizontal-pod-autoscaler-downscale-stabilization',
    ).optional(),
    horizontalPodAutoscalerTolerance: z.number().min(0).optional().describe('--horizontal-pod-autoscaler-tolerance'),
    horizontalPodAutoscalerCpuInitializationPeriod: duration(
      '--horizontal-pod-autoscaler-cpu-initialization-period',
    ).optional(),
    horizontalPodAutoscalerInitialReadinessDelay: duration(
      '--horizontal-pod-autoscaler-initial-readiness-delay',
    ).optional(),
    concurrentHorizontalPodAutoscalerSyncs: count(1, '--concurrent-horizontal-pod-autoscaler-syncs').optional(),
    terminatedPodGcThreshold: count(
      0,
      '--terminated-pod-gc-threshold: ended pods beyond which the first are deleted; 0 keeps all',
    ).optional(),
    nodeMonitorPeriod: period('--node-monitor-period').optional(),
    nodeMonitorGracePeriod: duration('--node-monitor-grace-period').optional(),
    nodeStartupGracePeriod: duration('--node-startup-grace-period').optional(),
    nodeEvictionRate: z.number().min(0).optional().describe('--node-eviction-rate, nodes a second'),
    secondaryNodeEvictionRate: z.number().min(0).optional().describe('--secondary-node-eviction-rate, nodes a second'),
    largeClusterSizeThreshold: count(0, '--large-cluster-size-threshold, nodes').optional(),
    unhealthyZoneThreshold: z.number().min(0).max(1).optional().describe('--unhealthy-zone-threshold, a fraction'),
  },
  'kube-controller-manager',
);

const image: z.ZodType<ImageInput> = section(
  {
    name: z.string().min(1).describe('As the containers name it'),
    size: bytes('Of all its layers, if they are not listed').optional(),
    layers: z.record(z.string(), bytes('Of one layer')).optional().describe('By name; equal names are equal layers'),
    failures: z.number().min(0).max(1).optional().describe('Fraction of the pulls that fail'),
    on: nodesKey('Nodes that have it from the start').optional(),
  },
  'An image that nodes have to pull; all others are there',
);

const staticPod: z.ZodType<StaticPodInput> = section(
  {
    file: z.string().describe('Manifest file with pods, relative to this file'),
    on: nodesKey('Nodes that have it; all without it').optional(),
  },
  'Pods that kubelets have from a file, and run whatever the API server says',
);

const watcher: z.ZodType<WatcherGroup> = section(
  { count: count(1, 'How many'), resource: z.string().describe('Plural resource name: configmaps') },
  'Watchers that only listen',
);

const informers: z.ZodType<Input<InformersConfig>> = section(
  {
    mode: z.enum(['watch', 'poll']).optional().describe('watch, as Kubernetes; poll: a LIST every so often instead'),
    every: period('Period of polling').optional(),
  },
  'How all programs learn what there is',
);

const metricsServer: z.ZodType<Input<MetricsServerConfig>> = section(
  {
    replicas: count(
      0,
      'Without it no HorizontalPodAutoscaler acts; 1 if the scenario has one, or a demand',
      REPLICAS_MAX,
    ).optional(),
    metricResolution: period('--metric-resolution: between two readings of all pods').optional(),
  },
  'metrics-server',
);

const wiring: z.ZodType<Input<WiringConfig>> = section(
  {
    mode: z.enum(['hub', 'mesh']).optional().describe('hub, as Kubernetes; mesh: every program tells every other one'),
    loss: z.number().min(0).max(1).optional().describe('Of a mesh: the share of messages that never arrive'),
  },
  'Who tells whom',
);

const clusterShape = {
  kubernetes: z.string().optional().describe('Minor version, quoted: "1.36"; picks the defaults'),
  featureGates: section(
    Object.fromEntries(FEATURE_GATES.map((gate) => [gate, z.boolean().optional()])),
    '--feature-gates of all programs',
  ).optional(),
  profile: z.enum(PROFILE_NAMES).optional().describe('What every step costs'),
  nodes: z
    .array(z.union([countedNodes, fileNodes]))
    .optional()
    .describe('The nodes, group by group'),
  nodeGroups: z.array(nodeGroup).optional().describe('Nodes that come and go as the cluster autoscaler orders'),
  clusterAutoscaler: clusterAutoscaler.optional(),
  state: z
    .array(z.string())
    .optional()
    .describe('Files of what is there from the start, as `kubectl get -o yaml` prints it: pods stay on their nodes'),
  apiServer: apiServer.optional(),
  etcd: etcd.optional(),
  scheduler: scheduler.optional(),
  otherSchedulers: z.array(otherScheduler).optional().describe('Schedulers beside kube-scheduler'),
  controllerManager: controllerManager.optional(),
  metricsServer: metricsServer.optional(),
  kubelet: kubelet.optional(),
  staticPods: z.array(staticPod).optional().describe('Pods that kubelets have from files'),
  images: z.array(image).optional().describe('Images with a size, which nodes have to pull'),
  registry: section(
    { bandwidth: bytes('What it can send a second, to all nodes together').optional() },
    'Where images come from',
  ).optional(),
  network: network.optional(),
  informers: informers.optional(),
  wiring: wiring.optional(),
  control: z
    .enum(CONTROL_MODES)
    .optional()
    .describe('declarative, by controllers and a scheduler; imperative: by a recipe that is carried out once'),
  watchers: z.array(watcher).optional().describe('Watchers beside those of the components'),
};

/** Keys of `cluster:`. */
export const CLUSTER_KEYS: readonly string[] = Object.keys(clusterShape);

export const clusterSchema: z.ZodType<ClusterInput> = section(clusterShape, 'The control plane and its nodes');
