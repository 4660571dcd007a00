/**
 * Stands for a number of any size where the first object of a class is made, before all others. V8 takes a field for one of
 * small integers until it meets another number, as times soon are; then all objects of the class are made anew one by one,
 * and so is the code that knows them.
 */
export const ANY_NUMBER = 0.5;

/**
 * The same for a field that is written once and is nearly always a small integer, or handed on from version to version: V8 keeps
 * what may be of any type as it is, where a field of numbers takes a place in memory of its own for each object.
 */
export const ANY_VALUE: number = '' as unknown as number;

/** Those first objects: what V8 has learned of a class goes with the last object there is of it. */
const FIRST: object[] = [];

/** Keeps the first object of a class. */
export function keepFirst(object: object): void {
  FIRST.push(object);
}
