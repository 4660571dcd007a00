import { type Labels, OLD_REGION_LABEL, OLD_ZONE_LABEL, REGION_LABEL, ZONE_LABEL } from '../../../api/labels.js';
import type { ClaimBindings } from '../claim-bindings.js';
import type { NodeTable } from '../node-table.js';
import type { PendingPod, Plugin, PodFilter } from '../plugin.js';
import { unresolvable } from '../rejection.js';
import { VOLUME_WAKES } from './volume-wakes.js';

const NAME = 'VolumeZone';
const CONFLICT = unresolvable(NAME, 'node(s) had no available volume zone');

/** Labels of places, and what the old ones are called now. */
const PLACES: Readonly<Record<string, string>> = {
  [OLD_ZONE_LABEL]: ZONE_LABEL,
  [OLD_REGION_LABEL]: REGION_LABEL,
  [ZONE_LABEL]: ZONE_LABEL,
  [REGION_LABEL]: REGION_LABEL,
};

interface Place {
  readonly key: string;
  readonly values: readonly string[];
}

/** The zones and regions a volume is labelled with; several are parted by `__`. */
function placesOf(labels: Labels): readonly Place[] {
  const keys = Object.keys(PLACES).filter((key) => labels[key] !== undefined);
  return keys.map((key) => ({ key, values: labels[key]!.split('__') }));
}

/** Volumes with labels of a zone serve the nodes of that zone (plugins/volumezone). */
export function volumeZone(table: NodeTable, bindings: ClaimBindings): Plugin {
  return {
    name: NAME,
    reach: 'cluster',
    wakes: VOLUME_WAKES,
    filter({ kind }: PendingPod): PodFilter | undefined {
      const claims = bindings.claimsOf(kind.namespace, kind.shape);
      if (claims.length === 0) return undefined;
      const holdings = claims.map((claim) => bindings.of(claim));
      const volumes = holdings.map((holding) => (holding === undefined ? undefined : bindings.volumeOf(holding)));
      const places = volumes.flatMap((volume) => (volume === undefined ? [] : placesOf(volume.metadata.labels)));
      if (places.length === 0) return undefined;
      return {
        check(node: number) {
          const { labels } = table.nodes[node]!.metadata;
          // A cluster whose nodes know no zones has but one.
          if (!Object.keys(PLACES).some((key) => labels[key] !== undefined)) return undefined;
          const near = places.every(({ key, values }) => values.includes(labels[key] ?? labels[PLACES[key]!] ?? ''));
          return near ? undefined : CONFLICT;
        },
      };
    },
  };
}
