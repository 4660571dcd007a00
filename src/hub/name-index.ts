import { newColumn } from '../api/columns.js';
import type { ApiObject } from '../api/object.js';

/** A power of two. */
const PLACES_MIN = 16;
const FREE = -1;

/** Where objects lie that the index knows by identity. */
export interface NamedObjects {
  get(id: number): ApiObject | undefined;
}

/**
 * Objects of one kind by namespace and name: a table of hashes and identities, two numbers a place, open addressing by linear
 * probing. Most names are looked for once, before an object of that name is made, and are not there: a Map looks at several
 * strings for that, each of which has left the processor's caches, and takes three times the memory.
 */
export class NameIndex {
  private readonly objects: NamedObjects;
  /** Hash and identity of each place. */
  private table: Int32Array;
  private mask: number;
  private count: number;
  /** The last name that was looked for is often the next that is added. */
  private lastNamespace: string;
  private lastName: string;
  private lastHash: number;

  constructor(objects: NamedObjects) {
    this.objects = objects;
    this.table = newTable(PLACES_MIN);
    this.mask = PLACES_MIN - 1;
    this.count = 0;
    this.lastNamespace = '';
    this.lastName = '';
    this.lastHash = hashOf('', '');
  }

  get(namespace: string, name: string): ApiObject | undefined {
    const { table, mask } = this;
    const hash = this.hash(namespace, name);
    for (let place = hash & mask; table[2 * place + 1] !== FREE; place = (place + 1) & mask) {
      if (table[2 * place] !== hash) continue;
      const object = this.objects.get(table[2 * place + 1]!);
      if (object?.metadata.name === name && object.metadata.namespace === namespace) return object;
    }
    return undefined;
  }

  /** Adds an object whose name nobody else has. */
  add({ id, metadata }: ApiObject): void {
    if (4 * ++this.count > 3 * (this.mask + 1)) this.grow();
    this.put(this.hash(metadata.namespace, metadata.name), id);
  }

  delete({ id, metadata }: ApiObject): void {
    const { table, mask } = this;
    let place = this.hash(metadata.namespace, metadata.name) & mask;
    while (table[2 * place + 1] !== id) {
      if (table[2 * place + 1] === FREE) return;
      place = (place + 1) & mask;
    }
    this.count--;
    this.close(place);
  }

  private hash(namespace: string, name: string): number {
    if (name !== this.lastName || namespace !== this.lastNamespace) {
      this.lastHash = hashOf(namespace, name);
      this.lastNamespace = namespace;
      this.lastName = name;
    }
    return this.lastHash;
  }

  /** Frees a place; those behind it that would have been there move up. */
  private close(freed: number): void {
    const { table, mask } = this;
    let hole = freed;
    for (let place = (hole + 1) & mask; table[2 * place + 1] !== FREE; place = (place + 1) & mask) {
      const wanted = table[2 * place]! & mask;
      if (((place - wanted) & mask) < ((place - hole) & mask)) continue;
      table[2 * hole] = table[2 * place]!;
      table[2 * hole + 1] = table[2 * place + 1]!;
      hole = place;
    }
    table[2 * hole + 1] = FREE;
  }

  private put(hash: number, id: number): void {
    const { table, mask } = this;
    let place = hash & mask;
    while (table[2 * place + 1] !== FREE) place = (place + 1) & mask;
    table[2 * place] = hash;
    table[2 * place + 1] = id;
  }

  private grow(): void {
    const { table } = this;
    this.table = newTable(2 * (this.mask + 1));
    this.mask = 2 * this.mask + 1;
    for (let at = 0; at < table.length; at += 2) if (table[at + 1] !== FREE) this.put(table[at]!, table[at + 1]!);
  }
}

function newTable(places: number): Int32Array {
  return newColumn(Int32Array, 2 * places, FREE);
}

/** FNV-1a, with its upper bits in the lower ones: places are chosen by those. */
function hashOf(namespace: string, name: string): number {
  let hash = 0x811c9dc5 | 0;
  for (let i = 0; i < name.length; i++) hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ 0x2f, 0x01000193);
  for (let i = 0; i < namespace.length; i++) hash = Math.imul(hash ^ namespace.charCodeAt(i), 0x01000193);
  return hash ^ (hash >>> 15);
}
