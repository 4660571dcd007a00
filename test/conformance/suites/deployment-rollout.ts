import { REVISION } from '../../../src/api/deployment-annotations.js';
import { DEPLOYMENT } from '../../../src/api/kind.js';
import { ObjectMeta } from '../../../src/api/meta.js';
import { draft } from '../../../src/api/object.js';
import type { PodTemplate } from '../../../src/api/pod.js';
import { PodShapes } from '../../../src/api/pod-shapes.js';
import type { Deployment, DeploymentSpec, IntOrPercent, ReplicaSet } from '../../../src/api/workload.js';
import { InstantCluster } from '../instant-cluster.js';
import type { Case, Suite } from '../suite.js';

export const deploymentRollout: Suite = { name: 'deployment-rollout', answer };

/** The trace ends after so many rounds without a write, once nothing more is to come. */
const QUIET_ROUNDS = 6;
const ROUNDS_MAX = 2000;

interface Input {
  readonly deployment: DeploymentManifest;
  readonly events: readonly UserEvent[];
  readonly readyAfterRounds: Readonly<Record<string, number>>;
}

interface DeploymentManifest {
  readonly metadata: { readonly name: string };
  readonly spec: {
    readonly replicas: number;
    readonly revisionHistoryLimit: number;
    readonly progressDeadlineSeconds: number;
    readonly strategy: {
      readonly type: 'RollingUpdate' | 'Recreate';
      readonly rollingUpdate?: { readonly maxSurge?: IntOrPercent; readonly maxUnavailable?: IntOrPercent };
    };
    readonly template: { readonly metadata: { readonly labels: Readonly<Record<string, string>> } };
  };
}

interface UserEvent {
  readonly round: number;
  readonly setTemplate?: string;
  readonly setReplicas?: number;
  readonly setPaused?: boolean;
}

function answer({ input }: Case): unknown {
  const trace = new Trace(input as Input);
  const steps: unknown[] = [];
  while (!trace.ended && steps.length < ROUNDS_MAX) steps.push(trace.round());
  return { steps };
}

/** Rounds of a rollout in lock step, as the vector file describes them. */
class Trace {
  private readonly input: Input;
  private readonly cluster: InstantCluster;
  private readonly shapes: PodShapes;
  /** Round in which each pod was created, by identity. */
  private readonly bornIn: Map<number, number>;
  private number: number;
  private quiet: number;

  constructor(input: Input) {
    this.input = input;
    this.shapes = new PodShapes();
    const { ver = '' } = input.deployment.spec.template.metadata.labels;
    this.cluster = new InstantCluster(deploymentOf(input.deployment, this.template(ver)));
    this.bornIn = new Map();
    this.number = 0;
    this.quiet = 0;
  }

  get ended(): boolean {
    return this.quiet >= QUIET_ROUNDS && this.input.events.every(({ round }) => round < this.number);
  }

  round(): unknown {
    const { cluster } = this;
    for (const event of this.input.events) if (event.round === this.number) this.edit(event);
    cluster.sizeWrites.length = 0;
    cluster.syncDeployment();
    const writes = cluster.sizeWrites.map(({ replicaSet, from, to }) => ({ rs: versionOf(replicaSet), from, to }));
    const { podsCreated, podsDeleted } = this.syncReplicaSets();
    this.makeReady();
    this.syncReplicaSets();
    this.quiet = writes.length === 0 ? this.quiet + 1 : 0;
    return {
      round: this.number++,
      ...(writes.length > 0 && { writes }),
      ...(Object.keys(podsCreated).length > 0 && { podsCreated }),
      ...(Object.keys(podsDeleted).length > 0 && { podsDeleted }),
      replicaSetsAfter: cluster.replicaSets.map(replicaSetAfter),
      deploymentStatus: deploymentStatusAfter(cluster.deployment),
    };
  }

  private edit({ setTemplate, setReplicas, setPaused }: UserEvent): void {
    const { cluster } = this;
    let spec: DeploymentSpec = cluster.deployment.spec;
    if (setTemplate !== undefined) spec = { ...spec, template: this.template(setTemplate) };
    if (setReplicas !== undefined) spec = { ...spec, replicas: setReplicas };
    if (setPaused !== undefined) spec = { ...spec, paused: setPaused };
    const { metadata } = cluster.deployment;
    cluster.deployment = cluster.deployment
      .withSpec(spec)
      .withMetadata(metadata.with({ generation: metadata.generation + 1 }));
  }

  private syncReplicaSets(): { podsCreated: Record<string, number>; podsDeleted: Record<string, number> } {
    const podsCreated: Record<string, number> = {};
    const podsDeleted: Record<string, number> = {};
    for (const each of this.cluster.replicaSets) {
      const { created, deleted } = this.cluster.syncReplicaSet(each);
      if (created > 0) podsCreated[versionOf(each)] = created;
      if (deleted > 0) podsDeleted[versionOf(each)] = deleted;
      for (const pod of this.cluster.podsOf(each)) if (!this.bornIn.has(pod.id)) this.bornIn.set(pod.id, this.number);
    }
    return { podsCreated, podsDeleted };
  }

  private makeReady(): void {
    for (const each of this.cluster.replicaSets) {
      const rounds = this.input.readyAfterRounds[versionOf(each)] ?? 1;
      if (rounds >= 0) this.cluster.markReady(each, ({ id }) => this.number - this.bornIn.get(id)! >= rounds);
    }
  }

  private template(version: string): PodTemplate {
    const shape = this.shapes.of({ containers: [{ name: 'c', image: `app:${version}` }] });
    return { labels: { app: 'web', ver: version }, annotations: {}, shape };
  }
}

function deploymentOf({ metadata, spec }: DeploymentManifest, template: PodTemplate): Deployment {
  const { replicas, revisionHistoryLimit, progressDeadlineSeconds, strategy } = spec;
  const { maxSurge = 0, maxUnavailable = 0 } = strategy.rollingUpdate ?? {};
  return draft(
    DEPLOYMENT,
    ObjectMeta.of({ namespace: 'default', name: metadata.name, generation: 1 }),
    {
      replicas,
      revisionHistoryLimit,
      progressDeadlineSeconds,
      maxSurge,
      maxUnavailable,
      strategy: strategy.type,
      selector: { matchLabels: { app: 'web' } },
      template,
      minReadySeconds: 0,
      paused: false,
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

function versionOf(replicaSet: ReplicaSet): string {
  return replicaSet.spec.template.labels.ver ?? '';
}

function replicaSetAfter(replicaSet: ReplicaSet): unknown {
  const { metadata, spec, status } = replicaSet;
  const revision = metadata.annotations[REVISION];
  const { replicas, availableReplicas: available } = status;
  return { rs: versionOf(replicaSet), revision, spec: spec.replicas, replicas, available };
}

function deploymentStatusAfter({ status }: Deployment): unknown {
  const conditions = status.conditions.map((each) => `${each.type}=${each.status}:${each.reason}`);
  const { replicas, updatedReplicas, readyReplicas, availableReplicas, unavailableReplicas } = status;
  return {
    replicas,
    updatedReplicas,
    readyReplicas,
    availableReplicas,
    unavailableReplicas,
    conditions: conditions.sort().join(','),
  };
}
