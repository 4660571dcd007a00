import type { RunResult } from '../measure/run-result.js';
import type { ScenarioConfig } from './config.js';
import { judge } from './expectation.js';
import { type SimulateHooks, Simulation } from './simulation.js';

/** Runs a scenario to its end and returns everything that was measured. Same scenario, same result. */
export function simulate(scenario: ScenarioConfig, hooks: SimulateHooks = {}): RunResult {
  const result = new Simulation(scenario, scenario.kinds.all, hooks).run();
  const expectations = judge(scenario.expect, result.summary);
  return { ...result, summary: { ...result.summary, expectations } };
}
