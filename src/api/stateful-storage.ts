import { type JsonObject, objectAt, objectsAt } from './json.js';
import type { Labels } from './labels.js';
import type { ClaimRetention, ClaimTemplate, StatefulStorage } from './stateful-set.js';

/** The storage of a StatefulSet out of the checked and defaulted fields of its spec; undefined without templates. */
export function statefulStorage(spec: JsonObject): StatefulStorage | undefined {
  const claims = objectsAt(spec, 'volumeClaimTemplates').map(claimTemplate);
  if (claims.length === 0) return undefined;
  const retention = objectAt(spec, 'persistentVolumeClaimRetentionPolicy') ?? {};
  return {
    claims,
    whenDeleted: (retention.whenDeleted as ClaimRetention | undefined) ?? 'Retain',
    whenScaled: (retention.whenScaled as ClaimRetention | undefined) ?? 'Retain',
  };
}

function claimTemplate(manifest: JsonObject): ClaimTemplate {
  const metadata = objectAt(manifest, 'metadata') ?? {};
  return {
    name: metadata.name as string,
    labels: (metadata.labels as Labels | undefined) ?? {},
    annotations: (metadata.annotations as Labels | undefined) ?? {},
    spec: objectAt(manifest, 'spec') ?? {},
  };
}

/** The fields of a StatefulSet's spec that say this. */
export function storageManifest(storage: StatefulStorage | undefined): JsonObject {
  if (storage === undefined) return {};
  const { claims, whenDeleted, whenScaled } = storage;
  return {
    volumeClaimTemplates: claims.map(({ spec, ...metadata }) => ({ metadata, spec })),
    persistentVolumeClaimRetentionPolicy: { whenDeleted, whenScaled },
  };
}
