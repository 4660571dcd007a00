import { InputError } from '../api/input-error.js';
import type { Axis } from '../scenario/experiment.js';
import type { Setting } from '../scenario/setting.js';

/** One combination of what is varied. */
export interface Variant {
  readonly settings: readonly Setting[];
  /** `kubeApiQps=50, replicas=100`; `as written` when nothing is varied. */
  readonly label: string;
}

/** More variants than this are a slip. */
const VARIANTS_MAX = 1_000_000;

/** Every combination of the axes but the excluded ones; the last axis changes fastest. Throws InputError. */
export function variantsOf(axes: readonly Axis[], exclude: readonly (readonly Setting[])[]): readonly Variant[] {
  const paths = axes.flatMap((axis) => axis.paths);
  const twice = paths.find((path, index) => paths.indexOf(path) !== index);
  if (twice !== undefined) throw new InputError(`${twice} is varied twice`, { remedy: 'name every path once' });
  for (const { path } of exclude.flat())
    if (!paths.includes(path))
      throw new InputError(`exclude: ${path} is not varied`, { remedy: `varied: ${paths.join(', ')}` });
  const count = axes.reduce((product, axis) => product * axis.levels.length, 1);
  if (count > VARIANTS_MAX)
    throw new InputError(`${count} variants are too many`, { remedy: `at most ${VARIANTS_MAX}` });
  let combinations: readonly (readonly Setting[])[] = [[]];
  for (const { levels } of axes)
    combinations = combinations.flatMap((chosen) => levels.map((level) => [...chosen, ...level]));
  const kept = combinations.filter((settings) => !exclude.some((entry) => entry.every((one) => has(settings, one))));
  if (kept.length === 0) throw new InputError('every variant is excluded', { remedy: 'exclude fewer' });
  const names = shortNames(paths);
  return kept.map((settings) => ({ settings, label: labelOf(settings, names) }));
}

function has(settings: readonly Setting[], { path, value }: Setting): boolean {
  return settings.some((one) => one.path === path && JSON.stringify(one.value) === JSON.stringify(value));
}

/** The last keys of each path that tell it from the others. */
export function shortNames(paths: readonly string[]): ReadonlyMap<string, string> {
  const tail = (path: string, keys: number): string => path.split('.').slice(-keys).join('.');
  return new Map(
    paths.map((path) => {
      let keys = 1;
      while (
        paths.some((other) => other !== path && tail(other, keys) === tail(path, keys)) &&
        tail(path, keys) !== path
      )
        keys++;
      return [path, tail(path, keys)];
    }),
  );
}

function labelOf(settings: readonly Setting[], names: ReadonlyMap<string, string>): string {
  if (settings.length === 0) return 'as written';
  return settings.map(({ path, value }) => `${names.get(path)}=${valueText(value)}`).join(', ');
}

/** As a person would write it. */
export function valueText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
