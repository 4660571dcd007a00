import { milliCpuOf, unitsOf } from '../../api/amount.js';
import type { Pod } from '../../api/pod.js';
import type { Informer } from '../../client/informer.js';
import type { InformerHandler } from '../../client/informer-handler.js';
import type { Engine, EventKind } from '../../engine/index.js';
import { DemandCurve } from './demand-curve.js';
import { isPodOf, keysOf, type WorkloadName, workloadKey } from './pod-of.js';
import { isReady } from './ready-pods.js';

/** What workloads can be asked for. */
export type DemandedResource = 'cpu' | 'memory';

/** A workload whose pods are asked for something, of the container of that name, or of `''` for the pod as a whole. */
interface Demand extends WorkloadName {
  readonly container: string;
  /** One that was made later has a higher number. */
  readonly order: number;
  readonly curves: Readonly<Record<DemandedResource, DemandCurve>>;
}

/** A pod's part in a demand that it shares in, or has. */
export interface PodPart {
  /** Name of the container that does the work. */
  readonly container: string;
  readonly demand: Demand;
  ready: boolean;
  /** What it used while it was ready before. */
  used: number;
  /** What a pod that was ready all the time had used when this one became so. */
  sinceUsed: number;
}

const NO_PARTS: readonly PodPart[] = [];

/** What pods use of processors and memory: the outside world asks it of workloads, and their ready pods share it. */
export class PodLoad implements InformerHandler<Pod> {
  private readonly engine: Engine;
  private readonly pods: Informer<Pod>;
  private readonly noticedNs: number;
  private readonly noticedKind: EventKind;
  /** By workload. */
  private readonly demands: Map<string, Demand[]>;
  private nextOrder: number;
  private readonly parts: Map<number, PodPart[]>;

  /** `noticedNs` is how long it may take until all who act on the load have seen a change of it. */
  constructor(engine: Engine, pods: Informer<Pod>, noticedNs: number) {
    this.engine = engine;
    this.pods = pods;
    this.noticedNs = noticedNs;
    this.noticedKind = engine.register('load: change noticed', () => {}, 'timer');
    this.demands = new Map();
    this.nextOrder = 0;
    this.parts = new Map();
    pods.addHandler(this);
  }

  /**
   * A workload is asked for so much (milli-CPUs, or bytes) from now on, or evenly more or less until `overNs` from now.
   * The container of that name does it, or with `''` the first one, within the limits of the whole pod.
   */
  demand(workload: WorkloadName, container: string, resource: DemandedResource, amount: number, overNs: number): void {
    const { nowNs } = this.engine;
    const key = workloadKey(workload);
    const ofWorkload = this.demands.get(key) ?? [];
    let demand = ofWorkload.find((one) => one.container === container);
    if (demand === undefined) {
      const curves = { cpu: new DemandCurve(nowNs), memory: new DemandCurve(nowNs) };
      demand = { ...workload, container, order: this.nextOrder++, curves };
      this.demands.set(key, [...ofWorkload, demand]);
      for (const pod of this.pods.cache.inNamespace(workload.namespace)) if (isPodOf(pod, workload)) this.observe(pod);
    }
    demand.curves[resource].change(amount, overNs, nowNs);
    this.engine.scheduleAs(false, overNs + this.noticedNs, this.noticedKind);
  }

  /** What a pod shares in; more are added at the end as more is asked for. */
  partsOf(podId: number): readonly PodPart[] {
    return this.parts.get(podId) ?? NO_PARTS;
  }

  /** What a part has used since the start of its pod, in milli-CPU nanoseconds. */
  used(part: PodPart): number {
    return part.ready ? part.used + this.curveOf(part) - part.sinceUsed : part.used;
  }

  /** How many bytes of memory a part uses now: nothing before its pod is ready. */
  memory({ ready, demand }: PodPart): number {
    return ready ? Math.round(demand.curves.memory.each(this.engine.nowNs)) : 0;
  }

  /** Since when a pod's share of the load has been asked for as it is; Infinity while that changes. */
  steadySinceNs(podId: number): number {
    const { nowNs } = this.engine;
    let sinceNs = 0;
    for (const { demand } of this.partsOf(podId))
      sinceNs = Math.max(sinceNs, demand.curves.cpu.steadySinceNs(nowNs), demand.curves.memory.steadySinceNs(nowNs));
    return sinceNs;
  }

  added(pod: Pod): void {
    this.observe(pod);
  }

  updated(_previous: Pod, pod: Pod): void {
    this.observe(pod);
  }

  deleted(pod: Pod): void {
    for (const part of this.partsOf(pod.id)) this.become(part, pod, false);
    this.parts.delete(pod.id);
  }

  private observe(pod: Pod): void {
    if (this.demands.size === 0) return;
    const demands = keysOf(pod).flatMap((key) => this.demands.get(key) ?? []);
    for (const demand of demands.sort((a, b) => a.order - b.order)) this.take(pod, demand);
    const ready = isReady(pod);
    for (const part of this.partsOf(pod.id)) this.become(part, pod, ready);
  }

  /** A pod has its part in a demand from when it is seen first; in none that a container does which it has not. */
  private take(pod: Pod, demand: Demand): void {
    const parts = this.parts.get(pod.id);
    if (parts?.some((part) => part.demand === demand) === true) return;
    const { containers } = pod.spec.shape.spec;
    const container =
      demand.container === '' ? containers[0] : containers.find(({ name }) => name === demand.container);
    if (container === undefined) return;
    const part = { container: container.name, demand, ready: false, used: 0, sinceUsed: 0 };
    if (parts === undefined) this.parts.set(pod.id, [part]);
    else parts.push(part);
  }

  /** Only ready pods are sent anything. */
  private become(part: PodPart, pod: Pod, ready: boolean): void {
    if (part.ready === ready) return;
    const { cpu, memory } = part.demand.curves;
    const limits = limitsOf(pod, part);
    if (!ready) part.used += this.curveOf(part) - part.sinceUsed;
    part.ready = ready;
    cpu.share(ready ? 1 : -1, limits.milliCpu, this.engine.nowNs);
    memory.share(ready ? 1 : -1, limits.memory, this.engine.nowNs);
    part.sinceUsed = this.curveOf(part);
  }

  private curveOf({ demand }: PodPart): number {
    return demand.curves.cpu.used(this.engine.nowNs);
  }
}

/** What a part can use at most; 0 for no limit. */
function limitsOf(
  { spec }: Pod,
  { demand, container }: PodPart,
): { readonly milliCpu: number; readonly memory: number } {
  if (demand.container === '') return spec.shape.limits;
  const limits = spec.shape.spec.containers.find(({ name }) => name === container)?.resources?.limits;
  return { milliCpu: milliCpuOf(limits?.cpu ?? 0), memory: unitsOf(limits?.memory ?? 0) };
}
