import { AT_CONVERGED, type Step } from './config.js';
import type { StepInput } from './schema-step.js';
import type { Path, Source } from './source.js';

/** A step as often as it says, each time with names of its own: `name-0`, `name-1`, …; once if it says nothing. */
export function repeated(step: Step, input: StepInput, source: Source, path: Path): readonly Step[] {
  if (!('apply' in input) || step.action !== 'apply') return [step];
  const { every, times } = input;
  if (every === undefined && times === undefined) return [step];
  if (every === undefined) throw source.error(path, 'times: needs every:', 'write every: 1s');
  if (times === undefined) throw source.error(path, 'every: needs times:', 'write times: 10');
  if (step.atNs === AT_CONVERGED)
    throw source.error([...path, 'at'], 'a step that is repeated needs a time', 'write at: 0s');
  return Array.from({ length: times }, (_, turn) => ({
    ...step,
    atNs: step.atNs + turn * every,
    objects: step.objects.map((object) => {
      const name = `${object.metadata.name}-${turn}`;
      return object.withMetadata(object.metadata.with({ name }));
    }),
  }));
}
