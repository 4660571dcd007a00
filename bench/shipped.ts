import { readFileSync } from 'node:fs';
import type { ScenarioConfig } from '../src/scenario/config.js';
import { loadScenario } from '../src/scenario/loader.js';
import { parseSetting } from '../src/scenario/setting.js';
import { Simulation } from '../src/scenario/simulation.js';

/** A scenario that ships with hubsim, as `--set` would have it. */
export function shippedScenario(file: string, settings: readonly string[]): ScenarioConfig {
  const readFile = (path: string): string => readFileSync(path, 'utf8');
  return loadScenario(`scenarios/${file}`, { readFile, settings: settings.map(parseSetting) });
}

export function shippedSimulation(file: string, settings: readonly string[]): Simulation {
  return new Simulation(shippedScenario(file, settings), {});
}
