import { InputError } from '../../api/input-error.js';
import { isObject, type JsonObject, objectAt, objectsAt } from '../../api/json.js';
import { type Path, Source } from '../source.js';
import { suggest } from '../suggest.js';
import type { GivenFile } from './imported.js';

/** One workload of one test case of scheduler_perf, its parameters at hand. */
export interface PerfWorkload {
  readonly source: Source;
  /** Where the case stands in its file. */
  readonly path: Path;
  readonly caseName: string;
  readonly name: string;
  readonly operations: readonly JsonObject[];
  readonly defaultPodTemplate: string | undefined;
  readonly params: JsonObject;
  /** Pods a second below which the test fails; undefined without one. */
  readonly threshold: number | undefined;
}

/** Whether a value is a list of test cases of scheduler_perf (test/integration/scheduler_perf testCase). */
export function isPerfConfig(value: unknown): boolean {
  return (
    Array.isArray(value) &&
    value.length > 0 &&
    value.every((one) => isObject(one) && Array.isArray(one.workloadTemplate))
  );
}

/** Picks a workload: the named one of the named case, else the first with a threshold of the first case. */
export function pickWorkload(file: GivenFile, caseName?: string, workloadName?: string): PerfWorkload {
  const source = new Source(file.text, file.path);
  const cases = (source.value as unknown[]).filter(isObject);
  const index = caseName === undefined ? 0 : cases.findIndex(({ name }) => name === caseName);
  const one = cases[index];
  if (one === undefined)
    throw new InputError(`${file.path} has no case ${caseName}`, { remedy: suggest(caseName!, cases.map(nameOf)) });
  const workloads = objectsAt(one, 'workloads');
  const workload =
    workloadName === undefined
      ? (workloads.find(({ threshold }) => typeof threshold === 'number') ?? workloads.at(-1))
      : workloads.find(({ name }) => name === workloadName);
  if (workload === undefined)
    throw source.error(
      [index, 'workloads'],
      `there is no workload ${workloadName ?? ''}`,
      suggest(workloadName ?? '', workloads.map(nameOf)),
    );
  return {
    source,
    path: [index],
    caseName: nameOf(one),
    name: nameOf(workload),
    operations: objectsAt(one, 'workloadTemplate'),
    defaultPodTemplate: one.defaultPodTemplatePath as string | undefined,
    params: objectAt(workload, 'params') ?? {},
    threshold: typeof workload.threshold === 'number' ? workload.threshold : undefined,
  };
}

function nameOf({ name }: JsonObject): string {
  return String(name);
}
