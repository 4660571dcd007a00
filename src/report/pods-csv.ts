import type { RunResult, Times } from '../measure/run-result.js';
import { csvSeconds, csvText } from './csv.js';

const HEADER = 'namespace,name,owner,node,created,bound,started,running,deleted,gone';

/** `pods.csv`: one row a pod, times in seconds since time zero (negative before it), empty where it never happened. */
export function* podsCsv(result: RunResult): Generator<string, void, void> {
  const { pods, timeZeroNs } = result;
  const time = (times: Times, row: number): string => {
    const timeNs = times[row]!;
    return timeNs < 0 ? '' : csvSeconds(timeNs - timeZeroNs);
  };
  yield HEADER;
  for (let row = 0; row < pods.count; row += 1) {
    const names = `${csvText(pods.namespace[row]!)},${csvText(pods.name[row]!)},${csvText(pods.owner[row]!)}`;
    const start = `${csvText(pods.node[row]!)},${time(pods.createdNs, row)},${time(pods.boundNs, row)}`;
    const running = `${time(pods.startedNs, row)},${time(pods.runningNs, row)}`;
    yield `${names},${start},${running},${time(pods.deletedNs, row)},${time(pods.goneNs, row)}`;
  }
}
