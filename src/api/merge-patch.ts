import { canonicalJson } from './canonical-json.js';
import type { JsonObject } from './json.js';
import { mergePatch } from './json-merge-patch.js';
import { ApiObject } from './object.js';
import { assertValid } from './object-checker.js';
import { ObjectReader } from './object-reader.js';
import type { PodShapes } from './pod-shapes.js';
import { toManifest } from './to-manifest.js';

/**
 * The object with a merge patch applied to its manifest, as `kubectl patch --type=merge` does: labels, annotations,
 * finalizers, spec and other fields follow, identity and status stay. The same object if nothing changes.
 * Throws InputError if the outcome is one that Kubernetes refuses.
 */
export function applyMergePatch(object: ApiObject, patch: JsonObject, shapes: PodShapes): ApiObject {
  const before = toManifest(object);
  const after = mergePatch(before, patch) as JsonObject;
  if (canonicalJson(before) === canonicalJson(after)) return object;
  assertValid(object.kind, after);
  const read = new ObjectReader(shapes).read(object.kind, after);
  const { labels, annotations, finalizers } = read.metadata;
  const metadata = object.metadata.with({ labels, annotations, finalizers });
  const patched = new ApiObject(
    object.kind,
    object.id,
    object.revision,
    metadata,
    read.spec,
    object.status,
    read.extra,
  );
  // A list of a patch replaces one whose defaults were filled in: with them it may be the same.
  return canonicalJson(toManifest(patched)) === canonicalJson(before) ? object : patched;
}
