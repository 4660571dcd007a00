import type { Node } from '../../api/node.js';
import type { ApiObject } from '../../api/object.js';
import type { Patch } from '../../api/patch.js';
import type { Taint, TaintEffect } from '../../api/taint.js';

/** Taints to take away: those of a key, and of one effect if it is named. */
export interface TaintRemoval {
  readonly key: string;
  readonly effect: TaintEffect | undefined;
}

/** `kubectl taint --overwrite`: new taints come first and replace those of the same key and effect. */
export class TaintChange implements Patch {
  private readonly added: readonly Taint[];
  private readonly removed: readonly TaintRemoval[];

  constructor(added: readonly Taint[], removed: readonly TaintRemoval[]) {
    this.added = added;
    this.removed = removed;
  }

  apply(current: ApiObject): ApiObject {
    const node = current as Node;
    const before = node.spec.taints;
    const kept = before.filter((taint) => !this.replaces(taint) && !this.removes(taint));
    if (kept.length === before.length && this.added.length === 0) return node;
    return node.withSpec({ ...node.spec, taints: [...this.added, ...kept] });
  }

  private replaces({ key, effect }: Taint): boolean {
    return this.added.some((one) => one.key === key && one.effect === effect);
  }

  private removes({ key, effect }: Taint): boolean {
    return this.removed.some((one) => one.key === key && (one.effect ?? effect) === effect);
  }
}
