import type { RunResult } from '../measure/run-result.js';
import type { ScheduleLog } from '../measure/schedule-log.js';
import type { ScenarioConfig } from './config.js';
import { judge } from './expectation.js';
import { Simulation } from './simulation.js';

/** What a caller may watch of a run under way. */
export interface SimulateHooks {
  /** Called every now and then with the virtual time since time zero and the events executed so far. */
  readonly progress?: (virtualNs: number, events: number) => void;
  /** Where to record how pods come to their nodes; the run is the same with and without. */
  readonly scheduling?: ScheduleLog;
}

/** Runs a scenario to its end and returns everything that was measured. Same scenario, same result. */
export function simulate(scenario: ScenarioConfig, hooks: SimulateHooks = {}): RunResult {
  const result = new Simulation(scenario, scenario.kinds.all, hooks).run();
  const expectations = judge(scenario.expect, result.summary);
  return { ...result, summary: { ...result.summary, expectations } };
}
