import * as z from 'zod';
import type { Link } from '../../cluster/link-end.js';
import { linkEndText } from '../link-ends.js';
import type { Place } from '../place.js';
import { duration } from '../schema-values.js';
import type { Action } from './action.js';
import { nodesAtEnd, readLinkOf } from './link-of-step.js';
import type { Stage } from './stage.js';
import { linkEndKey } from './step-keys.js';
import { type StepKind, stepKind } from './step-kind.js';

/** Nothing gets from one end of a link to the other, and then it does again. */
class Partition implements Action {
  readonly isOrder: boolean = false;
  readonly isFault: boolean = true;
  readonly forNs: number;
  private readonly link: Link;

  constructor(link: Link, forNs: number) {
    this.link = link;
    this.forNs = forNs;
  }

  get text(): string {
    return `partition: ${linkEndText(this.link.from)} and ${linkEndText(this.link.to)}`;
  }

  perform(stage: Stage, place: Place): void {
    stage.cluster.partitions.begin(this.link, nodesAtEnd(this.link, stage, place), this.forNs);
  }
}

export const PARTITION: StepKind = stepKind({
  shape: {
    fault: z.literal('partition').describe('Nothing gets through between two ends, in either direction'),
    from: linkEndKey('One end'),
    to: linkEndKey('The other'),
    for: duration('Until it does again; never without it').optional(),
  },
  example: 'fault: partition, from: scheduler, to: api-server, for: 1m',
  read: ({ from, to, for: forNs = -1 }, reading) => new Partition(readLinkOf(from, to, reading), forNs),
});
