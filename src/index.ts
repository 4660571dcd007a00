/** hubsim as a library: read a scenario, simulate it, look at what came of it. The engine alone is `hubsim/engine`. */
export { InputError } from './api/input-error.js';
export type { RunResult } from './measure/run-result.js';
export type { Milestones, Spread, Summary } from './measure/summary.js';
export type { Distribution } from './random/distribution.js';
export { Exponential } from './random/exponential.js';
export { parseDistribution } from './random/parse-distribution.js';
export type { Stream } from './random/stream.js';
export { Streams } from './random/streams.js';
export { type ResultFile, resultFiles } from './report/result-files.js';
export type { ScenarioConfig } from './scenario/config.js';
export type { ReadFile } from './scenario/files.js';
export { type LoadOptions, loadScenario } from './scenario/loader.js';
export { type SimulateHooks, simulate } from './scenario/simulate.js';
export { Histogram } from './stats/histogram.js';
