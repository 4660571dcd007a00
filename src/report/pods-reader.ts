import type { PodRows } from '../measure/run-result.js';
import { csvRows } from './csv-reader.js';
import type { ScheduledPod } from './schedule-story.js';

/** The rows of a `pods.csv`; names are as they were, without the apostrophe that guards spreadsheets. */
export function* readPods(text: string): Generator<ScheduledPod, void, void> {
  for (const [namespace, name, owner, node, created, bound] of rowsOf(text))
    yield {
      name: `${namespace}/${name}`,
      owner: owner ?? '',
      node: node ?? '',
      created: Number(created),
      bound: bound === undefined || bound === '' ? undefined : Number(bound),
    };
}

/** All of a `pods.csv` as a run had it, in engine times. */
export function readPodRows(text: string, timeZeroNs: number): PodRows {
  const namespace: string[] = [];
  const name: string[] = [];
  const owner: string[] = [];
  const node: string[] = [];
  const times: number[][] = [[], [], [], [], [], []];
  for (const fields of rowsOf(text)) {
    namespace.push(fields[0]!);
    name.push(fields[1]!);
    owner.push(fields[2]!);
    node.push(fields[3]!);
    times.forEach((column, at) => {
      const field = fields[4 + at] ?? '';
      column.push(field === '' ? -1 : Math.round(Number(field) * 1e9) + timeZeroNs);
    });
  }
  const [createdNs, boundNs, startedNs, runningNs, deletedNs, goneNs] = times as [
    number[],
    number[],
    number[],
    number[],
    number[],
    number[],
  ];
  return {
    count: name.length,
    namespace,
    name,
    owner,
    node,
    createdNs,
    boundNs,
    startedNs,
    runningNs,
    deletedNs,
    goneNs,
  };
}

/** The fields of each row but the first. */
function* rowsOf(text: string): Generator<string[], void, void> {
  const rows = csvRows(text);
  rows.next();
  yield* rows;
}
