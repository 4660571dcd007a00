/**
 * hubsim as a library: load a scenario, simulate it, look at what was measured.
 *
 * ```ts
 * const scenario = loadScenario('shop.yaml', { readFile: (path) => readFileSync(path, 'utf8') });
 * const { summary } = simulate(scenario);
 * console.log(summary.convergence.seconds);
 * ```
 */
export { InputError, type InputErrorDetail } from './api/input-error.js';
export type { RunResult } from './measure/run-result.js';
export type { Summary } from './measure/summary.js';
export type { ScenarioConfig } from './scenario/config.js';
export { type LoadOptions, loadScenario } from './scenario/loader.js';
export { simulate } from './scenario/simulate.js';
export type { SimulateHooks } from './scenario/simulation.js';
