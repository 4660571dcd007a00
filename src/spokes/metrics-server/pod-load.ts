import type { Kind } from '../../api/kind.js';
import { DEPLOYMENT, REPLICA_SET } from '../../api/kind.js';
import { controllerOf } from '../../api/meta.js';
import type { Pod } from '../../api/pod.js';
import type { Informer } from '../../client/informer.js';
import type { InformerHandler } from '../../client/informer-handler.js';
import type { Engine, EventKind } from '../../engine/index.js';
import { DemandCurve } from './demand-curve.js';

/** What workloads can be asked for. */
export type DemandedResource = 'cpu' | 'memory';

/** A workload whose pods are asked for something. */
interface Demand {
  readonly kind: Kind;
  readonly namespace: string;
  readonly name: string;
  readonly curves: Readonly<Record<DemandedResource, DemandCurve>>;
}

/** A pod that shares in a demand, or has. */
interface Sharer {
  readonly demand: Demand;
  ready: boolean;
  /** What it used while it was ready before. */
  used: number;
  /** What a pod that was ready all the time had used when this one became so. */
  sinceUsed: number;
}

/** What pods use of processors and memory: the outside world asks it of workloads, and their ready pods share it. */
export class PodLoad implements InformerHandler<Pod> {
  private readonly engine: Engine;
  private readonly pods: Informer<Pod>;
  private readonly noticedNs: number;
  private readonly noticedKind: EventKind;
  private readonly demands: Demand[];
  private readonly sharers: Map<number, Sharer>;

  /** `noticedNs` is how long it may take until all who act on the load have seen a change of it. */
  constructor(engine: Engine, pods: Informer<Pod>, noticedNs: number) {
    this.engine = engine;
    this.pods = pods;
    this.noticedNs = noticedNs;
    this.noticedKind = engine.register('load: change noticed', () => {}, 'timer');
    this.demands = [];
    this.sharers = new Map();
    pods.addHandler(this);
  }

  /** A workload is asked for so much (milli-CPUs, or bytes) from now on, or evenly more or less until `overNs` from now. */
  demand(
    kind: Kind,
    namespace: string,
    name: string,
    resource: DemandedResource,
    amount: number,
    overNs: number,
  ): void {
    const { nowNs } = this.engine;
    let demand = this.demands.find((one) => one.kind === kind && one.namespace === namespace && one.name === name);
    if (demand === undefined) {
      demand = { kind, namespace, name, curves: { cpu: new DemandCurve(nowNs), memory: new DemandCurve(nowNs) } };
      this.demands.push(demand);
      for (const pod of this.pods.cache.values()) this.observe(pod);
    }
    demand.curves[resource].change(amount, overNs, nowNs);
    this.engine.scheduleAs(false, overNs + this.noticedNs, this.noticedKind);
  }

  /** What a pod has used since its start, in milli-CPU nanoseconds. */
  used(podId: number): number {
    const sharer = this.sharers.get(podId);
    if (sharer === undefined) return 0;
    return sharer.ready ? sharer.used + this.curveOf(sharer) - sharer.sinceUsed : sharer.used;
  }

  /** How many bytes of memory a pod uses now: nothing before it is ready. */
  memory(podId: number): number {
    const sharer = this.sharers.get(podId);
    return sharer?.ready ? Math.round(sharer.demand.curves.memory.each(this.engine.nowNs)) : 0;
  }

  /** Since when a pod's share of the load has been asked for as it is; Infinity while that changes. */
  steadySinceNs(podId: number): number {
    const curves = this.sharers.get(podId)?.demand.curves;
    if (curves === undefined) return 0;
    const { nowNs } = this.engine;
    return Math.max(curves.cpu.steadySinceNs(nowNs), curves.memory.steadySinceNs(nowNs));
  }

  added(pod: Pod): void {
    this.observe(pod);
  }

  updated(_previous: Pod, pod: Pod): void {
    this.observe(pod);
  }

  deleted(pod: Pod): void {
    const sharer = this.sharers.get(pod.id);
    if (sharer !== undefined) this.become(sharer, pod, false);
    this.sharers.delete(pod.id);
  }

  private observe(pod: Pod): void {
    let sharer = this.sharers.get(pod.id);
    if (sharer === undefined) {
      const demand = this.demands.find((one) => belongsTo(pod, one));
      if (demand === undefined) return;
      sharer = { demand, ready: false, used: 0, sinceUsed: 0 };
      this.sharers.set(pod.id, sharer);
    }
    this.become(sharer, pod, pod.status.ready && !pod.metadata.deleting);
  }

  /** Only ready pods are sent anything. */
  private become(sharer: Sharer, pod: Pod, ready: boolean): void {
    if (sharer.ready === ready) return;
    const { cpu, memory } = sharer.demand.curves;
    const { limits } = pod.spec.shape;
    if (!ready) sharer.used += this.curveOf(sharer) - sharer.sinceUsed;
    sharer.ready = ready;
    cpu.share(ready ? 1 : -1, limits.milliCpu, this.engine.nowNs);
    memory.share(ready ? 1 : -1, limits.memory, this.engine.nowNs);
    sharer.sinceUsed = this.curveOf(sharer);
  }

  private curveOf({ demand }: Sharer): number {
    return demand.curves.cpu.used(this.engine.nowNs);
  }
}

/** Pods of a Deployment are known by the name of its ReplicaSets. */
function belongsTo({ metadata }: Pod, { kind, namespace, name }: Demand): boolean {
  const owner = controllerOf(metadata);
  if (owner === undefined || metadata.namespace !== namespace) return false;
  if (kind !== DEPLOYMENT) return owner.kindId === kind.id && owner.name === name;
  return owner.kindId === REPLICA_SET.id && owner.name === `${name}-${metadata.labels['pod-template-hash']}`;
}
