import type { Labels } from '../api/labels.js';
import type { ApiObject } from '../api/object.js';

/** The objects of a cache by namespace and labels, which those of one workload share: by identity, as new versions change nothing here. */
export class LabelledObjects {
  private readonly byNamespace: Map<string, Map<Labels, Set<number>>>;

  constructor() {
    this.byNamespace = new Map();
  }

  add({ id, metadata: { namespace, labels } }: ApiObject): void {
    let inNamespace = this.byNamespace.get(namespace);
    if (inNamespace === undefined) {
      inNamespace = new Map();
      this.byNamespace.set(namespace, inNamespace);
    }
    const alike = inNamespace.get(labels);
    if (alike === undefined) inNamespace.set(labels, new Set([id]));
    else alike.add(id);
  }

  remove({ id, metadata: { namespace, labels } }: ApiObject): void {
    const inNamespace = this.byNamespace.get(namespace);
    const alike = inNamespace?.get(labels);
    if (alike?.delete(id) !== true || alike.size > 0) return;
    inNamespace!.delete(labels);
    if (inNamespace!.size === 0) this.byNamespace.delete(namespace);
  }

  /** Identities of those in a namespace that have labels which are selected. */
  selected(namespace: string, selects: (labels: Labels) => boolean): number[] {
    const ids: number[] = [];
    for (const [labels, alike] of this.byNamespace.get(namespace) ?? [])
      if (selects(labels)) for (const id of alike) ids.push(id);
    return ids;
  }
}
