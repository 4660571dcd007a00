import type { Engine, EventHandle, EventKind } from '../../engine/index.js';
import { NO_EVENT } from './container-rows.js';
import { reachedInNs } from './reached-in.js';

/** One transfer under way. */
interface Download {
  readonly node: number;
  readonly tag: number;
  bytesLeft: number;
  /** Bytes a second. */
  rate: number;
}

/**
 * Transfers from one registry to many nodes: all under way share its bandwidth equally, and those of one node the node's.
 * Rates change only when a transfer begins or ends; there is one event, for the transfer that ends first.
 */
export class Downloads {
  private readonly engine: Engine;
  private readonly nodeBandwidth: number;
  private readonly registryBandwidth: number;
  private readonly done: (tag: number) => void;
  private readonly firstDoneKind: EventKind;
  private active: Download[];
  private readonly countByNode: Map<number, number>;
  private updatedNs: number;
  private next: EventHandle;

  /** Bandwidths in bytes a second; Infinity for no limit. */
  constructor(engine: Engine, nodeBandwidth: number, registryBandwidth: number, done: (tag: number) => void) {
    this.engine = engine;
    this.nodeBandwidth = nodeBandwidth;
    this.registryBandwidth = registryBandwidth;
    this.done = done;
    this.firstDoneKind = engine.register('kubelet: image pulled', () => this.firstDone(), 'wire');
    this.active = [];
    this.countByNode = new Map();
    this.updatedNs = 0;
    this.next = NO_EVENT;
  }

  /** Begins a transfer; `done` is told its tag. */
  start(node: number, bytes: number, tag: number): void {
    this.advance();
    this.active.push({ node, tag, bytesLeft: bytes, rate: 0 });
    this.count(node, 1);
    this.share();
  }

  /** Breaks a transfer off. */
  cancel(tag: number): void {
    const index = this.active.findIndex((download) => download.tag === tag);
    if (index < 0) return;
    this.advance();
    this.count(this.active[index]!.node, -1);
    this.active.splice(index, 1);
    this.share();
  }

  private firstDone(): void {
    this.next = NO_EVENT;
    this.advance();
    const finished = this.active.filter(({ bytesLeft, rate }) => isOver(bytesLeft, rate));
    this.active = this.active.filter(({ bytesLeft, rate }) => !isOver(bytesLeft, rate));
    for (const { node } of finished) this.count(node, -1);
    this.share();
    for (const { tag } of finished) this.done(tag);
  }

  private count(node: number, change: number): void {
    this.countByNode.set(node, (this.countByNode.get(node) ?? 0) + change);
  }

  /** What has been transferred up to now. */
  private advance(): void {
    const { nowNs } = this.engine;
    const seconds = (nowNs - this.updatedNs) / 1e9;
    for (const download of this.active) {
      const bytes = download.rate === Number.POSITIVE_INFINITY ? download.bytesLeft : download.rate * seconds;
      download.bytesLeft -= bytes;
    }
    this.updatedNs = nowNs;
  }

  private share(): void {
    if (this.next !== NO_EVENT) this.engine.cancel(this.next);
    this.next = NO_EVENT;
    let firstNs = Number.POSITIVE_INFINITY;
    const registryShare = this.registryBandwidth / this.active.length;
    for (const download of this.active) {
      download.rate = Math.min(registryShare, this.nodeBandwidth / this.countByNode.get(download.node)!);
      firstNs = Math.min(firstNs, reachedInNs(download.bytesLeft, download.rate));
    }
    if (firstNs < Number.POSITIVE_INFINITY) this.next = this.engine.scheduleAs(false, firstNs, this.firstDoneKind);
  }
}

/** Less than what a nanosecond transfers is nothing. */
function isOver(bytesLeft: number, rate: number): boolean {
  return bytesLeft <= rate / 1e9;
}
