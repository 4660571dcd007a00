import { buildShape } from './build-shape.js';
import { canonicalJson } from './canonical-json.js';
import { defaultPodSpec } from './default-pod.js';
import type { PodSpecManifest } from './pod-manifest.js';
import type { PodShape } from './pod-shape.js';

/** The shapes of one simulation: equal pod specs give the same shape, however and wherever they are written. */
export class PodShapes {
  readonly #byIdentity: WeakMap<PodSpecManifest, PodShape> = new WeakMap();
  readonly #byText: Map<string, PodShape> = new Map();
  readonly #byContent: Map<string, PodShape> = new Map();
  readonly #all: PodShape[] = [];

  /** All shapes by id. */
  get all(): readonly PodShape[] {
    return this.#all;
  }

  /**
   * The shape of a pod spec as a manifest writes it; defaults are filled in and nodeName is left out.
   * The spec must not be changed afterwards. Throws InputError for values that Kubernetes refuses.
   */
  of(spec: PodSpecManifest): PodShape {
    const known = this.#byIdentity.get(spec);
    if (known !== undefined) return known;
    const { nodeName: _, ...shared } = spec;
    // Most specs are written alike, field by field, and the plain text is cheaper than the canonical one.
    const text = JSON.stringify(shared);
    const shape = this.#byText.get(text) ?? this.#intern(shared);
    this.#byText.set(text, shape);
    this.#byIdentity.set(spec, shape);
    return shape;
  }

  #intern(spec: PodSpecManifest): PodShape {
    const defaulted = defaultPodSpec(spec);
    const content = canonicalJson(defaulted);
    const known = this.#byContent.get(content);
    if (known !== undefined) return known;
    const shape = buildShape(this.#all.length, defaulted);
    this.#byContent.set(content, shape);
    this.#all.push(shape);
    return shape;
  }
}
