/** For a recorder: the number of each scheduled event and of the event that scheduled it, by slot. */
export class EventCauses {
  private ids: Float64Array;
  private causeIds: Float64Array;

  constructor() {
    this.ids = new Float64Array(1024);
    this.causeIds = new Float64Array(1024);
  }

  set(slot: number, id: number, causeId: number): void {
    if (slot >= this.ids.length) {
      this.ids = grown(this.ids, slot);
      this.causeIds = grown(this.causeIds, slot);
    }
    this.ids[slot] = id;
    this.causeIds[slot] = causeId;
  }

  idOf(slot: number): number {
    return this.ids[slot]!;
  }

  causeIdOf(slot: number): number {
    return this.causeIds[slot]!;
  }
}

function grown(array: Float64Array, index: number): Float64Array {
  const copy = new Float64Array(2 * (index + 1));
  copy.set(array);
  return copy;
}
