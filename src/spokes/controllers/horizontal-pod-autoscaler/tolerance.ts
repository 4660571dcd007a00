import type { HorizontalPodAutoscaler } from '../../../api/horizontal-pod-autoscaler.js';
import type { AutoscalerOptions } from './autoscaler-options.js';

/** How far usage may be off its target before anything is scaled, as fractions of the target. */
export interface Tolerance {
  readonly up: number;
  readonly down: number;
}

/** Whether a ratio of usage to target is close enough to 1 (replica_calculator.go Tolerances.isWithin). */
export function isWithin({ up, down }: Tolerance, ratio: number): boolean {
  return 1 - down <= ratio && ratio <= 1 + up;
}

/** What holds for an autoscaler: the controller's own, and what its behaviour says where that counts (tolerancesForHpa). */
export function toleranceOf(
  { spec }: HorizontalPodAutoscaler,
  { horizontalPodAutoscalerTolerance: own, configurableTolerance }: AutoscalerOptions,
): Tolerance {
  const behavior = configurableTolerance ? spec.behavior : undefined;
  return { up: behavior?.scaleUp.tolerance ?? own, down: behavior?.scaleDown.tolerance ?? own };
}
