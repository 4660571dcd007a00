import type { BenchCase } from './bench-case.js';
import { holdCases } from './engine/hold.js';
import { processCases } from './engine/processes.js';
import { timerMixCases } from './engine/timer-mix.js';
import { zeroDelayCases } from './engine/zero-delay.js';
import { placementCases } from './scheduler/placements.js';
import { startCases } from './start.js';

export function nameOf({ group, name }: BenchCase): string {
  return `${group}: ${name}`;
}

/** Every case, full size for figures or small to see that it still runs. */
export function allCases(smoke: boolean): BenchCase[] {
  if (smoke) {
    return [
      ...holdCases([16, 256], 500),
      ...zeroDelayCases([10], 500),
      ...timerMixCases([50], 500),
      ...processCases([20], 500),
      ...placementCases(110, 60, 30),
      ...startCases(),
    ];
  }
  return [
    ...holdCases([16, 256, 4_096, 65_536, 1_048_576], 200_000),
    ...zeroDelayCases([0, 4_096, 65_536], 200_000),
    ...timerMixCases([1_000, 5_000, 50_000], 500_000),
    ...processCases([100, 10_000, 100_000], 500_000),
    ...placementCases(5_000, 10_000, 2_000),
    ...startCases(),
  ];
}
