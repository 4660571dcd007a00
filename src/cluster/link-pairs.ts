import type { ProcessEnd } from './link-end.js';

/** How many processes of a component there are. */
export type ReplicasOf = (component: string) => number;

/** Every process at one end with every process at the other, by their numbers. */
export function processPairs(from: ProcessEnd, to: ProcessEnd, replicasOf: ReplicasOf): [from: number, to: number][] {
  return numbersOf(from, replicasOf).flatMap((a) => numbersOf(to, replicasOf).map((b): [number, number] => [a, b]));
}

/** The same among the members of one etcd: each pair once, the lower number first. */
export function memberPairs(
  from: ProcessEnd,
  to: ProcessEnd,
  replicasOf: ReplicasOf,
): [lower: number, upper: number][] {
  const pairs = processPairs(from, to, replicasOf).map(([a, b]): [number, number] => [Math.min(a, b), Math.max(a, b)]);
  return pairs.filter(([a, b], place) => a !== b && pairs.findIndex(([c, d]) => a === c && b === d) === place);
}

function numbersOf({ component, index }: ProcessEnd, replicasOf: ReplicasOf): number[] {
  return index >= 0 ? [index] : Array.from({ length: replicasOf(component) }, (_, number) => number);
}
