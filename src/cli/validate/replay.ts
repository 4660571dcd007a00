import type { RunResult } from '../../measure/run-result.js';
import type { ScenarioConfig } from '../../scenario/config.js';
import { simulate } from '../../scenario/simulate.js';
import type { Measured } from './measured.js';

/**
 * Runs the scenario of a case for as long as was measured: who measures goes on until nothing has moved for a while, and
 * the idle seconds have their leases and their processor time, too.
 */
export function replay(scenario: ScenarioConfig, { windowSeconds }: Measured): RunResult {
  return simulate(scenario, windowSeconds === undefined ? {} : { measureNs: Math.round(windowSeconds * 1e9) });
}
