import type { RunOrigin } from '../report/reported-run.js';
import type { ScenarioConfig } from '../scenario/config.js';
import { configurationOf } from '../scenario/configuration.js';
import type { Setting } from '../scenario/setting.js';
import type { Io } from './io.js';
import { hubsimVersion } from './version.js';

/** What a report says of where a run came from; `file` as it was named on the command line. */
export function runOrigin(scenario: ScenarioConfig, file: string, settings: readonly Setting[], io: Io): RunOrigin {
  return {
    command: commandOf(file, scenario.seed, settings),
    version: hubsimVersion(),
    scenario: io.readFile(file),
    configuration: configurationOf(scenario),
  };
}

function commandOf(file: string, seed: number, settings: readonly Setting[]): string {
  const set = settings.map((setting) => `--set ${quoted(`${setting.path}=${JSON.stringify(setting.value)}`)}`);
  return ['hubsim run', quoted(file), `--seed ${seed}`, ...set].join(' ');
}

function quoted(word: string): string {
  return /^[\w./=:@%+-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
