import { InputError } from '../../api/input-error.js';
import type { JsonObject } from '../../api/json.js';
import type { KindDefinition } from '../../api/kind-registry.js';
import { toManifest } from '../../api/to-manifest.js';
import type { Manifest } from './manifest.js';

/** What makes a kind, in the words of a CustomResourceDefinition. */
export interface KindInit<Spec, Status> {
  /** `restaurant.example/v1`. */
  readonly apiVersion: string;
  /** `Order`. */
  readonly kind: string;
  /** `orders`. */
  readonly plural: string;
  /** @default true */
  readonly namespaced?: boolean;
  /** Whether an object is as its owner wants it; without it no convergence waits for objects of the kind. */
  readonly converged?: (object: Manifest<Spec, Status>) => boolean;
}

/** A kind of object as spokes name it; `Spec` and `Status` are the types of its fields. */
export class KindRef<Spec = JsonObject, Status = JsonObject> {
  readonly apiVersion: string;
  readonly kind: string;
  readonly plural: string;
  readonly namespaced: boolean;
  readonly converged: ((object: Manifest<Spec, Status>) => boolean) | undefined;

  constructor({ apiVersion, kind, plural, namespaced = true, converged }: KindInit<Spec, Status>) {
    this.apiVersion = apiVersion;
    this.kind = kind;
    this.plural = plural;
    this.namespaced = namespaced;
    this.converged = converged;
  }
}

// biome-ignore lint/suspicious/noExplicitAny: a list of kinds holds kinds of every spec and status
export type AnyKind = KindRef<any, any>;

const GROUP_VERSION = /^[a-z0-9.-]+\/v[0-9a-z]+$/;
const KIND = /^[A-Z][A-Za-z0-9]*$/;
const PLURAL = /^[a-z][a-z0-9]*$/;

/** Defines a kind of object: data, which a scenario registers for its own run. Throws InputError for impossible names. */
export function defineKind<Spec = JsonObject, Status = JsonObject>(
  init: KindInit<Spec, Status>,
): KindRef<Spec, Status> {
  const { apiVersion, kind, plural } = init;
  if (!GROUP_VERSION.test(apiVersion))
    throw new InputError(`${JSON.stringify(apiVersion)} is not an apiVersion of a kind of your own`, {
      value: apiVersion,
      remedy: 'write a group and a version: shop.example/v1',
    });
  if (!KIND.test(kind))
    throw new InputError(`${JSON.stringify(kind)} is not a kind`, { value: kind, remedy: 'write it as Database' });
  if (!PLURAL.test(plural))
    throw new InputError(`${JSON.stringify(plural)} is not a plural`, {
      value: plural,
      remedy: 'write it as databases',
    });
  return new KindRef(init);
}

/** The kind as a registry takes it. */
export function kindDefinition(ref: AnyKind): KindDefinition {
  const [group = '', version = ''] = ref.apiVersion.includes('/') ? ref.apiVersion.split('/') : ['', ref.apiVersion];
  const { converged } = ref;
  const definition = { group, version, name: ref.kind, resource: ref.plural, namespaced: ref.namespaced, json: true };
  if (converged === undefined) return definition;
  return { ...definition, asDesired: (object) => converged(toManifest(object) as unknown as Manifest) };
}
