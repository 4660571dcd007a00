import { POD } from '../api/kind.js';
import type { ApiObject } from '../api/object.js';
import { PENDING, type Pod, PodSpec } from '../api/pod.js';
import type { PodShape } from '../api/pod-shape.js';
import type { PodShapes } from '../api/pod-shapes.js';
import type { Stream } from '../random/stream.js';
import { withDefaultTolerations } from './default-tolerations.js';

/** Consonants and digits of generated names (apimachinery/pkg/util/rand): none spells a word. */
const ALPHABET = 'bcdfghjklmnpqrstvwxz2456789';
const SUFFIX_LENGTH = 5;

/**
 * What the API server makes of an object before it is stored: names for those that ask for a generated one
 * (a draft's name ends in `-`), and for pods the default tolerations of 300 s for nodes that are not ready or
 * unreachable (plugin/pkg/admission/defaulttolerationseconds).
 */
export class Admission {
  private readonly shapes: PodShapes;
  private readonly stream: Stream;
  private readonly admittedShapes: Map<number, PodShape>;

  constructor(shapes: PodShapes, stream: Stream) {
    this.shapes = shapes;
    this.stream = stream;
    this.admittedShapes = new Map();
  }

  admit(object: ApiObject): ApiObject {
    const named = object.metadata.name.endsWith('-') ? this.withGeneratedName(object) : object;
    return object.kind === POD ? this.admitPod(named as Pod) : named;
  }

  private withGeneratedName(object: ApiObject): ApiObject {
    let name = object.metadata.name;
    for (let i = 0; i < SUFFIX_LENGTH; i++) name += ALPHABET[this.stream.below(ALPHABET.length)];
    return object.withMetadata(object.metadata.with({ name }));
  }

  private admitPod(pod: Pod): Pod {
    const shape = this.admittedShape(pod.spec.shape);
    const admitted = shape === pod.spec.shape ? pod : pod.withSpec(new PodSpec(shape, pod.spec.nodeName));
    return admitted.status === undefined ? admitted.withStatus(PENDING) : admitted;
  }

  private admittedShape(shape: PodShape): PodShape {
    let admitted = this.admittedShapes.get(shape.id);
    if (admitted === undefined) {
      admitted = this.shapes.of(withDefaultTolerations(shape.spec));
      this.admittedShapes.set(shape.id, admitted);
    }
    return admitted;
  }
}
