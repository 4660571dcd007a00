import { DEPLOYMENT, LEASE, NODE, POD, REPLICA_SET } from '../api/kind.js';
import type { Lease, Node } from '../api/node.js';
import type { ApiObject } from '../api/object.js';
import type { Pod } from '../api/pod.js';
import type { Deployment, ReplicaSet } from '../api/workload.js';
import type { ApiClient } from '../client/api-client.js';
import { EventRecorder } from '../client/event-recorder.js';
import type { Informer } from '../client/informer.js';
import { PodsByNode } from '../client/pods-by-node.js';
import { DeploymentController } from '../spokes/controllers/deployment/deployment-controller.js';
import { GarbageCollector } from '../spokes/controllers/garbage-collector/garbage-collector.js';
import { NodeLifecycleController } from '../spokes/controllers/node-lifecycle/node-lifecycle-controller.js';
import { PodGarbageCollector } from '../spokes/controllers/pod-gc/pod-garbage-collector.js';
import { ReplicaSetController } from '../spokes/controllers/replicaset/replica-set-controller.js';
import { TaintEvictionController } from '../spokes/controllers/taint-eviction/taint-eviction-controller.js';
import type { ClusterConfig } from './config.js';
import type { ControllerManagerCosts } from './profile.js';
import type { Program } from './program.js';

/** What a controller gets for itself: a client with a bucket of its own, and a recorder that draws from it (trap T3). */
interface Identity {
  readonly client: ApiClient;
  readonly events: EventRecorder;
}

/** Puts the controllers into their program; they share its informers and nothing else. */
export function startControllerManager(program: Program, config: ClusterConfig, costs: ControllerManagerCosts): void {
  const { process } = program;
  const { syncNs } = costs;
  const settings = config.controllerManager;
  const { kubeApiQps: qps, kubeApiBurst: burst } = settings;
  const userOf = (name: string): string => `system:serviceaccount:kube-system:${name}`;
  const identity = (name: string): Identity => {
    const client = program.client(name, userOf(name), qps, burst);
    return { client, events: new EventRecorder(process, client) };
  };
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
    syncNs,
  });
  const nodes = program.informer<Node>(NODE);
  const leases = program.informer<Lease>(LEASE);
  const podsByNode = new PodsByNode(pods);
  new NodeLifecycleController({ process, ...identity('node-controller'), nodes, leases, podsByNode, settings });
  // The same user as the node lifecycle controller, but a client and so a bucket of its own.
  new TaintEvictionController({ process, ...identity('node-controller'), nodes, pods, podsByNode });
  new PodGarbageCollector({ process, client: identity('pod-garbage-collector').client, nodes, podsByNode });
  const owners: readonly unknown[] = [deployments, replicaSets, pods];
  new GarbageCollector({
    process,
    client: program.client('generic-garbage-collector', userOf('generic-garbage-collector'), 2 * qps, burst),
    informers: owners as readonly Informer<ApiObject>[],
    workers: settings.concurrentGcSyncs,
  });
}
