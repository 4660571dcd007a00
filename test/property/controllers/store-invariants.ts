import type { Call } from '../../../src/api/call.js';
import { scaledValue } from '../../../src/api/int-or-percent.js';
import type { Job } from '../../../src/api/job.js';
import {
  DEPLOYMENT,
  JOB,
  LEASE,
  NODE,
  POD,
  POD_DISRUPTION_BUDGET,
  REPLICA_SET,
  REPLICATION_CONTROLLER,
  STATEFUL_SET,
} from '../../../src/api/kind.js';
import { matches } from '../../../src/api/label-selector.js';
import { controllerOf } from '../../../src/api/meta.js';
import type { Node } from '../../../src/api/node.js';
import type { ApiObject } from '../../../src/api/object.js';
import { isPodActive, type Pod } from '../../../src/api/pod.js';
import type { PodDisruptionBudget } from '../../../src/api/pod-disruption-budget.js';
import type { WatchEvent } from '../../../src/api/watch.js';
import type { Deployment } from '../../../src/api/workload.js';

/** Writes that undo each other's, after which two controllers are taken to fight. */
const REVERSALS_MAX = 2;

interface Written {
  readonly caller: string;
  readonly spec: string;
}

/**
 * Watches every change of the store, and what API servers answer, and notes what must never be. It shares nothing with
 * the controllers: it counts for itself what they keep in statuses, expectations and indexes.
 */
export class StoreInvariants {
  readonly violations: string[];
  /** Budgets only bind evictions: where pods are also lost in other ways, nothing can be said of how many are left. */
  readonly onlyEvictions: boolean;
  /** A leader that stood still acts on what it knew before it hears that it leads no more: it may make a pod too many. */
  readonly oneLeader: boolean;
  private readonly pods: Map<number, Pod>;
  private readonly nodes: Map<string, Node>;
  private readonly budgets: Map<number, PodDisruptionBudget>;
  private readonly workloads: Map<string, ApiObject>;
  /** Pods of each owner that count, by kind and identity. */
  private readonly active: Map<string, number>;
  /** Most replicas that each ReplicaSet has asked for, by identity. */
  private readonly replicasMax: Map<number, number>;
  private readonly endedPods: Map<number, { succeeded: Set<number>; failed: Set<number> }>;
  private readonly writes: Map<string, Written[]>;
  private readonly reversals: Map<string, number>;

  constructor(onlyEvictions = false, oneLeader = true) {
    this.violations = [];
    this.onlyEvictions = onlyEvictions;
    this.oneLeader = oneLeader;
    this.pods = new Map();
    this.nodes = new Map();
    this.budgets = new Map();
    this.workloads = new Map();
    this.active = new Map();
    this.replicasMax = new Map();
    this.endedPods = new Map();
    this.writes = new Map();
    this.reversals = new Map();
  }

  committed({ type, object, previous }: WatchEvent): void {
    const { kind, id } = object;
    if (kind === POD) this.podChanged(type === 'DELETED' ? undefined : (object as Pod), (previous ?? object) as Pod);
    else if (type === 'DELETED') this.workloads.delete(`${kind.id}/${id}`);
    else this.workloads.set(`${kind.id}/${id}`, object);
    if (kind === NODE) this.nodes.set(object.metadata.name, object as Node);
    if (kind === POD_DISRUPTION_BUDGET) this.budgets.set(id, object as PodDisruptionBudget);
    if (kind === REPLICA_SET || kind === REPLICATION_CONTROLLER) this.replicaSetChanged(object);
    if (kind === JOB) this.jobChanged(object as Job);
  }

  private podChanged(pod: Pod | undefined, before: Pod): void {
    this.count(this.pods.get(before.id), -1);
    this.count(pod, 1);
    if (pod === undefined) this.pods.delete(before.id);
    else this.pods.set(pod.id, pod);
    if (pod === undefined) return;
    const { name } = pod.metadata;
    const { nodeName } = before.spec;
    if (nodeName !== '' && nodeName !== pod.spec.nodeName) this.violate(`pod ${name} moved off ${nodeName}`);
    if (pod.metadata.ownerReferences.filter(({ controller }) => controller).length > 1)
      this.violate(`pod ${name} has two controllers`);
    this.noteEnd(pod);
    this.checkSurplus(pod);
    if (pod.metadata.deleting && !before.metadata.deleting && pod.status.reason === 'EvictionByEvictionAPI')
      this.checkBudgets(pod, before);
  }

  private noteEnd({ id, metadata, status }: Pod): void {
    const owner = controllerOf(metadata);
    if (owner?.kindId !== JOB.id) return;
    const ended = this.endedPods.get(owner.id) ?? { succeeded: new Set(), failed: new Set() };
    this.endedPods.set(owner.id, ended);
    if (status.phase === 'Succeeded') ended.succeeded.add(id);
    // A pod that is deleted before it has ended counts as failed.
    if (status.phase === 'Failed' || metadata.deleting) ended.failed.add(id);
  }

  /** A controller that counted a pod that is on its way as missing would make another one. */
  private checkSurplus({ metadata }: Pod): void {
    const owner = controllerOf(metadata);
    const most = owner === undefined ? undefined : this.replicasMax.get(owner.id);
    if (owner?.kindId !== REPLICA_SET.id || most === undefined || !this.oneLeader) return;
    const active = this.activeOf(owner.kindId, owner.id);
    if (active > most) this.violate(`${owner.name} has ${active} pods and never asked for more than ${most}`);
  }

  private count(pod: Pod | undefined, sign: 1 | -1): void {
    const owner = pod === undefined ? undefined : controllerOf(pod.metadata);
    if (owner === undefined || !isPodActive(pod!)) return;
    const key = `${owner.kindId}/${owner.id}`;
    this.active.set(key, (this.active.get(key) ?? 0) + sign);
  }

  private activeOf(kindId: number, id: number): number {
    return this.active.get(`${kindId}/${id}`) ?? 0;
  }

  private replicaSetChanged({ id, spec, status, metadata }: ApiObject): void {
    const { replicas } = spec as { readonly replicas: number };
    this.replicasMax.set(id, Math.max(this.replicasMax.get(id) ?? 0, replicas));
    const counted = (status as { readonly replicas: number }).replicas;
    if (counted > this.replicasMax.get(id)! && this.oneLeader) this.violate(`${metadata.name} counts ${counted} pods`);
  }

  private jobChanged({ id, status, metadata }: Job): void {
    const ended = this.endedPods.get(id);
    if (status.succeeded > (ended?.succeeded.size ?? 0)) this.violate(`job ${metadata.name} counts a success twice`);
    if (status.failed > (ended?.failed.size ?? 0)) this.violate(`job ${metadata.name} counts a failure twice`);
  }

  /** At the moment of an eviction so many pods as the budget demands must be left, unless the victim was none of them. */
  private checkBudgets(victim: Pod, before: Pod): void {
    if (!this.onlyEvictions || !before.status.ready) return;
    for (const { metadata, spec } of this.budgets.values()) {
      const covers = ({ metadata: { namespace, labels } }: Pod): boolean =>
        namespace === metadata.namespace && matches(spec.selector, labels);
      if (!covers(victim)) continue;
      const covered = [...this.pods.values()].filter(covers);
      const healthy = covered.filter((pod) => pod.status.ready && !pod.metadata.deleting).length;
      const expected = this.replicasBehind(covered);
      const demanded =
        spec.maxUnavailable === undefined
          ? scaledValue(spec.minAvailable ?? 0, expected, true)
          : expected - scaledValue(spec.maxUnavailable, expected, true);
      if (healthy < demanded) this.violate(`eviction left ${healthy} of ${demanded} pods of budget ${metadata.name}`);
    }
  }

  /** Replicas that the workloads at the top of the pods ask for. */
  private replicasBehind(pods: readonly Pod[]): number {
    const replicas = new Map<string, number>();
    for (const { metadata } of pods) {
      let owner = controllerOf(metadata);
      for (let top = owner; top !== undefined; ) {
        owner = top;
        const object = this.workloads.get(`${top.kindId}/${top.id}`);
        top = object === undefined ? undefined : controllerOf(object.metadata);
      }
      const spec = this.workloads.get(`${owner?.kindId}/${owner?.id}`)?.spec as { replicas?: number } | undefined;
      if (spec?.replicas !== undefined) replicas.set(`${owner!.kindId}/${owner!.id}`, spec.replicas);
    }
    return [...replicas.values()].reduce((sum, each) => sum + each, 0);
  }

  /** Two clients fight when each writes back what the other has just changed. */
  answered({ caller, object, mutating, kind, subresource, ok }: Call): void {
    if (!ok || !mutating || object === undefined || subresource === 'status' || kind === POD || kind === LEASE) return;
    const key = `${kind.id}/${object.id}`;
    const history = this.writes.get(key) ?? [];
    this.writes.set(key, history);
    const spec = JSON.stringify(object.spec);
    const last = history.at(-1);
    const beforeLast = history.at(-2);
    if (last?.spec === spec) return;
    if (beforeLast?.spec === spec && last!.caller !== caller.name) {
      const reversals = (this.reversals.get(key) ?? 0) + 1;
      this.reversals.set(key, reversals);
      if (reversals > REVERSALS_MAX)
        this.violate(`${caller.name} and ${last!.caller} fight over ${kind.name} ${object.metadata.name}`);
    }
    history.push({ caller: caller.name, spec });
  }

  /** What every workload asks for must be there when nothing is left to do. */
  checkEnd(): void {
    for (const object of this.workloads.values()) {
      const { kind, id, metadata, spec } = object;
      if (kind === DEPLOYMENT) this.compare(object, this.availableOf(this.replicaSetsOf(object as Deployment)));
      if (kind === STATEFUL_SET || kind === REPLICATION_CONTROLLER || (kind === REPLICA_SET && isOnItsOwn(object)))
        this.compare(object, this.availableOf([object]));
      if (kind === REPLICA_SET && !isOnItsOwn(object)) {
        const { replicas } = spec as { readonly replicas: number };
        const active = this.activeOf(kind.id, id);
        if (active !== replicas) this.violate(`${metadata.name} asks for ${replicas} pods and has ${active}`);
      }
    }
    for (const pod of this.pods.values())
      if (isEnding(pod) && this.isOnGoodNode(pod)) this.violate(`pod ${pod.metadata.name} is still being deleted`);
  }

  /** Pods of nodes that nobody hears of end when somebody does. */
  private isOnGoodNode({ spec }: Pod): boolean {
    return this.nodes.get(spec.nodeName)?.status.ready !== 'Unknown';
  }

  private compare({ kind, metadata, spec }: ApiObject, available: number): void {
    const { replicas } = spec as { readonly replicas: number };
    if (replicas !== available)
      this.violate(`${kind.name} ${metadata.name} asks for ${replicas} pods, and ${available} are available`);
  }

  private replicaSetsOf({ kind, id }: Deployment): readonly ApiObject[] {
    return [...this.workloads.values()].filter((one) => {
      const owner = controllerOf(one.metadata);
      return one.kind === REPLICA_SET && owner?.kindId === kind.id && owner.id === id;
    });
  }

  private availableOf(owners: readonly ApiObject[]): number {
    const keys = new Set(owners.map(({ kind, id }) => `${kind.id}/${id}`));
    return [...this.pods.values()].filter(({ metadata, status }) => {
      const owner = controllerOf(metadata);
      return status.ready && !metadata.deleting && keys.has(`${owner?.kindId}/${owner?.id}`);
    }).length;
  }

  private violate(violation: string): void {
    this.violations.push(violation);
  }
}

function isOnItsOwn({ metadata }: ApiObject): boolean {
  return controllerOf(metadata) === undefined;
}

/** Whether somebody has to end a pod yet; one without grace left goes with the next write, which nobody waits for if it is a chore. */
function isEnding({ metadata }: Pod): boolean {
  return metadata.deleting && metadata.deletionGracePeriodSeconds > 0;
}
