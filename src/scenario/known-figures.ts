import { type ASTNode, Environment, type ObjectSchema } from '@marcbachmann/cel-js';
import { type Shape, SUMMARY_SHAPE } from '../measure/summary-shape.js';

/** A name in an expression that stands for no figure: its keys, and those that may stand in place of the last. */
export interface UnknownFigure {
  readonly keys: readonly string[];
  readonly known: readonly string[];
}

type Group = NonNullable<Shape>;

/** What expressions in CEL may ask for. The checker of types finds what else they ask for; all values are of any type. */
export class KnownFigures {
  readonly #figures: Group;
  #environment: Environment | undefined;

  constructor(figures: Group) {
    this.#figures = figures;
    this.#environment = undefined;
  }

  /**
   * The first name that is no figure, and none of `others` or of the expression's own. Throws an Error, that of the
   * parser, when it is not CEL.
   */
  unknownIn(expression: string, others: readonly string[] = []): UnknownFigure | undefined {
    this.#environment ??= withVariables(new Environment(), this.#figures);
    const own = Object.fromEntries(others.map((name) => [name, null]));
    const { error } = withVariables(this.#environment.clone(), own).parse(expression).check();
    if (error?.code !== 'unknown_variable' && error?.code !== 'no_such_key') return undefined;
    const keys = keysOf(error.node as ASTNode);
    const group = keys && this.at(keys.slice(0, -1));
    return group ? { keys: keys!, known: Object.keys(group) } : undefined;
  }

  /** What stands at a place: the keys of a group, `null` for a figure, undefined for nothing. */
  at(keys: readonly string[]): Shape | undefined {
    let shape: Shape | undefined = this.#figures;
    for (const key of keys) shape = shape && Object.hasOwn(shape, key) ? shape[key] : undefined;
    return shape;
  }
}

/** Those of `summary.json`. */
export const SUMMARY_FIGURES: KnownFigures = new KnownFigures(SUMMARY_SHAPE);

function withVariables(environment: Environment, figures: Group): Environment {
  for (const [name, shape] of Object.entries(figures))
    if (shape === null) environment.registerVariable(name, 'dyn');
    else environment.registerVariable(name, { schema: schemaOf(shape) });
  return environment;
}

function schemaOf(group: Group): ObjectSchema {
  return Object.fromEntries(
    Object.entries(group).map(([key, shape]) => [key, shape === null ? 'dyn' : schemaOf(shape)]),
  );
}

/** `pods`, `createdAt` and `p50` of `pods.createdAt["p50"]`; undefined for what does not begin with a name. */
function keysOf(node: ASTNode): readonly string[] | undefined {
  if (node.op === 'id') return [node.args];
  if (node.op !== '.' && node.op !== '[]') return undefined;
  const [of, key] = node.args;
  const last = typeof key === 'string' ? key : key.args;
  const before = keysOf(of);
  return before && typeof last === 'string' ? [...before, last] : undefined;
}
