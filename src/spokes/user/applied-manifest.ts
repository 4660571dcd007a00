import type { JsonObject } from '../../api/json.js';
import { applyManifest } from '../../api/merge-patch.js';
import type { ApiObject } from '../../api/object.js';
import type { Patch } from '../../api/patch.js';
import type { PodShapes } from '../../api/pod-shapes.js';

/** `kubectl apply` of a manifest to an object that exists, knowing what was applied to it last. */
export class AppliedManifest implements Patch {
  readonly bytes: number;
  private readonly last: JsonObject;
  private readonly manifest: JsonObject;
  private readonly shapes: PodShapes;

  constructor(last: JsonObject, manifest: JsonObject, shapes: PodShapes) {
    this.last = last;
    this.manifest = manifest;
    this.shapes = shapes;
    // The annotation last-applied-configuration and the fields themselves.
    this.bytes = 2 * JSON.stringify(manifest).length;
  }

  /** Throws InputError if the outcome is one that Kubernetes refuses. */
  apply(current: ApiObject): ApiObject {
    return applyManifest(current, this.last, this.manifest, this.shapes);
  }
}
