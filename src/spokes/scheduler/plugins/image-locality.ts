import type { NodeStatus } from '../../../api/node.js';
import type { PodShape } from '../../../api/pod-shape.js';
import type { NodeTable } from '../node-table.js';
import { MAX_SCORE, type PendingPod, type Plugin, type PodScore } from '../plugin.js';

const MIB = 2 ** 20;
const MIN_BYTES = 23 * MIB;
const MAX_BYTES_PER_CONTAINER = 1000 * MIB;
const NONE: PodScore = { uniform: 0, score: () => 0 };

/** Images a node has, as its status lists them. */
interface NodeImages {
  readonly images?: readonly { readonly names?: readonly string[]; readonly sizeBytes?: number }[];
}

/** A volume that is an image, which a pod mounts. */
interface ImageVolume {
  readonly image?: { readonly reference?: string };
}

/** Bytes of an image by node. */
type Holders = ReadonlyMap<number, number>;

/** The name with `:latest` where no tag is given (normalizedImageName). */
function tagged(name: string): string {
  return name.lastIndexOf(':') <= name.lastIndexOf('/') ? `${name}:latest` : name;
}

function volumeImages({ spec: { volumes = [] } }: PodShape): readonly string[] {
  return (volumes as readonly ImageVolume[]).flatMap(({ image }) => image?.reference ?? []);
}

/**
 * Likes nodes that have the pod's images already, large ones more, widespread ones more; those of its volumes count,
 * but do not add to what its containers need at most (plugins/imagelocality sumImageScores).
 */
export function imageLocality(table: NodeTable): Plugin {
  let images: ReadonlyMap<string, Holders> = new Map();
  let version = -1;

  function known(): ReadonlyMap<string, Holders> {
    if (version !== table.nodesVersion) {
      version = table.nodesVersion;
      images = collect(table);
    }
    return images;
  }

  return {
    name: 'ImageLocality',
    reach: 'cluster',
    tellsLikeness: true,
    score({ kind }: PendingPod): PodScore {
      if (known().size === 0) return NONE;
      const { images } = kind.shape;
      const wanted = [...images, ...volumeImages(kind.shape)];
      const held = wanted.map((name) => known().get(tagged(name))).filter((holders) => holders !== undefined);
      if (held.length === 0) return NONE;
      const max = MAX_BYTES_PER_CONTAINER * images.length;
      return {
        score(node: number): number {
          let sum = 0;
          for (const holders of held) {
            const bytes = holders.get(node);
            if (bytes !== undefined) sum += Math.trunc(bytes * (holders.size / table.size));
          }
          const bounded = Math.min(Math.max(sum, MIN_BYTES), max);
          return Math.trunc((MAX_SCORE * (bounded - MIN_BYTES)) / (max - MIN_BYTES));
        },
      };
    },
  };
}

function collect(table: NodeTable): ReadonlyMap<string, Holders> {
  const images = new Map<string, Map<number, number>>();
  for (const node of table.order()) {
    const status: NodeStatus & NodeImages = table.nodes[node]!.status;
    for (const { names = [], sizeBytes = 0 } of status.images ?? []) {
      for (const name of names) {
        let holders = images.get(name);
        if (holders === undefined) {
          holders = new Map();
          images.set(name, holders);
        }
        holders.set(node, sizeBytes);
      }
    }
  }
  return images;
}
