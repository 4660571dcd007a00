import { type Labels, ZONE_LABEL } from './labels.js';

const REGION_LABEL = 'topology.kubernetes.io/region';
/** The labels' names before 1.17; where a node still has them, they count and the present ones do not. */
const OLD_ZONE_LABEL = 'failure-domain.beta.kubernetes.io/zone';
const OLD_REGION_LABEL = 'failure-domain.beta.kubernetes.io/region';

/** Region and zone of a node as one key, `''` when it has neither (component-helpers node/topology GetZoneKey). */
export function zoneKey(labels: Labels): string {
  const zone = labels[OLD_ZONE_LABEL] ?? labels[ZONE_LABEL] ?? '';
  const region = labels[OLD_REGION_LABEL] ?? labels[REGION_LABEL] ?? '';
  return region === '' && zone === '' ? '' : `${region}:\0:${zone}`;
}
