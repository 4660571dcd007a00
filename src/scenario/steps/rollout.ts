import * as z from 'zod';
import { DEPLOYMENT } from '../../api/kind.js';
import { ROLLOUT_VERBS, type RolloutVerb } from '../../spokes/user/rollout.js';
import type { ObjectName } from '../object-name.js';
import { count } from '../schema-values.js';
import type { Action } from './action.js';
import type { Stage } from './stage.js';
import { NAMESPACE_KEY, objectKey, objectText } from './step-keys.js';
import { type StepKind, stepKind } from './step-kind.js';
import { ROLLED_OUT } from './workload-kinds.js';

/** `kubectl rollout`. */
class Rollout implements Action {
  readonly isOrder: boolean = true;
  private readonly verb: RolloutVerb;
  private readonly target: ObjectName;
  /** Of an undo; 0 is the one before the latest. */
  private readonly toRevision: number;

  constructor(verb: RolloutVerb, target: ObjectName, toRevision: number) {
    this.verb = verb;
    this.target = target;
    this.toRevision = toRevision;
  }

  get text(): string {
    return `${this.verb} ${objectText(this.target)}`;
  }

  perform({ cluster }: Stage): void {
    const { kind, namespace, name } = this.target;
    cluster.user.rollout(this.verb, kind, namespace, name, this.toRevision);
  }
}

export const ROLLOUT: StepKind = stepKind({
  shape: {
    rollout: z.enum(ROLLOUT_VERBS).describe('As kubectl rollout'),
    target: objectKey('Workload'),
    toRevision: count(0, 'Revision to go back to with undo; the one before the latest without it').optional(),
    ...NAMESPACE_KEY,
  },
  example: 'rollout: undo, target: deployment/shop',
  read: ({ rollout: verb, target: name, toRevision = 0 }, reading) => {
    const target = reading.object('target', name);
    // Only a Deployment can be paused.
    const kinds = verb === 'pause' || verb === 'resume' ? [DEPLOYMENT] : ROLLED_OUT;
    if (kinds.includes(target.kind)) return new Rollout(verb, target, toRevision);
    const names = kinds.map((kind) => kind.name.toLowerCase()).join(', ');
    throw reading.error('target', `rollout ${verb} is not for a ${target.kind.name}`, `it is for ${names}`);
  },
});
