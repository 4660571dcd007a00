import { InputError } from './input-error.js';
import type { Labels } from './labels.js';
import { type Operator, Requirement } from './requirement.js';

/** One condition of `matchExpressions`. */
export interface LabelSelectorRequirement {
  readonly key: string;
  readonly operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist' | (string & {});
  readonly values?: readonly string[];
}

/** A selector as objects carry it; null (or undefined) matches nothing, `{}` matches everything. */
export interface LabelSelector {
  readonly matchLabels?: Labels;
  readonly matchExpressions?: readonly LabelSelectorRequirement[];
}

/** A selector ready for matching: all requirements must hold; sorted by key as Kubernetes prints them. */
export class Selector {
  readonly requirements: readonly Requirement[];
  /** True for the selector of a null LabelSelector, which matches no object at all. */
  readonly nothing: boolean;

  constructor(requirements: readonly Requirement[], nothing: boolean) {
    this.requirements = [...requirements].sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
    this.nothing = nothing;
  }

  /** Whether it restricts nothing (labels.Selector.Empty). */
  get empty(): boolean {
    return !this.nothing && this.requirements.length === 0;
  }

  matches(labels: Labels): boolean {
    if (this.nothing) return false;
    for (const requirement of this.requirements) if (!requirement.matches(labels)) return false;
    return true;
  }

  toString(): string {
    return this.requirements.join(',');
  }
}

export const NOTHING: Selector = new Selector([], true);
const EVERYTHING: Selector = new Selector([], false);

const OPERATORS: ReadonlyMap<string, Operator> = new Map<string, Operator>([
  ['In', 'in'],
  ['NotIn', 'notin'],
  ['Exists', 'exists'],
  ['DoesNotExist', '!'],
]);

/** Prepares a selector for matching; throws InputError where Kubernetes refuses it (metav1.LabelSelectorAsSelector). */
export function compileSelector(selector: LabelSelector | null | undefined): Selector {
  if (selector === null || selector === undefined) return NOTHING;
  const requirements: Requirement[] = [];
  for (const [key, value] of Object.entries(selector.matchLabels ?? {}))
    requirements.push(Requirement.checked(key, '=', [value]));
  for (const { key, operator, values } of selector.matchExpressions ?? []) {
    const known = OPERATORS.get(operator);
    if (known === undefined)
      throw new InputError(`${JSON.stringify(operator)} is not a label selector operator`, {
        value: operator,
        remedy: `use ${[...OPERATORS.keys()].join(', ')}`,
      });
    requirements.push(Requirement.checked(key, known, values ?? []));
  }
  return requirements.length === 0 ? EVERYTHING : new Selector(requirements, false);
}

/** Whether the selector matches. Compiles it each time when it has expressions: keep a `Selector` on hot paths. */
export function matches(selector: LabelSelector | null | undefined, labels: Labels): boolean {
  if (selector === null || selector === undefined) return false;
  if ((selector.matchExpressions?.length ?? 0) > 0) return compileSelector(selector).matches(labels);
  const wanted = selector.matchLabels ?? {};
  for (const key in wanted) if (!Object.hasOwn(labels, key) || labels[key] !== wanted[key]) return false;
  return true;
}
