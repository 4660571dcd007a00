import * as z from 'zod';
import { milliCpuOf, unitsOf } from '../../api/amount.js';
import { REPLICATION_CONTROLLER } from '../../api/kind.js';
import type { DemandedResource } from '../../spokes/metrics-server/pod-load.js';
import type { ObjectName } from '../object-name.js';
import { duration } from '../schema-values.js';
import type { Action } from './action.js';
import type { Stage } from './stage.js';
import { NAMESPACE_KEY, objectKey } from './step-keys.js';
import { type StepKind, stepKind } from './step-kind.js';
import { TEMPLATED } from './workload-kinds.js';

/** How much of each resource is asked for: milli-CPUs, bytes. */
type Amounts = ReadonlyMap<DemandedResource, number>;

/** A workload's pods together are asked for so much processor time or memory from then on. */
class Demand implements Action {
  readonly text: string = 'demand';
  readonly isOrder: boolean = false;
  readonly isMeasured: boolean = true;
  private readonly target: ObjectName;
  /** Name of the one that does the work; `''` for the first, within the limits of the pod. */
  private readonly container: string;
  private readonly amounts: Amounts;
  /** How long it takes to get there, evenly. */
  private readonly overNs: number;

  constructor(target: ObjectName, container: string, amounts: Amounts, overNs: number) {
    this.target = target;
    this.container = container;
    this.amounts = amounts;
    this.overNs = overNs;
  }

  perform({ cluster }: Stage): void {
    for (const [resource, amount] of this.amounts)
      cluster.metrics?.load.demand(this.target, this.container, resource, amount, this.overNs);
  }
}

const AMOUNT_OF = { cpu: milliCpuOf, memory: unitsOf } as const;

export const DEMAND: StepKind = stepKind({
  shape: {
    demand: objectKey('Workload whose ready pods share the work'),
    cpu: z
      .union([z.string(), z.number()])
      .describe('Processors that the work needs, from then on: 20, or 500m')
      .optional(),
    memory: z.union([z.string(), z.number()]).describe('Memory that it needs: 20Gi').optional(),
    container: z.string().min(1).optional().describe('The container that does the work; the first one without it'),
    over: duration('How long it takes to become so much, evenly').optional(),
    ...NAMESPACE_KEY,
  },
  example: 'demand: deployment/shop, cpu: 20, over: 2m',
  read: ({ demand, container = '', over = 0, ...asked }, reading) => {
    const target = reading.object('demand', demand);
    if (!TEMPLATED.includes(target.kind) && target.kind !== REPLICATION_CONTROLLER)
      throw reading.error('demand', `a ${target.kind.name} has no pods that share work`);
    const amounts = new Map<DemandedResource, number>();
    for (const resource of ['cpu', 'memory'] as const) {
      const given = asked[resource];
      if (given === undefined) continue;
      const amount = reading.within(resource, () => AMOUNT_OF[resource](given));
      if (amount < 0) throw reading.error(resource, 'must not be negative');
      amounts.set(resource, amount);
    }
    if (amounts.size === 0)
      throw reading.error('demand', 'says neither how much cpu nor how much memory', 'add cpu: 2, memory: 1Gi or both');
    return new Demand(target, container, amounts, over);
  },
});
