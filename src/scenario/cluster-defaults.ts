import type { ApiServerConfig } from '../cluster/api-server-config.js';
import {
  CONTENT_TYPES,
  type ControllerManagerConfig,
  type EtcdConfig,
  type InformersConfig,
  type KubeletConfig,
  type MetricsServerConfig,
  type NetworkConfig,
  type RegistryConfig,
  type SchedulerConfig,
  type WiringConfig,
} from '../cluster/config.js';
import { traitsOf } from '../cluster/versions.js';
import { DEFAULT_FLOW_SCHEMAS } from '../hub/flow-control/default-flow-schemas.js';
import { DEFAULT_PRIORITY_LEVELS } from '../hub/flow-control/default-priority-levels.js';
import { parseDistribution } from '../random/parse-distribution.js';
import type { ClusterAutoscalerOptions } from '../spokes/cluster-autoscaler/autoscaler-options.js';
import { EVICTION_DEFAULTS } from '../spokes/kubelet/eviction-config.js';
import { IMAGE_GARBAGE_DEFAULTS } from '../spokes/kubelet/image-garbage-config.js';
import { DEFAULT_PROFILE } from '../spokes/scheduler/default-profile.js';
import { parsePositiveDuration } from './schema-values.js';

/** What a section comes to when the file says nothing; Kubernetes' own defaults unless a comment says otherwise. */
export interface ClusterDefaults {
  readonly apiServer: ApiServerConfig;
  readonly etcd: EtcdConfig;
  readonly scheduler: SchedulerConfig;
  readonly controllerManager: ControllerManagerConfig;
  readonly clusterAutoscaler: ClusterAutoscalerOptions;
  readonly metricsServer: MetricsServerConfig;
  readonly registry: RegistryConfig;
  readonly network: NetworkConfig;
  readonly informers: InformersConfig;
  readonly wiring: WiringConfig;
}

const SECOND_NS = 1e9;

/** A machine of a cloud boots and registers in one to three minutes: an assumption. */
export const GROUP_BOOT = 'lognormal(p50=90s, p99=180s)';

/** Those of API servers and etcd, which no minor has changed. */
const HUB_DEFAULTS: Pick<ClusterDefaults, 'apiServer' | 'etcd'> = {
  apiServer: {
    replicas: 1,
    maxRequestsInflight: 400,
    maxMutatingRequestsInflight: 200,
    requestTimeoutNs: 60 * SECOND_NS,
    auditLevel: 'None',
    flowSchemas: DEFAULT_FLOW_SCHEMAS,
    priorityLevels: DEFAULT_PRIORITY_LEVELS,
    mutatingWebhooks: [],
    validatingWebhooks: [],
    eventTtlNs: 3600 * SECOND_NS,
    etcdCompactionIntervalNs: 300 * SECOND_NS,
  },
  etcd: {
    members: 1,
    heartbeatIntervalNs: 0.1 * SECOND_NS,
    electionTimeoutNs: 1 * SECOND_NS,
    fsync: undefined,
    quotaBackendBytes: 0,
    eventsSeparately: false,
  },
};

/** The defaults of Kubernetes 1.`minor`. */
export function clusterDefaults(minor: number): ClusterDefaults {
  return {
    ...HUB_DEFAULTS,
    scheduler: {
      replicas: 1,
      kubeApiQps: 50,
      kubeApiBurst: 100,
      contentType: CONTENT_TYPES[0],
      profiles: [DEFAULT_PROFILE],
      parallelism: 16,
      podInitialBackoffNs: 1 * SECOND_NS,
      podMaxBackoffNs: 10 * SECOND_NS,
    },
    controllerManager: {
      replicas: 1,
      kubeApiQps: 20,
      kubeApiBurst: 30,
      contentType: CONTENT_TYPES[0],
      concurrentDeploymentSyncs: 5,
      concurrentReplicaSetSyncs: 5,
      concurrentRcSyncs: 5,
      concurrentStatefulSetSyncs: 5,
      concurrentDaemonSetSyncs: 2,
      concurrentJobSyncs: 5,
      concurrentTtlAfterFinishedSyncs: 5,
      concurrentCronJobSyncs: 5,
      concurrentGcSyncs: 20,
      concurrentNamespaceSyncs: 10,
      concurrentResourceQuotaSyncs: 5,
      resourceQuotaSyncPeriodNs: 300 * SECOND_NS,
      concurrentServiceEndpointSyncs: 5,
      concurrentEndpointSyncs: 5,
      horizontalPodAutoscalerSyncPeriodNs: 15 * SECOND_NS,
      horizontalPodAutoscalerDownscaleStabilizationNs: 300 * SECOND_NS,
      horizontalPodAutoscalerTolerance: 0.1,
      horizontalPodAutoscalerCpuInitializationPeriodNs: 300 * SECOND_NS,
      horizontalPodAutoscalerInitialReadinessDelayNs: 30 * SECOND_NS,
      concurrentHorizontalPodAutoscalerSyncs: 5,
      terminatedPodGcThreshold: 12_500,
      nodeMonitorPeriodNs: 5 * SECOND_NS,
      nodeMonitorGracePeriodNs: traitsOf(minor).nodeMonitorGracePeriodNs,
      nodeStartupGracePeriodNs: 60 * SECOND_NS,
      nodeEvictionRate: 0.1,
      secondaryNodeEvictionRate: 0.01,
      largeClusterSizeThreshold: 50,
      unhealthyZoneThreshold: 0.55,
    },
    clusterAutoscaler: {
      scanIntervalNs: 10 * SECOND_NS,
      expander: 'least-waste',
      priorities: {},
      scaleDownDelayAfterAddNs: 600 * SECOND_NS,
      scaleDownDelayAfterDeleteNs: 0,
      scaleDownDelayAfterFailureNs: 180 * SECOND_NS,
      scaleDownUnneededTimeNs: 600 * SECOND_NS,
      scaleDownUtilizationThreshold: 0.5,
      maxScaleDownParallelism: 10,
      maxDrainParallelism: 1,
      maxPodEvictionTimeNs: 120 * SECOND_NS,
      maxGracefulTerminationSec: 600,
      skipNodesWithSystemPods: true,
      skipNodesWithLocalStorage: true,
    },
    // What its manifest and its chart set; the program's own default is 60 s (kubernetes-facts E2).
    metricsServer: { replicas: 0, metricResolutionNs: 15 * SECOND_NS },
    registry: { bandwidth: 0 },
    network: { delay: undefined, links: [] },
    informers: { mode: 'watch', everyNs: 5 * SECOND_NS },
    wiring: { mode: 'hub', loss: 0 },
  };
}

/**
 * The defaults of the kubelets. Start and stop times are not Kubernetes' but assumptions: with the second that the
 * PLEG looks at containers in, a stateless pod whose image is there takes 1–2 s at p50 and 2–5 s at p99 to be seen
 * running (kubernetes-facts G1). So are the start of a container in a pod that is up, the boot of a
 * node, and its image bandwidth: a
 * gigabit a second less what protocols and unpacking take.
 */
export function kubeletDefaults(model: KubeletConfig['model']): KubeletConfig {
  const hollow = model === 'hollow';
  return {
    model,
    contentType: CONTENT_TYPES[0],
    podStart: parseDistribution(hollow ? '0s' : 'lognormal(p50=0.7s, p99=2.5s)', parsePositiveDuration),
    podStop: parseDistribution(hollow ? '0s' : 'lognormal(p50=0.5s, p99=2s)', parsePositiveDuration),
    containerStart: parseDistribution('lognormal(p50=0.3s, p99=1s)', parsePositiveDuration),
    volumeMount: parseDistribution('0s', parsePositiveDuration),
    serializeImagePulls: true,
    maxParallelImagePulls: 0,
    registryPullQps: 5,
    registryBurst: 10,
    eventRecordQps: 50,
    eventBurst: 100,
    imageBandwidth: 100 * 2 ** 20,
    shutdownGracePeriodNs: 0,
    shutdownGracePeriodCriticalPodsNs: 0,
    nodeBoot: parseDistribution('lognormal(p50=45s, p99=90s)', parsePositiveDuration),
    nodeStatus: true,
    nodeLeaseDurationSeconds: 40,
    nodeStatusUpdateFrequencyNs: 10 * SECOND_NS,
    nodeStatusReportFrequencyNs: 300 * SECOND_NS,
    ...EVICTION_DEFAULTS,
    ...IMAGE_GARBAGE_DEFAULTS,
  };
}
