import type { RunResult, Times } from '../measure/run-result.js';
import { csvSeconds, csvText } from './csv.js';

const HEADER = 'namespace,name,owner,node,created,bound,started,running,deleted,gone';

/** `pods.csv`: one row a pod, times in seconds since time zero (negative before it), empty where it never happened. */
export function* podsCsv(result: RunResult): Generator<string, void, void> {
  const { pods, timeZeroNs } = result;
  const { namespace, name, owner, node, createdNs, boundNs, startedNs, runningNs, deletedNs, goneNs } = pods;
  const columns = [
    ...[namespace, name, owner, node].map(textColumn),
    ...[createdNs, boundNs, startedNs, runningNs, deletedNs, goneNs].map((times) => timeColumn(times, timeZeroNs)),
  ];
  yield HEADER;
  for (let row = 0; row < pods.count; row += 1) {
    let line = columns[0]!(row);
    for (let at = 1; at < columns.length; at++) line += `,${columns[at]!(row)}`;
    yield line;
  }
}

/** Fields by row. Pods come in numbers of one Deployment and of one moment: most fields are that of the row before. */
type FieldColumn = (row: number) => string;

function textColumn(texts: readonly string[]): FieldColumn {
  let last = '';
  let field = csvText(last);
  return (row) => {
    const text = texts[row]!;
    if (text !== last) {
      last = text;
      field = csvText(text);
    }
    return field;
  };
}

function timeColumn(times: Times, timeZeroNs: number): FieldColumn {
  let last = -1;
  let field = '';
  return (row) => {
    const timeNs = times[row]!;
    if (timeNs !== last) {
      last = timeNs;
      field = timeNs < 0 ? '' : csvSeconds(timeNs - timeZeroNs);
    }
    return field;
  };
}
