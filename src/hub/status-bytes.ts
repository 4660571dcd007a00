import type { ApiObject } from '../api/object.js';
import { jsonLength } from './json-length.js';

/** A power of two. */
const SETS = 256;

/**
 * How long the JSON text of statuses is. Each is weighed once, though its version and the next are asked for several times in a
 * row: an object's last two are kept, in a place that it shares with few others.
 */
export class StatusBytes {
  private readonly statuses: unknown[];
  private readonly lengths: Int32Array;

  constructor() {
    this.statuses = new Array<unknown>(2 * SETS).fill(undefined);
    this.lengths = new Int32Array(2 * SETS);
  }

  of({ kind, id, status }: ApiObject): number {
    if (typeof status !== 'object' || status === null) return 0;
    const { statuses, lengths } = this;
    const newer = 2 * ((id + 37 * kind.id) & (SETS - 1));
    if (statuses[newer] === status) return lengths[newer]!;
    if (statuses[newer + 1] === status) return lengths[newer + 1]!;
    statuses[newer + 1] = statuses[newer];
    lengths[newer + 1] = lengths[newer]!;
    statuses[newer] = status;
    lengths[newer] = jsonLength(status);
    return lengths[newer]!;
  }
}
