import type { Caller } from '../api/call.js';
import { POD } from '../api/kind.js';
import type { ApiObject } from '../api/object.js';
import { PENDING, type Pod, PodSpec } from '../api/pod.js';
import type { PodShape } from '../api/pod-shape.js';
import type { PodShapes } from '../api/pod-shapes.js';
import type { OwnStreams } from '../random/own-streams.js';
import { withDefaultTolerations } from './default-tolerations.js';
import { type PriorityClasses, withPriority } from './priority-classes.js';

/** Consonants and digits of generated names (apimachinery/pkg/util/rand): none spells a word. */
const ALPHABET = 'bcdfghjklmnpqrstvwxz2456789';
const SUFFIX_LENGTH = 5;

/** What admission made of pods of one shape, as long as their class is the same. */
interface Admitted {
  readonly priorityClass: ApiObject | undefined;
  /** Undefined: such pods are refused. */
  readonly shape: PodShape | undefined;
}

/**
 * What the API server makes of an object before it is stored: names for those that ask for a generated one
 * (a draft's name ends in `-`), and for pods the priority of their class and the default tolerations of 300 s for nodes
 * that are not ready or unreachable (plugin/pkg/admission/defaulttolerationseconds).
 */
export class Admission {
  private readonly shapes: PodShapes;
  private readonly streams: OwnStreams;
  private readonly priorityClasses: PriorityClasses;
  private readonly admittedShapes: Map<number, Admitted>;

  constructor(shapes: PodShapes, streams: OwnStreams, priorityClasses: PriorityClasses) {
    this.shapes = shapes;
    this.streams = streams;
    this.priorityClasses = priorityClasses;
    this.admittedShapes = new Map();
  }

  /** What becomes of an object that is to be created; undefined: it is refused. */
  admit(object: ApiObject, creator: Caller): ApiObject | undefined {
    const named = object.metadata.name.endsWith('-') ? this.withGeneratedName(object, creator) : object;
    return object.kind === POD ? this.admitPod(named as Pod) : named;
  }

  private withGeneratedName(object: ApiObject, creator: Caller): ApiObject {
    const stream = this.streams.of(creator);
    let name = object.metadata.name;
    for (let i = 0; i < SUFFIX_LENGTH; i++) name += ALPHABET[stream.below(ALPHABET.length)];
    return object.withMetadata(object.metadata.with({ name }));
  }

  private admitPod(pod: Pod): Pod | undefined {
    const shape = this.admittedShape(pod.spec.shape);
    if (shape === undefined) return undefined;
    const admitted = shape === pod.spec.shape ? pod : pod.withSpec(new PodSpec(shape, pod.spec.nodeName));
    return admitted.status === undefined ? admitted.withStatus(PENDING) : admitted;
  }

  private admittedShape(shape: PodShape): PodShape | undefined {
    const priorityClass = this.priorityClasses.classOf(shape.spec);
    if (priorityClass === null) return undefined;
    const known = this.admittedShapes.get(shape.id);
    if (known !== undefined && known.priorityClass === priorityClass) return known.shape;
    const spec = priorityClass === undefined ? shape.spec : withPriority(shape.spec, priorityClass);
    const admitted = spec === undefined ? undefined : this.shapes.of(withDefaultTolerations(spec));
    this.admittedShapes.set(shape.id, { priorityClass, shape: admitted });
    return admitted;
  }
}
