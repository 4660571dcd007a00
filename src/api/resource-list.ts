import { quantityOf } from './amount.js';
import { InputError } from './input-error.js';
import type { JsonObject } from './json.js';
import type { ResourceListManifest } from './pod-manifest.js';
import type { Quantity } from './quantity.js';
import { NO_EXTENDED, type Resources } from './resources.js';

/** Exact amounts by resource name; a resource that is there with 0 differs from an absent one. */
export type ResourceList = Map<string, Quantity>;

/** Throws InputError, with the resource's name as path, for text that is no quantity. */
export function resourceList(manifest: ResourceListManifest | null | undefined): ResourceList {
  const list: ResourceList = new Map();
  for (const [name, value] of Object.entries(manifest ?? {})) {
    try {
      list.set(name, quantityOf(value));
    } catch (error) {
      throw error instanceof InputError ? error.at({ path: name }) : error;
    }
  }
  return list;
}

/** Adds every amount of `other` to `list`. */
export function addTo(list: ResourceList, other: ResourceList): void {
  for (const [name, amount] of other) {
    const present = list.get(name);
    list.set(name, present === undefined ? amount : present.add(amount));
  }
}

/** Raises every amount of `list` to that of `other`. */
export function raiseTo(list: ResourceList, other: ResourceList): void {
  for (const [name, amount] of other) {
    const present = list.get(name);
    if (present === undefined || amount.compare(present) > 0) list.set(name, amount);
  }
}

/** The amounts as an object shows them. */
export function resourceTexts(list: ResourceList): Record<string, string> {
  return Object.fromEntries([...list].map(([name, amount]) => [name, amount.toString()]));
}

/** The amounts as integers, each rounded up: cpu in thousandths, everything else in whole units. */
export function toResources(list: ResourceList): Resources {
  let extended: Map<string, number> | undefined;
  for (const [name, amount] of list) {
    if (name === 'cpu' || name === 'memory' || name === 'ephemeral-storage' || name === 'pods') continue;
    extended ??= new Map();
    extended.set(name, Number(amount.value()));
  }
  return {
    milliCpu: Number(list.get('cpu')?.milliValue() ?? 0n),
    memory: Number(list.get('memory')?.value() ?? 0n),
    ephemeralStorage: Number(list.get('ephemeral-storage')?.value() ?? 0n),
    pods: Number(list.get('pods')?.value() ?? 0n),
    extended: extended ?? NO_EXTENDED,
  };
}

/** Rounds the amounts of a stored resource list up to thousandths, in place (SetDefaults_ResourceList). */
export function roundResourceList(list: JsonObject | undefined): void {
  for (const [name, value] of Object.entries(list ?? {})) {
    if (typeof value !== 'string' && typeof value !== 'number')
      throw new InputError('must be a quantity', { path: name, value });
    list![name] = quantityOf(value).roundedToMilli().toString();
  }
}

/** Any quantity comes back from the API server as it prints it. */
export function showQuantity(owner: JsonObject | undefined, field: string): void {
  const value = owner?.[field];
  if (typeof value === 'string' || typeof value === 'number') owner![field] = quantityOf(value).toString();
}
