import type { PodShape } from './pod-shape.js';

interface VolumeManifest {
  readonly persistentVolumeClaim?: { readonly claimName?: string };
}

const NO_NAMES: readonly string[] = Object.freeze([]);

/** Names of the claims that pods of a shape use. */
export function claimNamesOf({ spec }: PodShape): readonly string[] {
  if (spec.volumes === undefined) return NO_NAMES;
  const volumes = spec.volumes as readonly VolumeManifest[];
  return volumes.flatMap(({ persistentVolumeClaim: source }) =>
    source?.claimName === undefined ? [] : [source.claimName],
  );
}
