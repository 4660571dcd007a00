import { InputError } from '../../api/input-error.js';
import { Trace } from '../../engine/index.js';
import type { CriticalPath } from '../../measure/critical-path.js';
import type { ScenarioConfig } from '../../scenario/config.js';
import { simulate } from '../../scenario/simulate.js';
import { EXIT, type ExitCode } from '../exit-code.js';
import type { Io } from '../io.js';
import { readRunFile, readSummary, recordedPath } from '../result-reader.js';
import { scenarioAgain } from '../scenario-again.js';
import { pathText, whatIf } from './explain-path.js';

export interface ExplainRunOptions {
  readonly run: string;
  /** Whether to run the scenario once more without its longest wait. */
  readonly whatIf: boolean;
  readonly json: boolean;
}

/** `hubsim explain RUN`: where the time to convergence went, and what it would be without the longest wait. */
export function explainRun(options: ExplainRunOptions, io: Io): ExitCode {
  const scenario = scenarioOf(options.run, io);
  const path = recordedPath(options.run, io) ?? again(options.run, scenario, io);
  const lifted = options.whatIf ? whatIf(path, scenario) : undefined;
  if (!options.json) io.out(pathText(path, lifted));
  else
    io.out(`${JSON.stringify({ schema: 'hubsim/explain-run/v1', ...path, whatIf: lifted ?? null }, undefined, 2)}\n`);
  return EXIT.ok;
}

function scenarioOf(run: string, io: Io): ScenarioConfig {
  const { scenario } = readRunFile(run, io);
  return scenarioAgain(scenario, io);
}

/** The run was too long to record by the way, or somebody chose not to. */
function again(run: string, scenario: ScenarioConfig, io: Io): CriticalPath {
  const { fingerprint } = readSummary(run, io);
  io.err(`hubsim: ${run} has no record of causes; running its scenario again to record them\n`);
  const trace = new Trace(Number.POSITIVE_INFINITY);
  const { summary, criticalPath } = simulate(scenario, { trace });
  if (summary.fingerprint !== fingerprint)
    throw new InputError(`the scenario of ${run} now comes to another run: something in it has changed since`, {
      remedy: 'run it again',
    });
  if (criticalPath !== undefined) return criticalPath;
  throw new InputError(`nothing happened in ${run} that there is a path of causes to`, {
    remedy: 'explain a run in which something was ordered, or failed',
  });
}
