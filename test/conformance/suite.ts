/** One question to the real Kubernetes code, and its answer. */
export interface Case {
  readonly id: string;
  /** The first names the question. */
  readonly tags: readonly string[];
  readonly input: unknown;
  readonly expect: unknown;
}

/** A vector file: what the real code answered to a few dozen questions of one kind. */
export interface VectorFile {
  readonly constants?: unknown;
  readonly cases: readonly Case[];
}

/** Says that a question cannot be answered yet. */
export class Skip {
  readonly reason: string;

  constructor(reason: string) {
    this.reason = reason;
  }
}

/** Answers the questions of one vector file, named like it, with hubsim's own code. */
export interface Suite {
  readonly name: string;
  /** What hubsim answers, comparable with `case.expect` field by field, or a Skip. */
  answer(testCase: Case, constants: unknown): unknown;
  /** Where the answers differ; left out, they must be equal (see `firstDifference`). */
  compare?(expected: unknown, got: unknown): Difference | undefined;
}

/** The first place at which two values differ. */
export interface Difference {
  readonly path: string;
  readonly expected: unknown;
  readonly got: unknown;
}

/** Compares field by field; a field that is undefined counts as absent, the order of fields does not matter. */
export function firstDifference(expected: unknown, got: unknown, path = ''): Difference | undefined {
  if (typeof expected !== 'object' || typeof got !== 'object' || expected === null || got === null)
    return Object.is(expected, got) ? undefined : { path, expected, got };
  if (Array.isArray(expected) !== Array.isArray(got)) return { path, expected, got };
  const left = expected as Readonly<Record<string, unknown>>;
  const right = got as Readonly<Record<string, unknown>>;
  for (const key of new Set([...Object.keys(left), ...Object.keys(right)])) {
    const difference = firstDifference(
      left[key],
      right[key],
      Array.isArray(expected) ? `${path}[${key}]` : `${path}.${key}`,
    );
    if (difference !== undefined) return difference;
  }
  return undefined;
}
