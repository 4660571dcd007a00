import type { ReconcileKey } from './spoke-definition.js';

/** Numbers for the names of objects, so that a work queue can hold them. */
export class KeyTable {
  private readonly keys: ReconcileKey[];
  private readonly numbers: Map<string, number>;

  constructor() {
    this.keys = [];
    this.numbers = new Map();
  }

  numberOf(namespace: string, name: string): number {
    const text = `${namespace}/${name}`;
    let number = this.numbers.get(text);
    if (number === undefined) {
      number = this.keys.push(Object.freeze({ namespace, name })) - 1;
      this.numbers.set(text, number);
    }
    return number;
  }

  keyOf(number: number): ReconcileKey {
    return this.keys[number]!;
  }
}
