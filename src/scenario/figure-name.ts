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
const TEXTS = /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/g;
/** What an expression calls the members of a list: `exists(order, …)`. */
const MEMBERS = /\.(?:all|exists|exists_one|filter|map)\(\s*([A-Za-z_]\w*)\s*,/g;
/** What it asks for whether it is there. */
const ASKED_FOR = /\bhas\(\s*([\w.]+)\s*\)/g;

/** The first name of a CEL expression that `summary.json` never has, and that is none of its own. */
export function unknownFigure(expression: string): UnknownFigure | undefined {
  const plain = expression.replaceAll(TEXTS, '""');
  const own = new Set([MEMBERS, ASKED_FOR].flatMap((names) => [...plain.matchAll(names)].map(([, name]) => name!)));
  for (const [path] of plain.matchAll(PATHS)) {
    const keys = path.split('.');
    const unknown = own.has(path) || own.has(keys[0]!) ? undefined : unknownIn(keys);
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
