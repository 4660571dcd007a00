/**
 * The `count` smallest items in order, as sorting all of them would give if no two are equal. A heap of the best so
 * far has its worst on top, so that an item that is not among them costs one comparison: choosing 500 pods of 100,000
 * is a matter of reading them once.
 */
export function smallest<T>(items: Iterable<T>, count: number, compare: (a: T, b: T) => number): T[] {
  const heap: T[] = [];
  for (const item of items) {
    if (heap.length < count) {
      heap.push(item);
      rise(heap, compare);
    } else if (count > 0 && compare(item, heap[0]!) < 0) {
      heap[0] = item;
      sink(heap, compare);
    }
  }
  return heap.sort(compare);
}

/** Moves the last item up to its place: every item is at least as large as those below it. */
function rise<T>(heap: T[], compare: (a: T, b: T) => number): void {
  let child = heap.length - 1;
  const item = heap[child]!;
  while (child > 0) {
    const parent = (child - 1) >> 1;
    if (compare(item, heap[parent]!) <= 0) break;
    heap[child] = heap[parent]!;
    child = parent;
  }
  heap[child] = item;
}

/** Moves the first item down to its place. */
function sink<T>(heap: T[], compare: (a: T, b: T) => number): void {
  const item = heap[0]!;
  let parent = 0;
  for (;;) {
    let child = 2 * parent + 1;
    if (child >= heap.length) break;
    if (child + 1 < heap.length && compare(heap[child + 1]!, heap[child]!) > 0) child++;
    if (compare(heap[child]!, item) <= 0) break;
    heap[parent] = heap[child]!;
    parent = child;
  }
  heap[parent] = item;
}
