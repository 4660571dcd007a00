import type { ControllerRevision } from '../api/controller-revision.js';
import type { CronJob } from '../api/cron-job.js';
import type { DaemonSet } from '../api/daemon-set.js';
import type { HorizontalPodAutoscaler } from '../api/horizontal-pod-autoscaler.js';
import type { Job } from '../api/job.js';
import {
  CONTROLLER_REVISION,
  CRON_JOB,
  DAEMON_SET,
  DEPLOYMENT,
  ENDPOINT_SLICE,
  HORIZONTAL_POD_AUTOSCALER,
  JOB,
  type Kind,
  LEASE,
  NODE,
  PERSISTENT_VOLUME_CLAIM,
  POD,
  POD_DISRUPTION_BUDGET,
  REPLICA_SET,
  REPLICATION_CONTROLLER,
  SERVICE,
  STATEFUL_SET,
} from '../api/kind.js';
import type { Lease, Node } from '../api/node.js';
import type { Pod } from '../api/pod.js';
import type { PodDisruptionBudget } from '../api/pod-disruption-budget.js';
import type { PodShapes } from '../api/pod-shapes.js';
import type { StatefulSet } from '../api/stateful-set.js';
import type { Deployment, ReplicaSet } from '../api/workload.js';
import { EventRecorder } from '../client/event-recorder.js';
import { PodsByNode } from '../client/pods-by-node.js';
import { CronJobController } from '../spokes/controllers/cronjob/cron-job-controller.js';
import { DaemonSetController } from '../spokes/controllers/daemonset/daemon-set-controller.js';
import { DeploymentController } from '../spokes/controllers/deployment/deployment-controller.js';
import { DisruptionController } from '../spokes/controllers/disruption/disruption-controller.js';
import { GarbageCollector } from '../spokes/controllers/garbage-collector/garbage-collector.js';
import { HorizontalPodAutoscalerController } from '../spokes/controllers/horizontal-pod-autoscaler/horizontal-pod-autoscaler-controller.js';
import type {
  CustomMetricsSource,
  MetricsSource,
} from '../spokes/controllers/horizontal-pod-autoscaler/metrics-source.js';
import { JobController } from '../spokes/controllers/job/job-controller.js';
import { NodeLifecycleController } from '../spokes/controllers/node-lifecycle/node-lifecycle-controller.js';
import { PodGarbageCollector } from '../spokes/controllers/pod-gc/pod-garbage-collector.js';
import { ClaimProtectionController } from '../spokes/controllers/pvc-protection/claim-protection-controller.js';
import { ReplicaSetController } from '../spokes/controllers/replicaset/replica-set-controller.js';
import { StatefulSetController } from '../spokes/controllers/statefulset/stateful-set-controller.js';
import { TaintEvictionController } from '../spokes/controllers/taint-eviction/taint-eviction-controller.js';
import { TtlAfterFinishedController } from '../spokes/controllers/ttl-after-finished/ttl-after-finished-controller.js';
import type { ClusterConfig } from './config.js';
import { type IdentityOf, userOf } from './controller-identity.js';
import { startNamespaces, startServices } from './namespace-controllers.js';
import type { ControllerManagerCosts } from './profile.js';
import type { Program } from './program.js';
import { startQuotas } from './quota-controllers.js';

/** Puts the controllers into their program; they share its informers and nothing else. */
export function startControllerManager(
  program: Program,
  config: ClusterConfig,
  costs: ControllerManagerCosts,
  shapes: PodShapes,
  kinds: readonly Kind[],
  alsoCollected: readonly Kind[],
): void {
  const { kubeApiQps, kubeApiBurst } = config.controllerManager;
  const identity: IdentityOf = (name) => {
    const client = program.client(name, userOf(name), kubeApiQps, kubeApiBurst);
    return { client, events: new EventRecorder(program.process, client) };
  };
  startWorkloads(program, config, costs, identity);
  startStatefulSets(program, config, costs, identity, shapes);
  const podsByNode = new PodsByNode(program.informer<Pod>(POD));
  startDaemonSets(program, config, costs, identity, shapes, podsByNode);
  startJobs(program, config, costs, identity);
  startDisruption(program, costs, identity);
  startNodes(program, config, identity);
  startGarbageCollector(program, config, alsoCollected);
  startServices(program, config, costs, identity, podsByNode);
  startNamespaces(program, config, identity, kinds);
  if (config.resourceQuotas === true) startQuotas(program, config, costs, kinds);
  if (config.claims === true) startClaimProtection(program, identity);
}

function startClaimProtection(program: Program, identity: IdentityOf): void {
  const { process } = program;
  const { client } = identity('pvc-protection-controller');
  const claims = program.informer(PERSISTENT_VOLUME_CLAIM);
  new ClaimProtectionController({ process, client, claims, pods: program.informer<Pod>(POD) });
}

function startWorkloads(
  program: Program,
  config: ClusterConfig,
  { syncNs }: ControllerManagerCosts,
  identity: IdentityOf,
): void {
  const { process } = program;
  const settings = config.controllerManager;
  const { staleCacheChecks, countsTerminating } = config.traits;
  const pods = program.informer<Pod>(POD);
  const replicaSets = program.informer<ReplicaSet>(REPLICA_SET);
  const deployments = program.informer<Deployment>(DEPLOYMENT);
  new DeploymentController({
    process,
    ...identity('deployment-controller'),
    deployments,
    replicaSets,
    pods,
    workers: settings.concurrentDeploymentSyncs,
    syncNs,
  });
  new ReplicaSetController({
    process,
    ...identity('replicaset-controller'),
    replicaSets,
    pods,
    workers: settings.concurrentReplicaSetSyncs,
    staleCacheChecks,
    countsTerminating,
    syncNs,
  });
  new ReplicaSetController({
    process,
    ...identity('replication-controller'),
    replicaSets: program.informer<ReplicaSet>(REPLICATION_CONTROLLER),
    pods,
    workers: settings.concurrentRcSyncs,
    staleCacheChecks,
    countsTerminating,
    syncNs,
  });
}

function startStatefulSets(
  program: Program,
  config: ClusterConfig,
  { syncNs }: ControllerManagerCosts,
  identity: IdentityOf,
  shapes: PodShapes,
): void {
  new StatefulSetController({
    process: program.process,
    ...identity('statefulset-controller'),
    sets: program.informer<StatefulSet>(STATEFUL_SET),
    pods: program.informer<Pod>(POD),
    revisions: program.informer<ControllerRevision>(CONTROLLER_REVISION),
    shapes,
    claims: config.claims === true ? program.informer(PERSISTENT_VOLUME_CLAIM) : undefined,
    workers: config.controllerManager.concurrentStatefulSetSyncs,
    honoursMaxUnavailable: config.traits.statefulSetMaxUnavailable,
    staleCacheChecks: config.traits.staleCacheChecks,
    syncNs,
  });
}

function startDaemonSets(
  program: Program,
  config: ClusterConfig,
  { syncNs }: ControllerManagerCosts,
  identity: IdentityOf,
  shapes: PodShapes,
  podsByNode: PodsByNode,
): void {
  new DaemonSetController({
    process: program.process,
    ...identity('daemon-set-controller'),
    sets: program.informer<DaemonSet>(DAEMON_SET),
    nodes: program.informer<Node>(NODE),
    pods: program.informer<Pod>(POD),
    podsByNode,
    revisions: program.informer<ControllerRevision>(CONTROLLER_REVISION),
    shapes,
    workers: config.controllerManager.concurrentDaemonSetSyncs,
    staleCacheChecks: config.traits.staleCacheChecks,
    syncNs,
  });
}

function startJobs(
  program: Program,
  config: ClusterConfig,
  { syncNs }: ControllerManagerCosts,
  identity: IdentityOf,
): void {
  const { process } = program;
  const { concurrentCronJobSyncs, concurrentJobSyncs, concurrentTtlAfterFinishedSyncs } = config.controllerManager;
  const jobs = program.informer<Job>(JOB);
  const pods = program.informer<Pod>(POD);
  const { staleCacheChecks } = config.traits;
  new JobController({
    process,
    ...identity('job-controller'),
    jobs,
    pods,
    workers: concurrentJobSyncs,
    syncNs,
    staleCacheChecks,
  });
  const cronJobs = program.informer<CronJob>(CRON_JOB);
  const workers = concurrentCronJobSyncs;
  new CronJobController({ process, ...identity('cronjob-controller'), cronJobs, jobs, workers, syncNs });
  const { client } = identity('ttl-after-finished-controller');
  new TtlAfterFinishedController({ process, client, jobs, workers: concurrentTtlAfterFinishedSyncs });
}

function startDisruption(program: Program, { syncNs }: ControllerManagerCosts, identity: IdentityOf): void {
  new DisruptionController({
    process: program.process,
    ...identity('disruption-controller'),
    budgets: program.informer<PodDisruptionBudget>(POD_DISRUPTION_BUDGET),
    pods: program.informer<Pod>(POD),
    deployments: program.informer<Deployment>(DEPLOYMENT),
    replicaSets: program.informer<ReplicaSet>(REPLICA_SET),
    replicationControllers: program.informer<ReplicaSet>(REPLICATION_CONTROLLER),
    statefulSets: program.informer<StatefulSet>(STATEFUL_SET),
    syncNs,
  });
}

function startNodes(program: Program, config: ClusterConfig, identity: IdentityOf): void {
  const { process } = program;
  const nodes = program.informer<Node>(NODE);
  const pods = program.informer<Pod>(POD);
  const leases = program.informer<Lease>(LEASE);
  const podsByNode = new PodsByNode(pods);
  const settings = config.controllerManager;
  new NodeLifecycleController({ process, ...identity('node-controller'), nodes, leases, podsByNode, settings });
  // The same user as the node lifecycle controller, but a client and so a bucket of its own.
  new TaintEvictionController({ process, ...identity('node-controller'), nodes, pods, podsByNode });
  const { client } = identity('pod-garbage-collector');
  const { terminatedPodGcThreshold } = settings;
  new PodGarbageCollector({ process, client, nodes, pods, podsByNode, terminatedPodGcThreshold });
}

/** Kinds whose objects own others or are owned. */
const COLLECTED: readonly Kind[] = [
  DEPLOYMENT,
  REPLICA_SET,
  REPLICATION_CONTROLLER,
  STATEFUL_SET,
  DAEMON_SET,
  CRON_JOB,
  JOB,
  CONTROLLER_REVISION,
  SERVICE,
  ENDPOINT_SLICE,
  POD,
];

/** The collector watches the metadata of every kind by itself, beside the informers that the others share. */
function startGarbageCollector(program: Program, config: ClusterConfig, others: readonly Kind[]): void {
  const { kubeApiQps, kubeApiBurst, concurrentGcSyncs } = config.controllerManager;
  const name = 'generic-garbage-collector';
  const claims = config.claims === true ? [PERSISTENT_VOLUME_CLAIM] : [];
  new GarbageCollector({
    process: program.process,
    client: program.client(name, userOf(name), 2 * kubeApiQps, kubeApiBurst),
    informers: [...new Set([...COLLECTED, ...claims, ...others])].map((kind) => program.metadataInformer(kind)),
    workers: concurrentGcSyncs,
  });
}

/** Scales what HorizontalPodAutoscalers name, by what the APIs of metrics say. */
export function startAutoscalers(
  program: Program,
  { controllerManager, traits }: ClusterConfig,
  { syncNs }: ControllerManagerCosts,
  { server, custom }: { readonly server: MetricsSource; readonly custom: CustomMetricsSource },
): void {
  const name = 'horizontal-pod-autoscaler';
  const client = program.client(name, userOf(name), controllerManager.kubeApiQps, controllerManager.kubeApiBurst);
  new HorizontalPodAutoscalerController({
    process: program.process,
    client,
    events: new EventRecorder(program.process, client),
    autoscalers: program.informer<HorizontalPodAutoscaler>(HORIZONTAL_POD_AUTOSCALER),
    pods: program.informer<Pod>(POD),
    metrics: server,
    custom,
    options: { ...controllerManager, configurableTolerance: traits.autoscalerTolerances },
    syncNs,
  });
}
