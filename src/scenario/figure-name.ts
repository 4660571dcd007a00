import { nearest } from '../api/did-you-mean.js';
import { type Shape, SUMMARY_SHAPE } from '../measure/summary-shape.js';
import { LIVE_FIGURES } from './live-figures.js';
import { suggest } from './suggest.js';

/** A name of an expression that stands for nothing in `summary.json`, and what may be meant. */
export interface UnknownFigure {
  readonly name: string;
  readonly remedy: string;
}

const ONLY_LIVE = 'that is known while a run goes on: write it within always(…), eventually(…) or within(60s, …)';

/** Names with something behind them: `pods.running`, and `name.startsWith(` without what is called. */
const PATHS = /(?<![\w.\])])[A-Za-z_]\w*(?:\.[A-Za-z_]\w*(?![\w(]))+/g;
/** What is no name: a text, and what is asked whether it is there. */
const OTHER = /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|\bhas\([^()]*\)/g;

/** The first name of a CEL expression that `summary.json` never has. What it makes for itself, as in `exists(o, o.kind == …)`, may be. */
export function unknownFigure(expression: string): UnknownFigure | undefined {
  for (const [path] of expression.replaceAll(OTHER, '""').matchAll(PATHS)) {
    const unknown = unknownIn(path.split('.'));
    if (unknown !== undefined) return unknown;
  }
  return undefined;
}

function unknownIn(keys: readonly string[]): UnknownFigure | undefined {
  let shape: Shape = SUMMARY_SHAPE;
  for (const [index, key] of keys.entries()) {
    if (shape === null) return undefined;
    const known: readonly string[] = Object.keys(shape);
    if (!known.includes(key)) {
      if (index === 0 && nearest(key, known) === undefined) return undefined;
      const name = keys.slice(0, index + 1).join('.');
      return { name, remedy: Object.hasOwn(LIVE_FIGURES, name) ? ONLY_LIVE : suggest(key, known) };
    }
    shape = shape[key]!;
  }
  return undefined;
}
