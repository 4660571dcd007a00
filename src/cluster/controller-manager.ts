import { DEPLOYMENT, POD, REPLICA_SET } from '../api/kind.js';
import type { Pod } from '../api/pod.js';
import type { Deployment, ReplicaSet } from '../api/workload.js';
import type { ApiClient } from '../client/api-client.js';
import { EventRecorder } from '../client/event-recorder.js';
import { DeploymentController } from '../spokes/controllers/deployment/deployment-controller.js';
import { ReplicaSetController } from '../spokes/controllers/replicaset/replica-set-controller.js';
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
  const identity = (name: string): Identity => {
    const user = `system:serviceaccount:kube-system:${name}`;
    const client = program.client(name, user, settings.kubeApiQps, settings.kubeApiBurst);
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
}
