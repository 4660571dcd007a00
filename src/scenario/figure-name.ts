import type { ASTNode } from '@marcbachmann/cel-js';
import { nearest } from '../api/did-you-mean.js';
import { type Shape, SUMMARY_SHAPE } from '../measure/summary-shape.js';
import { namesIn } from './cel-names.js';
import { LIVE_FIGURES } from './live-figures.js';
import { suggest } from './suggest.js';

/** A name of an expression that stands for nothing in `summary.json`, and what may be meant. */
export interface UnknownFigure {
  readonly name: string;
  readonly remedy: string;
}

const ONLY_LIVE = 'that is known while a run goes on: write it within always(…), eventually(…) or within(60s, …)';

/** The first name of a CEL expression that `summary.json` never has, and that is none of its own. */
export function unknownFigure(expression: ASTNode): UnknownFigure | undefined {
  for (const keys of namesIn(expression)) {
    const unknown = unknownIn(keys);
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
