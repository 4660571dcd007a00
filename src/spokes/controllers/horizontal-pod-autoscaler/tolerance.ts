/** How far usage may be off its target before anything is scaled, as fractions of the target. */
export interface Tolerance {
  readonly up: number;
  readonly down: number;
}

/** Whether a ratio of usage to target is close enough to 1 (replica_calculator.go Tolerances.isWithin). */
export function isWithin({ up, down }: Tolerance, ratio: number): boolean {
  return 1 - down <= ratio && ratio <= 1 + up;
}
