/** Viridis at five places, from least to most: even in brightness, and readable without colour vision. */
const SCALE = [
  [68, 1, 84],
  [59, 82, 139],
  [33, 145, 140],
  [94, 201, 98],
  [253, 231, 37],
] as const;

/** The colour of a place from 0 to 1. */
export function shade(place: number): string {
  const at = Math.min(place * (SCALE.length - 1), SCALE.length - 1 - 1e-9);
  const [from, to] = [SCALE[Math.floor(at)]!, SCALE[Math.floor(at) + 1]!];
  const share = at - Math.floor(at);
  return `rgb(${from.map((value, index) => Math.round(value + share * (to[index]! - value))).join(', ')})`;
}
