import type { RunResult } from '../measure/run-result.js';
import { SpokeError } from '../spokes/custom/spoke-error.js';
import type { ScenarioConfig } from './config.js';
import { judge } from './expectation.js';
import { type SimulateHooks, Simulation } from './simulation.js';

/** Runs a scenario to its end and returns everything that was measured. Same scenario, same result. */
export function simulate(scenario: ScenarioConfig, hooks: SimulateHooks = {}): RunResult {
  const simulation = new Simulation(scenario, hooks);
  const result = run(simulation);
  const expectations = judge(scenario.expect, result.summary, simulation.overTime());
  return { ...result, summary: { ...result.summary, expectations } };
}

/** Errors in the code of spokes are told in the time of the scenario. */
function run(simulation: Simulation): RunResult {
  try {
    return simulation.run();
  } catch (error) {
    throw error instanceof SpokeError ? error.since(simulation.timeZeroNs) : error;
  }
}
