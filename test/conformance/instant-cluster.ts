import { Call, type Verb } from '../../src/api/call.js';
import { POD } from '../../src/api/kind.js';
import { ObjectMeta } from '../../src/api/meta.js';
import { type ApiObject, draft } from '../../src/api/object.js';
import { type Pod, PodSpec, PodStatus } from '../../src/api/pod.js';
import type { Deployment, ReplicaSet } from '../../src/api/workload.js';
import { ended } from '../../src/client/step.js';
import { DeploymentSync } from '../../src/spokes/controllers/deployment/deployment-sync.js';
import type { DeploymentWorld } from '../../src/spokes/controllers/deployment/deployment-world.js';
import { GoDump } from '../../src/spokes/controllers/deployment/go-dump.js';
import { KnownRoles } from '../../src/spokes/controllers/deployment/known-roles.js';
import { byCreation } from '../../src/spokes/controllers/deployment/replica-set-order.js';
import { podsToDelete } from '../../src/spokes/controllers/replicaset/deletion-order.js';
import { countPods } from '../../src/spokes/controllers/replicaset/pod-counts.js';
import { replicaSetStatus } from '../../src/spokes/controllers/replicaset/replica-set-status.js';
import { replicasMissing } from '../../src/spokes/controllers/replicaset/replicas-missing.js';

/** One write of a ReplicaSet's size by the Deployment controller. */
export interface SizeWrite {
  readonly replicaSet: ReplicaSet;
  readonly from: number;
  readonly to: number;
}

/** Pods of one ReplicaSet created and deleted by a sync. */
export interface PodChange {
  readonly created: number;
  readonly deleted: number;
}

/**
 * A control plane without time: one Deployment, its ReplicaSets and pods, and an API that answers at once, never
 * conflicts and is seen by everybody immediately.
 */
export class InstantCluster {
  deployment: Deployment;
  readonly sizeWrites: SizeWrite[];
  private readonly replicaSetById: Map<number, ReplicaSet>;
  private readonly podsByReplicaSet: Map<number, Pod[]>;
  private readonly world: DeploymentWorld;
  private nextId: number;

  constructor(deployment: Deployment) {
    this.deployment = deployment;
    this.sizeWrites = [];
    this.replicaSetById = new Map();
    this.podsByReplicaSet = new Map();
    this.nextId = 1;
    this.world = {
      clock: { nowNs: 0 },
      client: {
        create: (object) => answered('create', this.store(this.create(object as ReplicaSet))),
        update: (object) => answered('update', this.store(this.update(object as ReplicaSet))),
        updateStatus: (object) => {
          this.deployment = object as Deployment;
          return answered('update', object);
        },
        delete: (object) => {
          this.replicaSetById.delete(object.id);
          return answered('delete', object);
        },
      },
      events: { event: () => undefined },
      dump: new GoDump(),
      roles: new KnownRoles(),
      replicaSetNamed: (_, name) => this.replicaSets.find((each) => each.metadata.name === name),
      hasUnfinishedPods: (replicaSet) => this.podsOf(replicaSet).length > 0,
    };
  }

  /** Oldest first. */
  get replicaSets(): readonly ReplicaSet[] {
    return [...this.replicaSetById.values()].sort(byCreation);
  }

  podsOf(replicaSet: ReplicaSet): readonly Pod[] {
    return this.podsByReplicaSet.get(replicaSet.id) ?? [];
  }

  syncDeployment(): void {
    const steps = ended(new DeploymentSync(this.world, this.deployment, this.replicaSets).run());
    while (steps.next().done !== true);
  }

  /** Creates or deletes what is missing or too many, and writes the status of the pods that were there before. */
  syncReplicaSet(replicaSet: ReplicaSet): PodChange {
    const pods = this.podsOf(replicaSet);
    const missing = replicasMissing(replicaSet.spec.replicas, pods.length);
    if (missing > 0) {
      const created = Array.from({ length: missing }, () => this.newPod(replicaSet));
      this.podsByReplicaSet.set(replicaSet.id, [...pods, ...created]);
    }
    if (missing < 0) {
      const doomed = new Set(podsToDelete(pods, new Map(), -missing, 0));
      this.podsByReplicaSet.set(
        replicaSet.id,
        pods.filter((pod) => !doomed.has(pod)),
      );
    }
    const status = replicaSetStatus(replicaSet, countPods(replicaSet, pods, 0), '', 0);
    this.store(replicaSet.withStatus({ ...status, observedGeneration: replicaSet.metadata.generation }));
    return { created: Math.max(0, missing), deleted: Math.max(0, -missing) };
  }

  markReady(replicaSet: ReplicaSet, isReady: (pod: Pod) => boolean): void {
    const pods = this.podsOf(replicaSet).map((pod) =>
      pod.status.ready || !isReady(pod)
        ? pod
        : pod.withStatus(PodStatus.of({ phase: 'Running', ready: true, readySinceNs: 0 })),
    );
    this.podsByReplicaSet.set(replicaSet.id, pods);
  }

  private create(replicaSet: ReplicaSet): ReplicaSet {
    const id = this.nextId++;
    this.note(replicaSet, 0);
    return replicaSet.stamped(id, 1, replicaSet.metadata.with({ creationTimestampNs: id, generation: 1 }));
  }

  private update(replicaSet: ReplicaSet): ReplicaSet {
    this.note(replicaSet, this.replicaSetById.get(replicaSet.id)!.spec.replicas);
    return replicaSet;
  }

  private note(replicaSet: ReplicaSet, from: number): void {
    const to = replicaSet.spec.replicas;
    if (from !== to) this.sizeWrites.push({ replicaSet, from, to });
  }

  private store(replicaSet: ReplicaSet): ReplicaSet {
    this.replicaSetById.set(replicaSet.id, replicaSet);
    return replicaSet;
  }

  private newPod(replicaSet: ReplicaSet): Pod {
    const { labels, shape } = replicaSet.spec.template;
    const id = this.nextId++;
    const metadata = ObjectMeta.of({ namespace: 'default', name: `${replicaSet.metadata.name}-${id}`, labels });
    const pod = draft(POD, metadata, new PodSpec(shape, ''), PodStatus.of({ phase: 'Running' }));
    return pod.stamped(id, 1, metadata);
  }
}

function answered(verb: Verb, object: ApiObject): Call {
  const call = new Call({ name: '', user: '', stream: '' }, verb, object.kind, '', '', '', undefined, false, 0);
  call.code = 200;
  call.done = true;
  call.object = object;
  return call;
}
