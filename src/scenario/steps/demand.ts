import { z } from 'zod';
import { milliCpuOf } from '../../api/amount.js';
import { REPLICATION_CONTROLLER } from '../../api/kind.js';
import type { ObjectName } from '../object-name.js';
import { duration } from '../schema-values.js';
import type { Action } from './action.js';
import type { Stage } from './stage.js';
import { NAMESPACE_KEY, objectKey } from './step-keys.js';
import { type StepKind, stepKind } from './step-kind.js';
import { TEMPLATED } from './workload-kinds.js';

/** A workload's pods together are asked for so much processor time from then on. */
class Demand implements Action {
  readonly text: string = 'demand';
  readonly isOrder: boolean = false;
  readonly isMeasured: boolean = true;
  private readonly target: ObjectName;
  private readonly milliCpu: number;
  /** How long it takes to get there, evenly. */
  private readonly overNs: number;

  constructor(target: ObjectName, milliCpu: number, overNs: number) {
    this.target = target;
    this.milliCpu = milliCpu;
    this.overNs = overNs;
  }

  perform({ cluster }: Stage): void {
    const { kind, namespace, name } = this.target;
    cluster.metrics?.load.demand(kind, namespace, name, this.milliCpu, this.overNs);
  }
}

export const DEMAND: StepKind = stepKind({
  shape: {
    demand: objectKey('Workload whose ready pods share the work'),
    cpu: z.union([z.string(), z.number()]).describe('Processors that the work needs, from then on: 20, or 500m'),
    over: duration('How long it takes to become so much, evenly').optional(),
    ...NAMESPACE_KEY,
  },
  example: 'demand: deployment/shop, cpu: 20, over: 2m',
  read: ({ demand, cpu, over = 0 }, reading) => {
    const target = reading.object('demand', demand);
    if (!TEMPLATED.includes(target.kind) && target.kind !== REPLICATION_CONTROLLER)
      throw reading.error('demand', `a ${target.kind.name} has no pods that share work`);
    const milliCpu = reading.within('cpu', () => milliCpuOf(cpu));
    if (milliCpu < 0) throw reading.error('cpu', 'must not be negative');
    return new Demand(target, milliCpu, over);
  },
});
