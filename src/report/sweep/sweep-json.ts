import type { SweepIdentity } from '../../experiment/sweep.js';
import type { FigureResult, SweepResult } from '../../experiment/sweep-result.js';

export const SWEEP_SCHEMA = 'hubsim/sweep/v1';

/** `sweep.json`: what was run, and what each variant came to; null for what is not known. */
export function sweepJson({ name, question, paths, figures, variants }: SweepResult, identity: SweepIdentity): string {
  const content = {
    schema: SWEEP_SCHEMA,
    name,
    question,
    identity,
    paths,
    figures: figures.map(({ name: figure, value, series, unit, better }) => ({
      name: figure,
      value,
      series,
      unit,
      better,
    })),
    variants: variants.map(({ figures: results, ...variant }) => ({
      ...variant,
      figures: Object.fromEntries(Object.entries(results).map(([figure, result]) => [figure, short(result)])),
    })),
  };
  return `${JSON.stringify(content, undefined, 2)}\n`;
}

/** Without the values of the single runs, which stand in `runs.ndjson`. JSON writes what is not finite as null. */
function short({ values: _, ...result }: FigureResult): object {
  return result;
}
