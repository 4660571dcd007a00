import * as z from 'zod';
import type { DeleteOptions } from '../../api/call.js';
import type { ObjectName } from '../object-name.js';
import type { Action } from './action.js';
import type { Stage } from './stage.js';
import { GRACE_PERIOD_KEY, NAMESPACE_KEY, objectKey, objectText } from './step-keys.js';
import { type StepKind, stepKind } from './step-kind.js';

/** `kubectl delete`. */
export class Delete implements Action {
  readonly isOrder: boolean = true;
  readonly target: ObjectName;
  readonly options: DeleteOptions;

  constructor(target: ObjectName, options: DeleteOptions) {
    this.target = target;
    this.options = options;
  }

  get text(): string {
    return `delete ${objectText(this.target)}`;
  }

  perform({ cluster }: Stage): void {
    const { kind, namespace, name } = this.target;
    cluster.user.delete(kind, namespace, name, this.options);
  }
}

const POLICIES = { background: 'Background', foreground: 'Foreground', orphan: 'Orphan' } as const;

export const DELETE: StepKind = stepKind({
  shape: {
    delete: objectKey('Object to delete'),
    propagation: z
      .enum(['background', 'foreground', 'orphan'])
      .optional()
      .describe('What becomes of what it owns: deleted after it, before it, or left alone'),
    ...GRACE_PERIOD_KEY,
    ...NAMESPACE_KEY,
  },
  example: 'delete: deployment/shop, propagation: foreground',
  read: ({ delete: name, propagation = 'background', gracePeriod }, reading) => {
    const grace = gracePeriod === undefined ? {} : { gracePeriodSeconds: Math.ceil(gracePeriod / 1e9) };
    return new Delete(reading.object('delete', name), { propagationPolicy: POLICIES[propagation], ...grace });
  },
});
