import * as z from 'zod';
import { quantityOf } from '../../api/amount.js';
import { REPLICATION_CONTROLLER } from '../../api/kind.js';
import type { CustomMetrics } from '../../spokes/metrics-server/custom-metrics.js';
import { duration } from '../schema-values.js';
import type { Action } from './action.js';
import type { Stage } from './stage.js';
import { NAMESPACE_KEY, objectKey } from './step-keys.js';
import { type StepKind, stepKind } from './step-kind.js';
import type { StepReading } from './step-reading.js';
import { TEMPLATED } from './workload-kinds.js';

/** Says of a metric that it is so much, in thousandths, and how long it takes to get there. */
type Say = (metrics: CustomMetrics, amount: number, overNs: number) => void;

/** A metric of pods, of an object, or of nothing in the cluster, is so much from then on. */
class Metric implements Action {
  readonly text: string = 'metric';
  readonly isOrder: boolean = false;
  readonly isMeasured: boolean = true;
  private readonly say: Say;
  private readonly amount: number;
  private readonly overNs: number;

  constructor(say: Say, amount: number, overNs: number) {
    this.say = say;
    this.amount = amount;
    this.overNs = overNs;
  }

  perform({ cluster }: Stage): void {
    if (cluster.metrics !== undefined) this.say(cluster.metrics.custom, this.amount, this.overNs);
  }
}

export const METRIC: StepKind = stepKind({
  shape: {
    metric: z.string().min(1).describe('Name of the metric, as HorizontalPodAutoscalers have it'),
    value: z.union([z.string(), z.number()]).describe('How much it is from then on, a quantity: 300, 5k or 500m'),
    pods: objectKey('For type Pods: the workload whose ready pods share the value alike').optional(),
    of: objectKey('For type Object: what it is of; for type External neither this nor pods').optional(),
    over: duration('How long it takes to become so much, evenly').optional(),
    ...NAMESPACE_KEY,
  },
  example: 'metric: queue-length, value: 300, over: 2m',
  read: ({ metric, value, pods, of, namespace = 'default', over = 0 }, reading) => {
    if (pods !== undefined && of !== undefined)
      throw reading.error('of', 'a metric is of pods or of one object, not of both', 'write pods: or of:');
    const amount = reading.within('value', () => Number(quantityOf(value).milliValue()));
    if (amount < 0) throw reading.error('value', 'must not be negative', 'write 0 or more');
    if (pods !== undefined) return new Metric(sharedBy(metric, pods, reading), amount, over);
    const described = of === undefined ? { kindName: '', namespace, name: '' } : describedObject(of, reading);
    return new Metric((metrics, ...given) => metrics.set(metric, described, ...given), amount, over);
  },
});

function sharedBy(metric: string, pods: string, reading: StepReading): Say {
  const workload = reading.object('pods', pods);
  if (!TEMPLATED.includes(workload.kind) && workload.kind !== REPLICATION_CONTROLLER)
    throw reading.error('pods', `a ${workload.kind.name} has no pods that share a metric`, 'of an object write of:');
  return (metrics, ...given) => metrics.share(metric, workload, ...given);
}

function describedObject(of: string, reading: StepReading) {
  const { kind, namespace, name } = reading.object('of', of);
  if (!kind.namespaced)
    throw reading.error('of', `a ${kind.name} is in no namespace`, 'autoscalers ask for metrics of objects of theirs');
  return { kindName: kind.name, namespace, name };
}
