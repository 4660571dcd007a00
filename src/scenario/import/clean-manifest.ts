import { isObject, type JsonObject, objectAt, objectsAt } from '../../api/json.js';

/** Metadata that a cluster writes for itself. */
const OWN_METADATA: ReadonlySet<string> = new Set([
  'managedFields',
  'resourceVersion',
  'selfLink',
  'generation',
  'creationTimestamp',
  'generateName',
  'uid',
]);
/** Annotations that repeat what stands elsewhere, or that say what another scheduler simulator found out. */
const OWN_ANNOTATIONS = /^(kubectl\.kubernetes\.io\/last-applied-configuration|(kube-)?scheduler-simulator[./].*)$/;
/** The volume that every pod gets for its service account's token. */
const TOKEN_VOLUME = /^kube-api-access-/;

/** A manifest as kubectl prints it, without what a cluster added for its own use. */
export function cleanManifest(manifest: JsonObject): JsonObject {
  const { metadata, spec, status, ...rest } = manifest;
  const kind = manifest.kind as string;
  const kept = cleanStatus(kind, isObject(status) ? status : {});
  return {
    ...rest,
    metadata: cleanMetadata(isObject(metadata) ? metadata : {}),
    ...(isObject(spec) ? { spec: kind === 'Pod' ? cleanPodSpec(spec) : spec } : {}),
    ...(Object.keys(kept).length > 0 ? { status: kept } : {}),
  };
}

function cleanMetadata(metadata: JsonObject): JsonObject {
  const kept = Object.fromEntries(Object.entries(metadata).filter(([field]) => !OWN_METADATA.has(field)));
  const annotations = Object.entries(objectAt(metadata, 'annotations') ?? {}).filter(
    ([key]) => !OWN_ANNOTATIONS.test(key),
  );
  delete kept.annotations;
  return annotations.length === 0 ? kept : { ...kept, annotations: Object.fromEntries(annotations) };
}

/** Of pods the phase matters, of nodes what they offer, of everything else nothing: its controller knows. */
function cleanStatus(kind: string, { phase, capacity, allocatable, images }: JsonObject): JsonObject {
  const kept = kind === 'Pod' ? { phase } : kind === 'Node' ? { capacity, allocatable, images } : {};
  return Object.fromEntries(Object.entries(kept).filter(([, value]) => value !== undefined));
}

function cleanPodSpec(spec: JsonObject): JsonObject {
  const isToken = ({ name }: JsonObject): boolean => typeof name === 'string' && TOKEN_VOLUME.test(name);
  const volumes = objectsAt(spec, 'volumes').filter((volume) => !isToken(volume));
  const { volumes: _, ...kept } = spec;
  for (const field of ['containers', 'initContainers']) {
    if (spec[field] === undefined) continue;
    kept[field] = objectsAt(spec, field).map(({ volumeMounts, ...container }) => {
      const mounts = objectsAt({ volumeMounts }, 'volumeMounts').filter((mount) => !isToken(mount));
      return mounts.length === 0 ? container : { ...container, volumeMounts: mounts };
    });
  }
  return volumes.length === 0 ? kept : { ...kept, volumes };
}
