import type { EventKind } from './index.js';

/** Columns of a task, whether it waits or runs. */
export const KIND = 0;
export const TARGET = 1;
export const A = 2;
export const B = 3;
export const COST = 4;
export const CHORE = 5;
export const COMPONENT = 6;
/** For a trace: what caused the task. */
export const CAUSE = 7;
export const COLUMNS = 8;

/** Fills in what is known of a task before it waits. */
export function fill(
  rows: Float64Array,
  at: number,
  component: number,
  kind: EventKind,
  target: number,
  a: number,
  b: number,
): void {
  rows[at + COMPONENT] = component;
  rows[at + KIND] = kind;
  rows[at + TARGET] = target;
  rows[at + A] = a;
  rows[at + B] = b;
}

/** The waiting tasks of one component, first in, first out: rows in one typed array that doubles when it is full. */
export class TaskRing {
  rows: Float64Array;
  /** Rows there is room for, a power of two, less one. */
  private mask: number;
  private head: number;
  private size: number;

  constructor() {
    this.rows = new Float64Array(16 * COLUMNS);
    this.mask = 15;
    this.head = 0;
    this.size = 0;
  }

  get length(): number {
    return this.size;
  }

  /** Adds a row at the end and returns where it begins in `rows`; the caller fills it. */
  push(): number {
    if (this.size > this.mask) this.grow();
    const row = (this.head + this.size) & this.mask;
    this.size++;
    return row * COLUMNS;
  }

  /** Takes the first row off and returns where it begins in `rows`; it stays there until the next push. */
  shift(): number {
    const row = this.head;
    this.head = (this.head + 1) & this.mask;
    this.size--;
    return row * COLUMNS;
  }

  private grow(): void {
    const old = this.rows;
    const grown = new Float64Array(old.length * 2);
    const first = old.subarray(this.head * COLUMNS);
    grown.set(first, 0);
    grown.set(old.subarray(0, this.head * COLUMNS), first.length);
    this.rows = grown;
    this.mask = grown.length / COLUMNS - 1;
    this.head = 0;
  }
}
