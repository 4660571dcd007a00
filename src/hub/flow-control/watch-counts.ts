/**
 * How many watches are open, by what they watch, so that a write can be charged for its watchers
 * (util/flowcontrol/watch_tracker.go). A watch that an index singles out, as a kubelet's of its own pods, is not
 * counted: other pods' changes pass it by.
 */
export class WatchCounts {
  /** By kind, then namespace, then name; `''` is all of them. */
  private readonly byKind: Map<number, Map<string, Map<string, number>>>;

  constructor() {
    this.byKind = new Map();
  }

  add(kindId: number, namespace: string, name: string): void {
    this.change(kindId, namespace, name, 1);
  }

  remove(kindId: number, namespace: string, name: string): void {
    this.change(kindId, namespace, name, -1);
  }

  /** Watches that a write may concern; a create does not say its name and passes `''`. */
  interested(kindId: number, namespace: string, name: string): number {
    const byNamespace = this.byKind.get(kindId);
    if (byNamespace === undefined) return 0;
    let count = byNamespace.get('')?.get('') ?? 0;
    const byName = byNamespace.get(namespace);
    if (byName === undefined) return count;
    if (namespace !== '') count += byName.get('') ?? 0;
    if (name !== '') count += byName.get(name) ?? 0;
    return count;
  }

  private change(kindId: number, namespace: string, name: string, by: 1 | -1): void {
    const byName = entry(entry(this.byKind, kindId), namespace);
    byName.set(name, (byName.get(name) ?? 0) + by);
  }
}

function entry<K, L, V>(maps: Map<K, Map<L, V>>, key: K): Map<L, V> {
  let map = maps.get(key);
  if (map === undefined) {
    map = new Map();
    maps.set(key, map);
  }
  return map;
}
