import * as z from 'zod';
import type { Link } from '../../cluster/link-end.js';
import type { LinkTerms } from '../../cluster/link-wire.js';
import { linkEndText } from '../link-ends.js';
import { bitRate, checkTerms } from '../link-terms.js';
import type { Place } from '../place.js';
import { distribution, duration } from '../schema-values.js';
import type { Action } from './action.js';
import { nodesAtEnd, readLinkOf } from './link-of-step.js';
import type { Stage } from './stage.js';
import { linkEndKey } from './step-keys.js';
import { type StepKind, stepKind } from './step-kind.js';

/** What crosses a link takes longer, for a while. */
class LinkSlow implements Action {
  readonly isOrder: boolean = false;
  readonly isFault: boolean = true;
  readonly forNs: number;
  private readonly link: Link;
  private readonly terms: LinkTerms;

  constructor(link: Link, terms: LinkTerms, forNs: number) {
    this.link = link;
    this.terms = terms;
    this.forNs = forNs;
  }

  get text(): string {
    return `link-slow: ${linkEndText(this.link.from)} and ${linkEndText(this.link.to)}`;
  }

  perform(stage: Stage, place: Place): void {
    stage.cluster.links.slow(this.link, nodesAtEnd(this.link, stage, place), this.terms, this.forNs);
  }
}

export const LINK_SLOW: StepKind = stepKind({
  shape: {
    fault: z
      .literal('link-slow')
      .describe('What crosses between two ends takes longer, in both directions, and stays in order'),
    from: linkEndKey('One end'),
    to: linkEndKey('The other'),
    delay: distribution('How much longer it takes, one way').optional(),
    bandwidth: bitRate('What gets through each way').optional(),
    for: duration('Until all is as before; never without it').optional(),
  },
  example: 'fault: link-slow, from: { zone: a }, to: api-server, delay: 80ms, for: 10m',
  read: ({ from, to, delay, bandwidth, for: forNs = -1 }, reading) => {
    const link = readLinkOf(from, to, reading);
    const terms = { delay, bandwidth };
    reading.within('fault', () => checkTerms(link, terms));
    return new LinkSlow(link, terms, forNs);
  },
});
