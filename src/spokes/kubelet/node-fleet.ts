/** The machines themselves: which exist, and which of them are up. What the control plane believes is another matter. */
export class NodeFleet {
  readonly names: readonly string[];
  private readonly indexByName: Map<string, number>;
  private readonly up: Uint8Array;

  constructor(names: readonly string[]) {
    this.names = names;
    this.indexByName = new Map(names.map((name, index) => [name, index]));
    this.up = new Uint8Array(names.length).fill(1);
  }

  get size(): number {
    return this.names.length;
  }

  indexOf(name: string): number {
    return this.indexByName.get(name) ?? -1;
  }

  isUp(index: number): boolean {
    return this.up[index] === 1;
  }

  set(index: number, up: boolean): void {
    this.up[index] = up ? 1 : 0;
  }
}
