import { type Labels, OLD_REGION_LABEL, OLD_ZONE_LABEL, REGION_LABEL, ZONE_LABEL } from './labels.js';

/**
 * Region and zone of a node as one key, `''` when it has neither (component-helpers node/topology GetZoneKey). Where a node
 * still has the old labels, they count and the present ones do not.
 */
export function zoneKey(labels: Labels): string {
  const zone = labels[OLD_ZONE_LABEL] ?? labels[ZONE_LABEL] ?? '';
  const region = labels[OLD_REGION_LABEL] ?? labels[REGION_LABEL] ?? '';
  return region === '' && zone === '' ? '' : `${region}:\0:${zone}`;
}
