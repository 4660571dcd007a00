import { PODS_MAX } from '../../api/size-limits.js';
import type { ObjectName } from '../object-name.js';
import { count } from '../schema-values.js';
import type { Action } from './action.js';
import type { Stage } from './stage.js';
import { NAMESPACE_KEY, objectKey, objectText } from './step-keys.js';
import { type StepKind, stepKind } from './step-kind.js';

/** `kubectl scale`. */
class Scale implements Action {
  readonly isOrder: boolean = true;
  private readonly target: ObjectName;
  private readonly replicas: number;

  constructor(target: ObjectName, replicas: number) {
    this.target = target;
    this.replicas = replicas;
  }

  get text(): string {
    return `scale ${objectText(this.target)} to ${this.replicas}`;
  }

  perform({ cluster }: Stage): void {
    const { kind, namespace, name } = this.target;
    cluster.user.scale(kind, namespace, name, this.replicas);
  }
}

export const SCALE: StepKind = stepKind({
  shape: { scale: objectKey('Workload to scale'), replicas: count(0, 'Replicas wanted', PODS_MAX), ...NAMESPACE_KEY },
  example: 'scale: deployment/shop, replicas: 3000',
  read: ({ scale, replicas }, reading) => new Scale(reading.object('scale', scale), replicas),
});
