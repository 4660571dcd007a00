import { canonicalJson } from './canonical-json.js';
import type { JsonObject } from './json.js';
import { mergePatch } from './json-merge-patch.js';
import { ApiObject } from './object.js';
import { assertValid } from './object-checker.js';
import { ObjectReader } from './object-reader.js';
import type { PodShapes } from './pod-shapes.js';
import { threeWayMerge } from './three-way-merge.js';
import { toManifest } from './to-manifest.js';

/**
 * The object with a merge patch applied to its manifest, as `kubectl patch --type=merge` does: labels, annotations,
 * finalizers, spec and other fields follow, identity and status stay. The same object if nothing changes.
 * Throws InputError if the outcome is one that Kubernetes refuses.
 */
export function applyMergePatch(object: ApiObject, patch: JsonObject, shapes: PodShapes): ApiObject {
  return withManifest(object, (before) => mergePatch(before, patch) as JsonObject, shapes);
}

/**
 * The object as `kubectl apply` leaves it, when `last` was applied to it before and `manifest` is now. The same object if
 * nothing changes. Throws InputError if the outcome is one that Kubernetes refuses.
 */
export function applyManifest(object: ApiObject, last: JsonObject, manifest: JsonObject, shapes: PodShapes): ApiObject {
  return withManifest(object, (before) => threeWayMerge(last, manifest, before), shapes);
}

function withManifest(object: ApiObject, change: (before: JsonObject) => JsonObject, shapes: PodShapes): ApiObject {
  const before = toManifest(object);
  const after = change(before);
  const textBefore = canonicalJson(before);
  if (textBefore === canonicalJson(after)) return object;
  assertValid(object.kind, after);
  const read = new ObjectReader(shapes).read(object.kind, after);
  const { labels, annotations, finalizers } = read.metadata;
  const metadata = object.metadata.with({ labels, annotations, finalizers });
  const { kind, id, revision, status } = object;
  const changed = new ApiObject(kind, id, revision, metadata, read.spec, status, read.extra);
  // What was written otherwise may still say the same, once defaults are filled in.
  return canonicalJson(toManifest(changed)) === textBefore ? object : changed;
}
