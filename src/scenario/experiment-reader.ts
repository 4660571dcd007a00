import type { InputError } from '../api/input-error.js';
import { parseExpectation } from './expectation.js';
import type { Axis, ExperimentConfig, Figure } from './experiment.js';
import type { ExperimentInput, FigureInput } from './schema-experiment.js';
import { settingPath } from './setting.js';
import type { Source } from './source.js';

/** Checks what the schema cannot: paths, and the CEL of figures. Throws InputError. */
export function readExperiment(input: ExperimentInput, source: Source): ExperimentConfig {
  checkPaths(input.vary ?? [], source);
  const figures = (input.figures ?? []).map((figure, index) => readFigure(figure, index, source));
  const names = figures.map(({ name }) => name);
  const twice = names.findIndex((name, index) => names.indexOf(name) !== index);
  if (twice >= 0)
    throw source.error(['figures', twice, 'name'], `two figures are named ${names[twice]}`, 'give each its own name');
  return {
    axes: input.vary ?? [],
    exclude: (input.exclude ?? []).map((entry) => Object.entries(entry).map(([path, value]) => ({ path, value }))),
    replications: input.replications,
    until: input.until,
    figures,
  };
}

/** An axis is an entry of the map, or of the list of maps, under `vary:`. */
function checkPaths(axes: readonly Axis[], source: Source): void {
  const isList = Array.isArray((source.value as { vary?: unknown }).vary);
  for (const [index, { paths }] of axes.entries())
    for (const path of paths) {
      try {
        settingPath(path);
      } catch (error) {
        const { message, remedy } = error as InputError;
        throw source.errorAtKey(isList ? ['vary', index] : ['vary'], path, message, remedy);
      }
    }
}

function readFigure(input: FigureInput, index: number, source: Source): Figure {
  const { name, value, series, warmUp, unit = '', better = 'less' } = input;
  const path = ['figures', index];
  if (value !== undefined && series !== undefined)
    throw source.error(path, 'a figure is a value or a series, not both');
  if (warmUp !== undefined && series === undefined) throw source.error(path, 'warmUp: belongs to a series:');
  const expression = series === undefined ? (value ?? name) : undefined;
  if (expression !== undefined) parseExpectation(expression, source, [...path, value === undefined ? 'name' : 'value']);
  return { name, value: expression, series, warmUpNs: warmUp ?? 0, unit, better };
}
