import type { Call, Caller } from '../api/call.js';
import { CLAIM_IN_USE } from '../api/finalizers.js';
import {
  LIMIT_RANGE,
  PERSISTENT_VOLUME_CLAIM,
  POD,
  PRIORITY_CLASS,
  RESOURCE_QUOTA,
  STORAGE_CLASS,
} from '../api/kind.js';
import { ApiObject } from '../api/object.js';
import { PENDING, type Pod, PodSpec } from '../api/pod.js';
import type { PodShape } from '../api/pod-shape.js';
import type { PodShapes } from '../api/pod-shapes.js';
import type { ResourceQuota } from '../api/resource-quota.js';
import type { OwnStreams } from '../random/own-streams.js';
import { previewOf } from './change-preview.js';
import { withDefaultClass } from './default-storage-class.js';
import { withDefaultTolerations } from './default-tolerations.js';
import type { KindTable } from './kind-table.js';
import { LimitRanger } from './limit-ranger.js';
import { FORBIDDEN, forbidden, type Outcome } from './outcome.js';
import { PriorityClasses, withPriority } from './priority-classes.js';
import { ResourceQuotas } from './resource-quotas.js';
import type { Store } from './store.js';

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
 * (a draft's name ends in `-`), and for pods what their namespace's LimitRanges fill in, the priority of their class and
 * the default tolerations of 300 s for nodes that are not ready or unreachable (plugin/pkg/admission/defaulttolerationseconds).
 */
export class Admission {
  private readonly shapes: PodShapes;
  private readonly streams: OwnStreams;
  private readonly store: Store;
  private readonly priorityClasses: PriorityClasses;
  private readonly storageClasses: KindTable;
  private readonly limitRanger: LimitRanger;
  private readonly quotas: ResourceQuotas;
  private readonly protectsClaims: boolean;
  private readonly admittedShapes: Map<number, Admitted>;

  /** With `protectsClaims` a finalizer holds claims until a controller takes it off. */
  constructor(shapes: PodShapes, streams: OwnStreams, store: Store, protectsClaims: boolean) {
    this.protectsClaims = protectsClaims;
    this.shapes = shapes;
    this.streams = streams;
    this.store = store;
    this.priorityClasses = new PriorityClasses(store.table(PRIORITY_CLASS));
    this.storageClasses = store.table(STORAGE_CLASS);
    this.limitRanger = new LimitRanger(store.table(LIMIT_RANGE), shapes);
    this.quotas = new ResourceQuotas(store.table(RESOURCE_QUOTA));
    this.admittedShapes = new Map();
  }

  /** Why a write is refused before it goes to etcd; undefined if it is not. */
  review(call: Call, nowNs: number): Outcome | undefined {
    if (call.verb !== 'create') return this.reviewChange(call, nowNs);
    if (call.subresource !== '') return undefined;
    if (!this.limitRanger.active && !this.quotas.active) return undefined;
    const object = call.body as ApiObject;
    const found = this.complete(object);
    const problem = found instanceof ApiObject ? this.quotas.charges(found, 0, nowNs) : found;
    return typeof problem === 'string' ? this.refuse(object, call.caller, problem) : undefined;
  }

  /** What becomes of an object that is to be created; an outcome if it is refused. */
  admit(object: ApiObject, creator: Caller): ApiObject | Outcome {
    const named = this.named(object, creator);
    const completed = this.complete(named);
    return completed instanceof ApiObject ? completed : this.refuse(named, creator, completed);
  }

  /** Whether there are quotas that objects may take something of. */
  get hasQuotas(): boolean {
    return this.quotas.active;
  }

  /**
   * The next quota to be written with what the object takes of it, after the first so many; undefined when all that
   * concern it have been, an outcome if it is refused.
   */
  charge(object: ApiObject, chargesDone: number, nowNs: number): ResourceQuota | Outcome | undefined {
    const charges = this.quotas.charges(object, chargesDone, nowNs);
    return typeof charges === 'string' ? forbidden(object, charges) : charges[0];
  }

  /** The same as `charge`, for an update or patch: of what it takes beyond what the object had. */
  chargeChange(call: Call, chargesDone: number, nowNs: number): ResourceQuota | Outcome | undefined {
    if (call.subresource !== '' || !this.quotas.chargesChangesOf(call.kind)) return undefined;
    const change = previewOf(call, this.store);
    if (change === undefined) return undefined;
    const charges = this.quotas.chargesOfChange(change.before, change.after, chargesDone, nowNs);
    return typeof charges === 'string' ? forbidden(change.before, charges) : charges[0];
  }

  private reviewChange(call: Call, nowNs: number): Outcome | undefined {
    if (call.verb === 'delete') return undefined;
    const charge = this.chargeChange(call, 0, nowNs);
    return charge instanceof ApiObject ? undefined : charge;
  }

  private refuse(object: ApiObject, creator: Caller, problem: string): Outcome {
    return problem === '' ? FORBIDDEN : forbidden(this.named(object, creator), problem);
  }

  private named(object: ApiObject, creator: Caller): ApiObject {
    if (!object.metadata.name.endsWith('-')) return object;
    const stream = this.streams.of(creator);
    // In this order, since a string is kept as the pieces it was put together from.
    let suffix = '';
    for (let i = 0; i < SUFFIX_LENGTH; i++) suffix += ALPHABET[stream.below(ALPHABET.length)];
    return object.withMetadata(object.metadata.renamed(object.metadata.name + suffix));
  }

  /** The object as it is stored, or why it is not; `''` has no words of its own. */
  private complete(object: ApiObject): ApiObject | string {
    if (!this.limitRanger.active)
      return object.kind === POD ? this.completePod(object as Pod) : this.completeClaim(object);
    if (object.kind !== POD) return this.limitRanger.problemOf(object) || this.completeClaim(object);
    const limited = this.limitRanger.admit(object as Pod);
    return typeof limited === 'string' ? limited : this.completePod(limited);
  }

  private completeClaim(object: ApiObject): ApiObject {
    if (object.kind !== PERSISTENT_VOLUME_CLAIM) return object;
    const claim = withDefaultClass(object, this.storageClasses);
    return this.protectsClaims ? withProtection(claim) : claim;
  }

  private completePod(pod: Pod): Pod | string {
    const shape = this.admittedShape(pod.spec.shape);
    if (shape === undefined) return '';
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

/** In use or not: a controller tells (plugin/pkg/admission/storage/storageobjectinuseprotection). */
function withProtection(claim: ApiObject): ApiObject {
  const { finalizers } = claim.metadata;
  if (finalizers.includes(CLAIM_IN_USE)) return claim;
  return claim.withMetadata(claim.metadata.with({ finalizers: [...finalizers, CLAIM_IN_USE] }));
}
