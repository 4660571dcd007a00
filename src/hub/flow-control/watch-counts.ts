/**
 * How many watches are open, by what they watch, so that a write can be charged for its watchers
 * (util/flowcontrol/watch_tracker.go). A watch that an index singles out, as a kubelet's of its own pods, is not
 * counted: other pods' changes pass it by.
 */
export class WatchCounts {
  /** By kind: watches of all there is of it, as nearly all are. */
  private readonly whole: number[];
  /** The others, by kind, then namespace, then name; `''` is all of them. */
  private readonly partial: Map<number, Map<string, Map<string, number>>>;

  constructor() {
    this.whole = [];
    this.partial = new Map();
  }

  add(kindId: number, namespace: string, name: string): void {
    this.change(kindId, namespace, name, 1);
  }

  remove(kindId: number, namespace: string, name: string): void {
    this.change(kindId, namespace, name, -1);
  }

  /** Watches that a write may concern; a create does not say its name and passes `''`. */
  interested(kindId: number, namespace: string, name: string): number {
    const count = this.whole[kindId] ?? 0;
    return this.partial.size === 0 ? count : count + this.partly(kindId, namespace, name);
  }

  private partly(kindId: number, namespace: string, name: string): number {
    const byName = this.partial.get(kindId)?.get(namespace);
    if (byName === undefined) return 0;
    const ofNamespace = namespace === '' ? 0 : (byName.get('') ?? 0);
    return name === '' ? ofNamespace : ofNamespace + (byName.get(name) ?? 0);
  }

  private change(kindId: number, namespace: string, name: string, by: 1 | -1): void {
    if (namespace === '' && name === '') {
      this.whole[kindId] = (this.whole[kindId] ?? 0) + by;
      return;
    }
    const byName = entry(entry(this.partial, kindId), namespace);
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
