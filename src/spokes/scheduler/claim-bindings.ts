import type { Node } from '../../api/node.js';
import type { Pod } from '../../api/pod.js';
import { claimNamesOf } from '../../api/pod-claims.js';
import type { PodShape } from '../../api/pod-shape.js';
import {
  allowsNode,
  matchingVolume,
  type PersistentVolume,
  type PersistentVolumeClaim,
  provisionerOf,
  type StorageObjects,
  sizeOf,
  waitsForConsumer,
} from './storage.js';

/** What a claim has: a volume by name, or one that was made for a node when it was needed. */
export type Holding = { readonly volumeName: string } | { readonly madeFor: Node };

/** How the claims of one pod could be met on a node; undefined if they cannot. */
export type Plan = ReadonlyMap<PersistentVolumeClaim, Holding> | undefined;

const NO_CLAIMS: readonly PersistentVolumeClaim[] = Object.freeze([]);

/**
 * Which claim has which volume. There is no volume controller here: a claim is bound when it names its volume, claims of
 * immediate classes get theirs when first looked at, and those that wait for a consumer when a pod is placed.
 */
export class ClaimBindings {
  readonly objects: StorageObjects;
  readonly #held: Map<number, Holding>;
  /** Claims by the name of the volume they hold. */
  readonly #takenBy: Map<string, number>;
  /** Claims that got what they have with a pod, by its id. */
  readonly #metWith: Map<number, readonly PersistentVolumeClaim[]>;

  constructor(objects: StorageObjects) {
    this.objects = objects;
    this.#held = new Map();
    this.#takenBy = new Map();
    this.#metWith = new Map();
  }

  /** What a claim has; undefined while it has nothing. */
  of(claim: PersistentVolumeClaim): Holding | undefined {
    const volumeName = claim.spec?.volumeName ?? '';
    if (volumeName !== '') return { volumeName };
    const held = this.#held.get(claim.id);
    if (held !== undefined || this.waits(claim)) return held;
    const volume = matchingVolume(claim, this.objects.volumes(), this.#takenBy, undefined);
    if (volume === undefined) return undefined;
    return this.#hold(claim, { volumeName: volume.metadata.name });
  }

  /** Whether a claim gets its volume only when a pod is placed. */
  waits({ spec }: PersistentVolumeClaim): boolean {
    return waitsForConsumer(this.objects.storageClass(spec?.storageClassName ?? ''));
  }

  /** Volumes for waiting claims on a node, the smallest claims first (binder.go FindPodVolumes). */
  plan(claims: readonly PersistentVolumeClaim[], node: Node): Plan {
    const chosen = new Map<PersistentVolumeClaim, Holding>();
    const names = new Set<string>();
    const taken = { has: (name: string): boolean => names.has(name) || this.#takenBy.has(name) };
    for (const claim of [...claims].sort((a, b) => sizeOf(a) - sizeOf(b))) {
      const volume = matchingVolume(claim, this.objects.volumes(), taken, node);
      if (volume !== undefined) {
        names.add(volume.metadata.name);
        chosen.set(claim, { volumeName: volume.metadata.name });
        continue;
      }
      const storageClass = this.objects.storageClass(claim.spec?.storageClassName ?? '');
      if (provisionerOf(storageClass) === '' || !allowsNode(storageClass, node.metadata)) return undefined;
      chosen.set(claim, { madeFor: node });
    }
    return chosen;
  }

  /** A pod goes to a node: its waiting claims get their volumes. */
  bind({ id, metadata, spec }: Pod, node: Node): void {
    const waiting = this.claimsOf(metadata.namespace, spec.shape).filter((claim) => this.of(claim) === undefined);
    const plan = this.plan(waiting, node);
    if (plan === undefined || plan.size === 0) return;
    for (const [claim, holding] of plan) this.#hold(claim, holding);
    this.#metWith.set(id, [...plan.keys()]);
  }

  /** The pod does not go there after all: the claims that got their volumes with it wait again. */
  release({ id }: Pod): void {
    for (const claim of this.#metWith.get(id) ?? []) {
      const holding = this.#held.get(claim.id);
      if (holding !== undefined && 'volumeName' in holding) this.#takenBy.delete(holding.volumeName);
      this.#held.delete(claim.id);
    }
    this.#metWith.delete(id);
  }

  /** The claims of a pod that exist. */
  claimsOf(namespace: string, shape: PodShape): readonly PersistentVolumeClaim[] {
    const names = claimNamesOf(shape);
    if (names.length === 0) return NO_CLAIMS;
    const claims = names.map((name) => this.objects.claim(namespace, name));
    return claims.filter((claim) => claim !== undefined);
  }

  /** The volume of a bound claim, if there is such an object. */
  volumeOf(holding: Holding): PersistentVolume | undefined {
    return 'volumeName' in holding ? this.objects.volume(holding.volumeName) : undefined;
  }

  /** A claim is gone, and its volume with it: what deletes or scrubs volumes is not modelled. */
  forget(claim: PersistentVolumeClaim): void {
    this.#held.delete(claim.id);
  }

  #hold(claim: PersistentVolumeClaim, holding: Holding): Holding {
    this.#held.set(claim.id, holding);
    if ('volumeName' in holding) this.#takenBy.set(holding.volumeName, claim.id);
    return holding;
  }
}
