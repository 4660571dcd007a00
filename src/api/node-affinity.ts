import { InputError } from './input-error.js';
import type { Labels } from './labels.js';
import { type Operator, Requirement } from './requirement.js';

/** A condition on a node's labels or fields as a manifest writes it. */
export interface NodeSelectorRequirement {
  readonly key: string;
  readonly operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist' | 'Gt' | 'Lt' | (string & {});
  readonly values?: readonly string[];
}

export interface NodeSelectorTermManifest {
  readonly matchExpressions?: readonly NodeSelectorRequirement[];
  readonly matchFields?: readonly NodeSelectorRequirement[];
}

const OPERATORS: ReadonlyMap<string, Operator> = new Map<string, Operator>([
  ['In', 'in'],
  ['NotIn', 'notin'],
  ['Exists', 'exists'],
  ['DoesNotExist', '!'],
  ['Gt', 'gt'],
  ['Lt', 'lt'],
]);

/** A field must have the value, or must not. */
interface FieldRequirement {
  readonly key: string;
  readonly equal: boolean;
  readonly value: string;
}

/** All conditions of one term of a node selector; a term that does not parse is an error only where it is reached. */
export class NodeSelectorTerm {
  readonly labels: readonly Requirement[];
  readonly fields: readonly FieldRequirement[];
  readonly error: InputError | undefined;

  constructor(manifest: NodeSelectorTermManifest) {
    const errors: InputError[] = [];
    this.labels = compileEach(manifest.matchExpressions, labelRequirement, errors);
    this.fields = compileEach(manifest.matchFields, fieldRequirement, errors);
    this.error = errors[0];
  }

  matches(nodeName: string, nodeLabels: Labels): boolean {
    for (const requirement of this.labels) if (!requirement.matches(nodeLabels)) return false;
    for (const { key, equal, value } of this.fields) {
      // The name is the only field a node has here; others read as empty.
      const actual = key === 'metadata.name' ? nodeName : '';
      if ((actual === value) !== equal) return false;
    }
    return true;
  }
}

function compileEach<T>(
  requirements: readonly NodeSelectorRequirement[] | undefined,
  compile: (requirement: NodeSelectorRequirement) => T,
  errors: InputError[],
): readonly T[] {
  const compiled: T[] = [];
  for (const requirement of requirements ?? []) {
    try {
      compiled.push(compile(requirement));
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      errors.push(error);
    }
  }
  return compiled;
}

function labelRequirement({ key, operator, values }: NodeSelectorRequirement): Requirement {
  const known = OPERATORS.get(operator);
  if (known === undefined)
    throw new InputError(`${JSON.stringify(operator)} is not a node selector operator`, {
      value: operator,
      remedy: `use ${[...OPERATORS.keys()].join(', ')}`,
    });
  return Requirement.checked(key, known, values ?? []);
}

function fieldRequirement({ key, operator, values = [] }: NodeSelectorRequirement): FieldRequirement {
  if (operator !== 'In' && operator !== 'NotIn')
    throw new InputError(`${JSON.stringify(operator)} is not an operator for matchFields`, {
      value: operator,
      remedy: 'use In or NotIn',
    });
  if (values.length !== 1) throw new InputError('values must have one element', { value: values });
  return { key, equal: operator === 'In', value: values[0]! };
}

function isEmptyTerm(term: NodeSelectorTermManifest): boolean {
  return (term.matchExpressions?.length ?? 0) === 0 && (term.matchFields?.length ?? 0) === 0;
}

/** Terms of which one must match; no terms, or only empty ones, match no node (nodeaffinity.LazyErrorNodeSelector). */
export class NodeSelector {
  readonly terms: readonly NodeSelectorTerm[];

  constructor(terms: readonly NodeSelectorTermManifest[]) {
    this.terms = terms.filter((term) => !isEmptyTerm(term)).map((term) => new NodeSelectorTerm(term));
  }

  /** Throws InputError if no term matches and one of them is malformed. */
  matches(nodeName: string, nodeLabels: Labels): boolean {
    let error: InputError | undefined;
    for (const term of this.terms) {
      if (term.error !== undefined) error ??= term.error;
      else if (term.matches(nodeName, nodeLabels)) return true;
    }
    if (error !== undefined) throw error;
    return false;
  }
}

/** A preferred term and its weight, 1 to 100; terms of weight 0 and empty ones are left out beforehand. */
export interface PreferredTerm {
  readonly weight: number;
  readonly term: NodeSelectorTerm;
}

export interface PreferredTermManifest {
  readonly weight: number;
  readonly preference: NodeSelectorTermManifest;
}

/** The preferred terms that can add to a score; throws InputError if one is malformed (NewPreferredSchedulingTerms). */
export function preferredTerms(manifests: readonly PreferredTermManifest[]): readonly PreferredTerm[] {
  const terms: PreferredTerm[] = [];
  for (const { weight, preference } of manifests) {
    if (weight === 0 || isEmptyTerm(preference)) continue;
    const term = new NodeSelectorTerm(preference);
    if (term.error !== undefined) throw term.error;
    terms.push({ weight, term });
  }
  return terms;
}

/** Whether a node satisfies a pod's nodeSelector and required node affinity (nodeaffinity.RequiredNodeAffinity.Match). */
export function matchesNode(
  nodeSelector: Labels | undefined,
  required: NodeSelector | undefined,
  nodeName: string,
  nodeLabels: Labels,
): boolean {
  for (const key in nodeSelector)
    if (!Object.hasOwn(nodeLabels, key) || nodeLabels[key] !== nodeSelector[key]) return false;
  return required === undefined || required.matches(nodeName, nodeLabels);
}
