import { InputError } from '../../api/input-error.js';
import { ScheduleLog } from '../../measure/schedule-log.js';
import { scheduleLines } from '../../report/schedule-lines.js';
import type { PodRecord } from '../../report/schedule-reader.js';
import { simulate } from '../../scenario/simulate.js';
import type { Io } from '../io.js';
import type { ScenarioOrigin } from '../run-info.js';
import { scenarioAgain } from '../scenario-again.js';

/**
 * Runs a scenario once more and records one pod, `NAMESPACE/NAME`. Throws InputError unless it comes to the same
 * fingerprint: something has changed since then.
 */
export function recordAgain(scenario: ScenarioOrigin, pod: string, fingerprint: string, io: Io): PodRecord {
  const { file } = scenario;
  const log = new ScheduleLog(({ metadata }) => `${metadata.namespace}/${metadata.name}` === pod);
  const result = simulate(scenarioAgain(scenario, io), { scheduling: log });
  if (result.summary.fingerprint !== fingerprint)
    throw new InputError(`${file} now comes to another run than this result: something in it has changed since`, {
      remedy: `run it again: hubsim run ${file} --explain`,
    });
  return { lines: [...scheduleLines(result)], dropped: log.dropped };
}
