import { matches } from '../api/label-selector.js';
import { controllerOf } from '../api/meta.js';
import type { ApiObject } from '../api/object.js';
import type { ApiClient } from './api-client.js';
import type { Informer } from './informer.js';
import { OwnerAdoption } from './owner-adoption.js';
import { OwnerRemoval } from './owner-removal.js';
import type { Selecting } from './selecting.js';
import type { Wait } from './task.js';

/** What is a controller's after a claim. */
export interface Claim<T> {
  readonly objects: readonly T[];
  /** The first refusal, `''` if there was none. */
  readonly error: string;
}

/** How a controller differs from the others in what it claims. */
export interface ClaimRules<Owner, T> {
  /** Whether an owner selects an object. @default whether its selector matches the object's labels */
  readonly matches?: (owner: Owner, object: T) => boolean;
  /** Asked of what an owner selects. @default yes */
  readonly mayBelong?: (owner: Owner, object: T) => boolean;
  /** What is adopted gets them with its owner, and what is released loses them. @default none */
  readonly finalizers?: readonly string[];
}

/**
 * Keeps the objects that a controller owns in line with its selector (pkg/controller/controller_ref_manager.go): adopts
 * those without a controller that it selects, and releases its own that it does not select any more.
 */
export class ControllerRefManager<Owner extends Selecting, T extends ApiObject> {
  private readonly client: ApiClient;
  private readonly owners: Informer<Owner>;
  private readonly objects: Informer<T>;
  private readonly wake: (owner: Owner) => void;
  private readonly matches: (owner: Owner, object: T) => boolean;
  private readonly mayBelong: (owner: Owner, object: T) => boolean;
  private readonly finalizers: readonly string[];

  /** `wake` is told whose selector matches an orphan. */
  constructor(
    client: ApiClient,
    owners: Informer<Owner>,
    objects: Informer<T>,
    wake: (owner: Owner) => void,
    rules: ClaimRules<Owner, T> = {},
  ) {
    this.client = client;
    this.owners = owners;
    this.objects = objects;
    this.wake = wake;
    this.matches = rules.matches ?? ((owner, { metadata }) => matches(owner.spec.selector, metadata.labels));
    this.mayBelong = rules.mayBelong ?? (() => true);
    this.finalizers = rules.finalizers ?? [];
  }

  /** An object has come or changed: if it is an orphan now, and was not or was another one, somebody may adopt it. */
  noticed(previous: T | undefined, object: T): void {
    const { metadata } = object;
    if (metadata.deleting || controllerOf(metadata) !== undefined) return;
    const before = previous?.metadata;
    if (before !== undefined && before.labels === metadata.labels && controllerOf(before) === undefined) return;
    for (const owner of this.owners.cache.values())
      if (owner.metadata.namespace === metadata.namespace && this.matches(owner, object)) this.wake(owner);
  }

  /** Whether a claim could adopt anything. */
  hasOrphans({ metadata }: Owner): boolean {
    return this.objects.cache.orphans(metadata.namespace).size > 0;
  }

  /** What a claim comes to where there is nothing to adopt or to release, as nearly always. */
  settled(owner: Owner, owned: readonly T[]): Claim<T> | undefined {
    if (this.hasOrphans(owner)) return undefined;
    for (const object of owned) if (!this.selects(owner, object)) return undefined;
    return { objects: owned, error: '' };
  }

  /** Claims what it owns already, out of `owned`, and those orphans in its namespace that are `eligible`. */
  *claim(
    owner: Owner,
    owned: Iterable<T>,
    eligible: (orphan: T) => boolean = () => true,
  ): Generator<Wait, Claim<T>, void> {
    const objects: T[] = [];
    let error = '';
    const orphans = this.orphansOf(owner).filter(eligible);
    for (const object of owned) {
      if (this.selects(owner, object)) objects.push(object);
      else if (!owner.metadata.deleting) error ||= yield* this.release(owner, object);
    }
    if (orphans.length === 0) return { objects, error };
    const obstacle = yield* this.recheckDeletion(owner);
    if (obstacle !== '') return { objects, error: obstacle };
    for (const orphan of orphans) {
      const call = this.client.patch(orphan, new OwnerAdoption(owner, orphan, this.finalizers));
      yield call;
      if (call.ok) objects.push(orphan);
      else if (call.code !== 404) error ||= call.reason;
    }
    return { objects, error };
  }

  private selects(owner: Owner, object: T): boolean {
    return this.matches(owner, object) && this.mayBelong(owner, object);
  }

  private orphansOf(owner: Owner): readonly T[] {
    if (owner.metadata.deleting) return [];
    const orphans = this.objects.cache.orphans(owner.metadata.namespace);
    if (orphans.size === 0) return [];
    return [...orphans.values()].filter((orphan) => !orphan.metadata.deleting && this.selects(owner, orphan));
  }

  private *release({ kind, id }: Owner, object: T): Generator<Wait, string, void> {
    const call = this.client.patch(object, new OwnerRemoval([{ kindId: kind.id, id }], this.finalizers));
    yield call;
    return call.ok || call.code === 404 || call.code === 422 ? '' : call.reason;
  }

  /** Who is being deleted adopts nothing, whatever the cache says (RecheckDeletionTimestamp). */
  private *recheckDeletion(owner: Owner): Generator<Wait, string, void> {
    const read = this.client.get(owner.kind, owner.metadata.namespace, owner.metadata.name);
    yield read;
    if (!read.ok) return read.reason;
    return read.object!.id !== owner.id || read.object!.metadata.deleting ? 'OwnerGone' : '';
  }
}
