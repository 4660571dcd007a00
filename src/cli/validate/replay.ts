import { OTHERS } from '../../cluster/background.js';
import type { RunResult } from '../../measure/run-result.js';
import type { ScenarioConfig } from '../../scenario/config.js';
import { simulate } from '../../scenario/simulate.js';
import type { Measured } from './measured.js';

/**
 * Runs the scenario of a case as often as it was measured, each time with the next seed: what is compared are medians, and
 * a token more or less of a limiter must not decide.
 */
export function replays(scenario: ScenarioConfig, measured: Measured): readonly [RunResult, ...RunResult[]] {
  const run = (repetition: number): RunResult => replay({ ...scenario, seed: scenario.seed + repetition }, measured);
  return [run(0), ...Array.from({ length: measured.repetitions - 1 }, (_, index) => run(index + 1))];
}

/**
 * Runs the scenario of a case for as long as was measured: who measures goes on until nothing has moved for a while, and
 * the idle seconds have their leases and their processor time, too. What other programs took of the machine meanwhile
 * they take here as well.
 */
export function replay(scenario: ScenarioConfig, { windowSeconds, otherCores }: Measured): RunResult {
  return simulate(
    withOthers(scenario, otherCores),
    windowSeconds === undefined ? {} : { measureNs: Math.round(windowSeconds * 1e9) },
  );
}

function withOthers(scenario: ScenarioConfig, cores: number): ScenarioConfig {
  if (cores === 0) return scenario;
  const { profile } = scenario;
  return { ...scenario, profile: { ...profile, background: new Map([...profile.background, [OTHERS, cores * 1e9]]) } };
}
