/** First wait and longest one before another failed pod of a node is deleted (app/apps.go startDaemonSetController). */
const INITIAL_NS = 1e9;
const LONGEST_NS = 900e9;

interface Wait {
  readonly delayNs: number;
  readonly sinceNs: number;
}

/** How long failed pods are left alone, by DaemonSet and node (client-go flowcontrol.Backoff). */
export class FailedPodBackoff {
  private readonly waits: Map<number, Map<string, Wait>>;

  constructor() {
    this.waits = new Map();
  }

  /** Whether a failed pod of the node may not be replaced yet. */
  isOn(setId: number, node: string, nowNs: number): boolean {
    const wait = this.waits.get(setId)?.get(node);
    return wait !== undefined && nowNs - wait.sinceNs < wait.delayNs;
  }

  delayNs(setId: number, node: string): number {
    return this.waits.get(setId)?.get(node)?.delayNs ?? 0;
  }

  /** A failed pod is deleted: the next one waits twice as long, unless the last is long ago. */
  lengthen(setId: number, node: string, nowNs: number): void {
    let nodes = this.waits.get(setId);
    if (nodes === undefined) {
      nodes = new Map();
      this.waits.set(setId, nodes);
    }
    const last = nodes.get(node);
    const fresh = last === undefined || nowNs - last.sinceNs > 2 * LONGEST_NS;
    nodes.set(node, { delayNs: fresh ? INITIAL_NS : Math.min(2 * last.delayNs, LONGEST_NS), sinceNs: nowNs });
  }

  forget(setId: number): void {
    this.waits.delete(setId);
  }
}
