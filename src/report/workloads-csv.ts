import type { RunResult } from '../measure/run-result.js';
import type { Measured } from '../measure/summary.js';
import { csvSeconds, csvText } from './csv.js';

/** `workloads.csv`: one row for each change of a workload's desired state; a workload without changes has one row. */
export function* workloadsCsv(result: RunResult): Generator<string, void, void> {
  yield 'kind,namespace,name,desired,available,at,convergedAt,seconds';
  for (const workload of result.summary.convergence.workloads) {
    const names = [workload.kind, workload.namespace, workload.name].map(csvText);
    const row = [...names, workload.desired, workload.available].join(',');
    if (workload.changes.length === 0) yield `${row},,,`;
    for (const change of workload.changes)
      yield `${row},${seconds(change.at)},${seconds(change.convergedAt)},${seconds(change.seconds)}`;
  }
}

function seconds(time: Measured): string {
  return csvSeconds(time === null ? undefined : Math.round(time * 1e9));
}
