import { Fingerprint, nameHash } from '../../src/engine/fingerprint.js';
import { ObjectHeap } from './object-heap.js';

type Handler = (target: number) => void;

/** The least engine around a heap of event objects: every event goes through the heap, whatever its delay. */
export class ObjectEngine {
  nowNs: number;
  private readonly heap: ObjectHeap;
  private readonly handlers: Handler[];
  private readonly hash: Fingerprint;
  private readonly nameHashes: number[];
  private order: number;
  private stopping: boolean;

  constructor() {
    this.nowNs = 0;
    this.heap = new ObjectHeap();
    this.handlers = [];
    this.hash = new Fingerprint();
    this.nameHashes = [];
    this.order = 0;
    this.stopping = false;
  }

  register(name: string, handler: Handler): number {
    this.nameHashes.push(nameHash(name));
    return this.handlers.push(handler) - 1;
  }

  schedule(delayNs: number, kind: number, target = 0): void {
    this.heap.pushEvent({ timeNs: this.nowNs + delayNs, order: this.order++, kind, target });
  }

  stop(): void {
    this.stopping = true;
  }

  run(): void {
    this.stopping = false;
    while (!this.stopping) {
      const event = this.heap.popEvent();
      this.nowNs = event.timeNs;
      this.hash.moveTo(event.timeNs);
      this.hash.add(this.nameHashes[event.kind]!, event.target);
      this.handlers[event.kind]!(event.target);
    }
  }

  fingerprint(): string {
    return this.hash.toString();
  }
}
