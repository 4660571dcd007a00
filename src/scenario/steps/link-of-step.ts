import type { Link } from '../../cluster/link-end.js';
import { checkLink, type LinkEndInput, readLink, readLinkEnd } from '../link-ends.js';
import type { Place } from '../place.js';
import { formatPath } from '../source.js';
import type { Stage } from './stage.js';
import type { StepReading } from './step-reading.js';

/** The link that the keys `from` and `to` of a step name. Throws InputError. */
export function readLinkOf(from: LinkEndInput, to: LinkEndInput, reading: StepReading): Link {
  const stream = (key: string): string => `nodes/${formatPath([...reading.path, key])}`;
  const ends = [
    reading.within('from', () => readLinkEnd(from, reading.spokes, stream('from'))),
    reading.within('to', () => readLinkEnd(to, reading.spokes, stream('to'))),
  ] as const;
  return reading.within('to', () => readLink(...ends));
}

/** The machines at the end of a link; none between processes. Throws InputError for an end that is not there. */
export function nodesAtEnd(link: Link, stage: Stage, place: Place): readonly number[] {
  const { from } = link;
  const { wiring, faults } = stage.cluster;
  checkLink(link, wiring.isMesh, (component) => faults.replicasOf(component), place);
  return from.at === 'nodes' ? stage.select(from.nodes, place) : [];
}
