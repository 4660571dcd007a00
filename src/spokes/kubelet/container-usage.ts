import type { Distribution } from '../../random/distribution.js';
import type { Stream } from '../../random/stream.js';
import { roomFor, widened } from './columns.js';

/** What a container uses of its node: so much at first, and so much more every second; bytes. */
export interface UsagePlan {
  readonly memory: Distribution | undefined;
  readonly memoryGrowth: Distribution | undefined;
  readonly disk: Distribution | undefined;
  readonly diskGrowth: Distribution | undefined;
}

/** What containers, by row, use. Columns are there up to the last row that uses anything: none where nobody says. */
export class ContainerUsage {
  private readonly stream: Stream;
  private columns: { memory: Float64Array; memoryGrowth: Float64Array; disk: Float64Array; diskGrowth: Float64Array };

  constructor(stream: Stream) {
    this.stream = stream;
    this.columns = empty();
  }

  /** A container has started. */
  begin(row: number, { memory, memoryGrowth, disk, diskGrowth }: UsagePlan): void {
    if (row >= this.columns.memory.length) this.grow(roomFor(row + 1, this.columns.memory.length));
    this.columns.memory[row] = this.draw(memory);
    this.columns.memoryGrowth[row] = this.draw(memoryGrowth);
    this.columns.disk[row] = this.draw(disk);
    this.columns.diskGrowth[row] = this.draw(diskGrowth);
  }

  /** Bytes of memory, `ageNs` after its start. */
  memory(row: number, ageNs: number): number {
    const { memory, memoryGrowth } = this.columns;
    return memory[row]! + (memoryGrowth[row]! * ageNs) / 1e9;
  }

  /** Bytes of disk, `ageNs` after its start. */
  disk(row: number, ageNs: number): number {
    const { disk, diskGrowth } = this.columns;
    return disk[row]! + (diskGrowth[row]! * ageNs) / 1e9;
  }

  memoryGrowth(row: number): number {
    return this.columns.memoryGrowth[row]!;
  }

  diskGrowth(row: number): number {
    return this.columns.diskGrowth[row]!;
  }

  /** How old it is when its memory comes to `limit` bytes; Infinity if it never does. */
  ageAtNs(row: number, limit: number): number {
    const missing = limit - this.columns.memory[row]!;
    if (missing < 0) return 0;
    const growth = this.columns.memoryGrowth[row]!;
    return growth === 0 ? Number.POSITIVE_INFINITY : Math.ceil((missing / growth) * 1e9);
  }

  private draw(amount: Distribution | undefined): number {
    return amount === undefined ? 0 : amount.sample(this.stream);
  }

  private grow(size: number): void {
    const { memory, memoryGrowth, disk, diskGrowth } = this.columns;
    this.columns = {
      memory: widened(memory, size),
      memoryGrowth: widened(memoryGrowth, size),
      disk: widened(disk, size),
      diskGrowth: widened(diskGrowth, size),
    };
  }
}

function empty(): { memory: Float64Array; memoryGrowth: Float64Array; disk: Float64Array; diskGrowth: Float64Array } {
  const none = new Float64Array(0);
  return { memory: none, memoryGrowth: none, disk: none, diskGrowth: none };
}
