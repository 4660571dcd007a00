import type { RunResult } from '../measure/run-result.js';
import { csvSeconds, csvText } from './csv.js';

const HEADER = 'namespace,name,owner,node,created,bound,started,running,deleted,gone';

/** `pods.csv`: one row a pod, times in seconds since time zero (negative before it), empty where it never happened. */
export function* podsCsv(result: RunResult): Generator<string, void, void> {
  const { pods, timeZeroNs } = result;
  const { namespace, name, owner, node, createdNs, boundNs, startedNs, runningNs, deletedNs, goneNs } = pods;
  const csvTime = (timeNs: number): string => (timeNs < 0 ? '' : csvSeconds(timeNs - timeZeroNs));
  const columns = [
    ...[namespace, name, owner, node].map((texts) => fieldColumn(texts, '', csvText)),
    ...[createdNs, boundNs, startedNs, runningNs, deletedNs, goneNs].map((times) => fieldColumn(times, -1, csvTime)),
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

function fieldColumn<T>(values: ArrayLike<T>, none: T, toField: (value: T) => string): FieldColumn {
  let last = none;
  let field = '';
  return (row) => {
    const value = values[row]!;
    if (value !== last) {
      last = value;
      field = toField(value);
    }
    return field;
  };
}
