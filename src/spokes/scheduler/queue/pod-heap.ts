import type { QueueAudit } from '../../../engine/index.js';
import type { QueuedPod } from './queued-pod.js';

/** A binary heap of pods from which any pod can be taken out; a pod is in one heap at most. */
export class PodHeap {
  /** Keeps its books, if somebody does. */
  audit: QueueAudit | undefined;
  readonly #pods: QueuedPod[];
  readonly #compare: (a: QueuedPod, b: QueuedPod) => number;

  /** `compare` below 0: the first comes out first. */
  constructor(compare: (a: QueuedPod, b: QueuedPod) => number) {
    this.audit = undefined;
    this.#pods = [];
    this.#compare = compare;
  }

  get size(): number {
    return this.#pods.length;
  }

  /** All pods, in no order. */
  values(): readonly QueuedPod[] {
    return this.#pods;
  }

  peek(): QueuedPod | undefined {
    return this.#pods[0];
  }

  push(pod: QueuedPod): void {
    this.audit?.enter(pod.pod.id);
    this.#pods.push(pod);
    this.#siftUp(pod, this.#pods.length - 1);
  }

  pop(): QueuedPod | undefined {
    const first = this.#pods[0];
    if (first !== undefined) this.remove(first);
    return first;
  }

  remove(pod: QueuedPod): void {
    this.audit?.leave(pod.pod.id);
    const hole = pod.position;
    const last = this.#pods.pop()!;
    pod.position = -1;
    if (last === pod) return;
    this.#siftUp(last, hole);
    this.#siftDown(last, last.position);
  }

  #siftUp(pod: QueuedPod, start: number): void {
    let position = start;
    while (position > 0) {
      const parent = this.#pods[(position - 1) >> 1]!;
      if (this.#compare(pod, parent) >= 0) break;
      this.#put(parent, position);
      position = (position - 1) >> 1;
    }
    this.#put(pod, position);
  }

  #siftDown(pod: QueuedPod, start: number): void {
    let position = start;
    for (let child = 2 * position + 1; child < this.#pods.length; child = 2 * position + 1) {
      const right = child + 1;
      if (right < this.#pods.length && this.#compare(this.#pods[right]!, this.#pods[child]!) < 0) child = right;
      if (this.#compare(this.#pods[child]!, pod) >= 0) break;
      this.#put(this.#pods[child]!, position);
      position = child;
    }
    this.#put(pod, position);
  }

  #put(pod: QueuedPod, position: number): void {
    this.#pods[position] = pod;
    pod.position = position;
  }
}
