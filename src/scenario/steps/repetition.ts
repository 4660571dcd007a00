import { COUNT_MAX } from '../../api/size-limits.js';
import type { Path, Source } from '../source.js';
import type { Repetition, Step } from './step.js';
import type { StepInput } from './step-schema.js';

/** How a step is repeated; undefined when it happens once. Throws InputError. */
export function readRepetition({ every, times, until }: StepInput, source: Source, path: Path): Repetition | undefined {
  if (every === undefined && times === undefined && until === undefined) return undefined;
  if (every === undefined)
    throw source.error(path, `${times === undefined ? 'until' : 'times'}: needs every:`, 'write every: 1s');
  if (!(every.mean > 0))
    throw source.error([...path, 'every'], 'nothing happens again and again at once', 'write every: 1s');
  return { every, times: times ?? -1, untilNs: until ?? -1 };
}

/**
 * A step that is repeated under names of its own each time, as an apply is, so many steps: `name-0`, `name-1`, …; any other
 * step as it is. Throws InputError.
 */
export function renamed(step: Step, source: Source, path: Path): readonly Step[] {
  const { repeat, action, ...once } = step;
  if (repeat === undefined || action.turn === undefined) return [step];
  if (repeat.times < 0) throw source.error(path, 'every: needs times:', 'write times: 10');
  const made = repeat.times * (action.objects?.length ?? 1);
  if (made > COUNT_MAX)
    throw source.error([...path, 'times'], `makes ${made} objects in all`, `at most ${COUNT_MAX}; use load: for more`);
  if (step.atNs < 0) throw source.error([...path, 'at'], 'an apply that is repeated needs a time', 'write at: 0s');
  if (!repeat.every.isConstant)
    throw source.error([...path, 'every'], 'an apply is repeated at equal intervals', 'use load: open for other rates');
  return Array.from({ length: repeat.times }, (_, turn) => ({
    ...once,
    atNs: step.atNs + turn * repeat.every.mean,
    action: action.turn!(turn),
  }));
}
