import * as z from 'zod';
import type { NodeSelection } from '../../cluster/config.js';
import type { DrainOptions } from '../../spokes/user/drain.js';
import type { Place } from '../place.js';
import { duration } from '../schema-values.js';
import type { Action } from './action.js';
import type { Stage } from './stage.js';
import { GRACE_PERIOD_KEY, nodesKey, nodesText } from './step-keys.js';
import { type StepKind, stepKind } from './step-kind.js';

/** `kubectl drain`. */
class Drain implements Action {
  readonly isOrder: boolean = false;
  private readonly nodes: NodeSelection;
  readonly options: DrainOptions;

  constructor(nodes: NodeSelection, options: DrainOptions) {
    this.nodes = nodes;
    this.options = options;
  }

  get text(): string {
    return `drain ${nodesText(this.nodes)}`;
  }

  perform(stage: Stage, place: Place): void {
    stage.cluster.user.drain(stage.names(this.nodes, place), this.options);
  }
}

export const DRAIN: StepKind = stepKind({
  shape: {
    drain: nodesKey('Nodes to empty, one after the other'),
    force: z.boolean().optional().describe('Whether pods go that no controller makes again'),
    ...GRACE_PERIOD_KEY,
    timeout: duration('After that no eviction is tried again; never without it').optional(),
  },
  example: 'drain: [node-0001, node-0002], timeout: 10m',
  read: ({ drain, force = false, gracePeriod, timeout = 0 }, reading) => {
    const gracePeriodSeconds = gracePeriod === undefined ? -1 : Math.ceil(gracePeriod / 1e9);
    return new Drain(reading.nodes('drain', drain), { force, gracePeriodSeconds, timeoutNs: timeout });
  },
});
