import type { Pod } from '../../api/pod.js';
import type { Informer } from '../../client/informer.js';
import type { Engine, EventKind } from '../../engine/index.js';
import { isPodOf, keysOf, type WorkloadName, workloadKey } from './pod-of.js';
import { Ramp } from './ramp.js';
import { isReady, ReadyPods } from './ready-pods.js';

/** What a metric is of, other than pods: an object, or with no kind and no name nothing in the cluster. */
export interface Described {
  readonly kindName: string;
  readonly namespace: string;
  readonly name: string;
}

/** A metric whose amount the ready pods of a workload share. */
interface Shared {
  readonly workload: WorkloadName;
  readonly amount: Ramp;
  /** One that was said later has a higher number. */
  readonly order: number;
}

/** Of the moment. */
interface PodValue {
  readonly value: number;
  readonly timeNs: number;
  readonly windowNs: number;
}

interface Total {
  readonly value: number;
  /** Since when it has not changed; Infinity while it does. */
  readonly steadySinceNs: number;
}

/**
 * What the APIs custom.metrics.k8s.io and external.metrics.k8s.io answer: amounts that the outside world says, in
 * thousandths, each as it is at the moment. How old the answers of an adapter are is its own affair.
 */
export class CustomMetrics {
  private readonly engine: Engine;
  private readonly noticedNs: number;
  private readonly noticedKind: EventKind;
  private readonly readyPods: ReadyPods;
  /** By metric and workload. */
  private readonly shared: Map<string, Shared>;
  private readonly totals: Map<string, Ramp>;

  /** `noticedNs` is how long it may take until all who act on a metric have seen a change of it. */
  constructor(engine: Engine, pods: Informer<Pod>, noticedNs: number) {
    this.engine = engine;
    this.noticedNs = noticedNs;
    this.noticedKind = engine.register('metrics: change noticed', () => {}, 'timer');
    this.readyPods = new ReadyPods(pods);
    this.shared = new Map();
    this.totals = new Map();
  }

  /** The pods of a workload have so much together from now on, or evenly more or less until `overNs` from now. */
  share(metric: string, workload: WorkloadName, amount: number, overNs: number): void {
    const key = `${metric} ${workloadKey(workload)}`;
    let found = this.shared.get(key);
    if (found === undefined) {
      found = { workload, amount: new Ramp(this.engine.nowNs), order: this.shared.size };
      this.shared.set(key, found);
    }
    this.change(found.amount, amount, overNs);
  }

  /** The same for what is not of pods. */
  set(metric: string, described: Described, amount: number, overNs: number): void {
    const key = keyOf(metric, described);
    const found = this.totals.get(key) ?? new Ramp(this.engine.nowNs);
    this.totals.set(key, found);
    this.change(found, amount, overNs);
  }

  /** Values of those running pods that have the metric: nothing for those that are not ready. */
  ofPods(asked: readonly Pod[], metric: string): Map<string, PodValue> {
    const { nowNs: timeNs } = this.engine;
    const values = new Map<string, PodValue>();
    for (const { workload, amount } of this.sharedBy(asked, metric)) {
      const value = Math.round(amount.at(timeNs) / Math.max(1, this.readyPods.of(workload)));
      for (const pod of asked)
        if (pod.status.phase === 'Running' && isPodOf(pod, workload))
          values.set(pod.metadata.name, { value: isReady(pod) ? value : 0, timeNs, windowNs: 0 });
    }
    return values;
  }

  /** Since when what these pods share of a metric has not changed; Infinity while it does. */
  steadySinceNs(asked: readonly Pod[], metric: string): number {
    const { nowNs } = this.engine;
    return this.sharedBy(asked, metric).reduce(
      (latest, { amount }) => Math.max(latest, amount.steadySinceNs(nowNs)),
      0,
    );
  }

  /** Undefined if nobody has said it. */
  total(metric: string, described: Described): Total | undefined {
    const { nowNs } = this.engine;
    const amount = this.totals.get(keyOf(metric, described));
    return amount && { value: Math.round(amount.at(nowNs)), steadySinceNs: amount.steadySinceNs(nowNs) };
  }

  private change(ramp: Ramp, amount: number, overNs: number): void {
    ramp.change(amount, overNs, this.engine.nowNs);
    this.engine.scheduleAs(false, overNs + this.noticedNs, this.noticedKind);
  }

  private sharedBy(asked: readonly Pod[], metric: string): readonly Shared[] {
    const found = new Set<Shared>();
    for (const pod of asked)
      for (const key of keysOf(pod)) {
        const shared = this.shared.get(`${metric} ${key}`);
        if (shared !== undefined) found.add(shared);
      }
    return [...found].sort((a, b) => a.order - b.order);
  }
}

/** None of the parts has a space in it but the last. */
function keyOf(metric: string, { kindName, namespace, name }: Described): string {
  return `${kindName} ${namespace} ${name} ${metric}`;
}
