import type { JsonObject } from '../../api/json.js';
import { applyMergePatch } from '../../api/merge-patch.js';
import type { ApiObject } from '../../api/object.js';
import type { Patch } from '../../api/patch.js';
import type { PodShapes } from '../../api/pod-shapes.js';

/** `kubectl patch --type=merge`. */
export class MergeChange implements Patch {
  readonly bytes: number;
  private readonly patch: JsonObject;
  private readonly shapes: PodShapes;

  constructor(patch: JsonObject, shapes: PodShapes) {
    this.patch = patch;
    this.shapes = shapes;
    this.bytes = JSON.stringify(patch).length;
  }

  /** Throws InputError if the outcome is one that Kubernetes refuses. */
  apply(current: ApiObject): ApiObject {
    return applyMergePatch(current, this.patch, this.shapes);
  }
}
