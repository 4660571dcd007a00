/** Values that a document may come to with all its aliases written out. */
const VALUES_MAX = 1_000_000;

/** What is wrong with the aliases of a document, and where. */
export interface AliasProblem {
  readonly message: string;
  readonly path: readonly (string | number)[];
}

/** Whether an anchor holds itself, or aliases of aliases make more of a document than anybody would write. */
export function aliasProblem(document: unknown): AliasProblem | undefined {
  return new Walk().visit(document, []);
}

class Walk {
  private readonly above: Set<object> = new Set();
  private values = 0;

  visit(value: unknown, path: AliasProblem['path']): AliasProblem | undefined {
    if (typeof value !== 'object' || value === null) return undefined;
    if (this.above.has(value)) return { message: 'is an alias within its own anchor', path };
    this.above.add(value);
    for (const [key, inner] of Object.entries(value)) {
      if (++this.values > VALUES_MAX) return { message: 'is too large with all its aliases written out', path };
      const problem = this.visit(inner, [...path, Array.isArray(value) ? Number(key) : key]);
      if (problem !== undefined) return problem;
    }
    this.above.delete(value);
    return undefined;
  }
}
