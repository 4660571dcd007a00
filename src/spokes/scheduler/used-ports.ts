import type { HostPort } from '../../api/pod-shape.js';

const NONE: readonly HostPort[] = [];

function isSame(a: HostPort, b: HostPort): boolean {
  return a.port === b.port && a.protocol === b.protocol && a.ip === b.ip;
}

/**
 * The host ports that are taken on each node (framework HostPortInfo). Kubernetes keeps a set and does not count: where
 * two pods bound past the scheduler share a port, the first that leaves frees it.
 */
export class UsedPorts {
  /** Lists are replaced, never changed. */
  readonly #byNode: (readonly HostPort[] | undefined)[];

  constructor() {
    this.#byNode = [];
  }

  of(node: number): readonly HostPort[] {
    return this.#byNode[node] ?? NONE;
  }

  take(node: number, ports: readonly HostPort[]): void {
    if (ports.length === 0) return;
    let used = this.of(node);
    for (const port of ports) if (!used.some((one) => isSame(one, port))) used = [...used, port];
    this.#byNode[node] = used;
  }

  free(node: number, ports: readonly HostPort[]): void {
    if (ports.length === 0) return;
    this.#byNode[node] = this.of(node).filter((one) => !ports.some((port) => isSame(one, port)));
  }

  /** Runs what takes ports and frees them again, or the other way round; they are as before then. */
  trial<T>(node: number, run: () => T): T {
    const before = this.#byNode[node];
    const result = run();
    this.#byNode[node] = before;
    return result;
  }
}
