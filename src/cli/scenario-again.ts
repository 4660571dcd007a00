import type { ScenarioConfig } from '../scenario/config.js';
import { loadScenario } from '../scenario/loader.js';
import type { Io } from './io.js';
import type { ScenarioOrigin } from './run-info.js';

/** The scenario that a result is of, with the settings it was run with. */
export function scenarioAgain({ file, seed, settings = [] }: ScenarioOrigin, io: Io): ScenarioConfig {
  return loadScenario(file, { readFile: io.readFile, seed, settings });
}
