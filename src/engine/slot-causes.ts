/** For a trace: the record that caused each scheduled event, by slot. */
export class SlotCauses {
  private causes: Int32Array;

  constructor() {
    this.causes = new Int32Array(1024);
  }

  set(slot: number, cause: number): void {
    if (slot >= this.causes.length) {
      const grown = new Int32Array(2 * (slot + 1));
      grown.set(this.causes);
      this.causes = grown;
    }
    this.causes[slot] = cause;
  }

  of(slot: number): number {
    return this.causes[slot]!;
  }
}
