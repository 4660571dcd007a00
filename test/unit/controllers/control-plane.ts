import { DEPLOYMENT, POD, REPLICA_SET } from '../../../src/api/kind.js';
import { ObjectMeta } from '../../../src/api/meta.js';
import { type ApiObject, draft } from '../../../src/api/object.js';
import { type Pod, PodStatus } from '../../../src/api/pod.js';
import type { Deployment, DeploymentSpec, ReplicaSet } from '../../../src/api/workload.js';
import type { ApiClient } from '../../../src/client/api-client.js';
import { EventRecorder } from '../../../src/client/event-recorder.js';
import type { Informer } from '../../../src/client/informer.js';
import type { Program } from '../../../src/cluster/program.js';
import { DeploymentController } from '../../../src/spokes/controllers/deployment/deployment-controller.js';
import { GarbageCollector } from '../../../src/spokes/controllers/garbage-collector/garbage-collector.js';
import { ReplicaSetController } from '../../../src/spokes/controllers/replicaset/replica-set-controller.js';
import { testHub } from '../hub/test-hub.js';

interface ControlPlaneOptions {
  /** Of every controller's client; 0 means no limit. */
  readonly qps?: number;
  readonly burst?: number;
  readonly nodes?: readonly string[];
}

/** A hub with the two controllers, and a kubelet of all nodes that starts and ends pods in no time. */
export class ControlPlane {
  readonly hub: ReturnType<typeof testHub>;
  readonly user: ApiClient;
  readonly manager: Program;
  readonly nodes: readonly string[];
  /** When each pod was created, in seconds. */
  readonly podsCreatedAt: number[];
  /** Pods whose containers never get ready. */
  broken: (pod: Pod) => boolean;
  /** Called after every change of a pod. */
  onPodChange: () => void;
  private readonly kubelet: ApiClient;

  constructor({ qps = 20, burst = 30, nodes = ['node-0'] }: ControlPlaneOptions = {}) {
    this.hub = testHub();
    this.user = this.hub.program('user').client('user', 'system:masters', 0, 0);
    this.nodes = nodes;
    this.podsCreatedAt = [];
    this.broken = () => false;
    this.onPodChange = () => undefined;
    this.manager = this.hub.program('kube-controller-manager');
    const identity = (name: string) => {
      const client = this.manager.client(name, name, qps, burst);
      return { client, events: new EventRecorder(this.manager.process, client) };
    };
    const shared = {
      process: this.manager.process,
      pods: this.manager.informer<Pod>(POD),
      replicaSets: this.manager.informer<ReplicaSet>(REPLICA_SET),
      workers: 5,
      staleCacheChecks: true,
      countsTerminating: true,
      syncNs: 0,
    };
    const deployments = this.manager.informer<Deployment>(DEPLOYMENT);
    new DeploymentController({ ...shared, ...identity('deployment-controller'), deployments });
    new ReplicaSetController({ ...shared, ...identity('replicaset-controller') });
    new GarbageCollector({
      process: this.manager.process,
      client: identity('generic-garbage-collector').client,
      informers: [deployments, shared.replicaSets, shared.pods] as readonly unknown[] as readonly Informer<ApiObject>[],
      workers: 20,
    });
    const kubelets = this.hub.program('kubelet');
    this.kubelet = kubelets.client('kubelet', 'system:nodes', 0, 0);
    kubelets.informer<Pod>(POD).addHandler({
      added: (pod) => this.podAdded(pod),
      updated: (_, pod) => this.podUpdated(pod),
      deleted: () => this.onPodChange(),
    });
    kubelets.start();
    this.manager.start();
    this.hub.engine.run(1);
  }

  /** Runs until so many virtual seconds after the start. */
  runTo(seconds: number): void {
    this.hub.engine.run(seconds * 1e9);
  }

  create(name: string, spec: Partial<DeploymentSpec> & { readonly replicas: number; readonly version?: string }): void {
    this.user.create(this.deployment(name, spec));
  }

  /** Replaces parts of a Deployment's spec now. */
  edit(name: string, change: Partial<DeploymentSpec>): void {
    this.user.patchNamed(DEPLOYMENT, 'default', name, {
      apply: (current: ApiObject) => {
        const deployment = current as Deployment;
        return deployment.withSpec({ ...deployment.spec, ...change });
      },
    });
  }

  template(version: string): DeploymentSpec['template'] {
    const shape = this.hub.shapes.of({ containers: [{ name: 'c', image: `app:${version}` }] });
    return { labels: { app: 'web' }, annotations: {}, shape };
  }

  /** The Deployment as the store has it. */
  stored(name: string): Deployment {
    return this.hub.store.get(DEPLOYMENT, 'default', name) as Deployment;
  }

  get replicaSets(): readonly ReplicaSet[] {
    return [...this.hub.store.table(REPLICA_SET).values()] as ReplicaSet[];
  }

  get pods(): readonly Pod[] {
    return [...this.hub.store.table(POD).values()] as Pod[];
  }

  private deployment(
    name: string,
    { version = 'v1', ...spec }: Partial<DeploymentSpec> & { replicas: number; version?: string },
  ): Deployment {
    return draft(
      DEPLOYMENT,
      ObjectMeta.of({ namespace: 'default', name }),
      {
        selector: { matchLabels: { app: 'web' } },
        template: this.template(version),
        strategy: 'RollingUpdate',
        maxSurge: '25%',
        maxUnavailable: '25%',
        minReadySeconds: 0,
        revisionHistoryLimit: 10,
        progressDeadlineSeconds: 600,
        paused: false,
        ...spec,
      },
      {
        observedGeneration: 0,
        replicas: 0,
        updatedReplicas: 0,
        readyReplicas: 0,
        availableReplicas: 0,
        unavailableReplicas: 0,
        terminatingReplicas: 0,
        collisionCount: 0,
        conditions: [],
      },
    );
  }

  private podAdded(pod: Pod): void {
    this.onPodChange();
    this.podsCreatedAt.push(pod.metadata.creationTimestampNs / 1e9);
    if (pod.spec.nodeName === '') this.user.bind(pod, this.nodes[pod.id % this.nodes.length]!);
  }

  private podUpdated(pod: Pod): void {
    this.onPodChange();
    if (pod.metadata.deleting) this.kubelet.delete(pod, { gracePeriodSeconds: 0 });
    else if (pod.status.phase === 'Pending' && !this.broken(pod)) {
      const readySinceNs = this.hub.engine.nowNs;
      const status = PodStatus.of({ phase: 'Running', ready: true, readySinceNs, startTimeNs: readySinceNs });
      this.kubelet.patch(pod, { apply: (current) => current.withStatus(status) }, 'status');
    }
  }
}
