import { InputError } from '../api/input-error.js';
import type { Axis } from '../scenario/experiment.js';
import type { ReadFile } from '../scenario/files.js';
import { loadScenario, readDocument } from '../scenario/loader.js';
import { settingPath } from '../scenario/setting.js';
import { BundleReader } from './bundle-reader.js';
import type { Bundle } from './outcome.js';

/** A scenario ready to be run with other settings. */
export interface SearchBase {
  readonly name: string;
  readonly question: string;
  readonly seed: number;
  readonly bundle: Bundle;
  readonly warnings: readonly string[];
  /** What the scenario says of a setting, or else its default. */
  readonly current: (path: string) => unknown;
}

/** Reads a scenario and whatever it may name at any level of the axes. Throws InputError for what cannot be varied. */
export function prepareSearch(file: string, readFile: ReadFile, axes: readonly Axis[]): SearchBase {
  const reader = new BundleReader(file, readFile);
  return reader.guarded(() => {
    const { name, question, seed, warnings, cluster } = loadScenario(reader.file, { readFile: reader.read });
    for (const settings of axes.flatMap(({ levels }) => levels)) {
      try {
        const namesFiles = settings.some(({ value }) => typeof value === 'string');
        if (namesFiles) loadScenario(reader.file, { readFile: reader.read, settings });
        else readDocument(reader.file, { readFile: reader.read, settings });
      } catch (error) {
        if (!(error instanceof InputError)) throw error;
        const level = settings.map(({ path, value }) => `${path}=${JSON.stringify(value)}`).join(', ');
        throw new InputError(
          `${error.message} (with ${level})`,
          error.remedy === undefined ? {} : { remedy: error.remedy },
        );
      }
    }
    const document = readDocument(reader.file, { readFile: reader.read });
    return {
      name,
      question,
      seed,
      warnings,
      bundle: reader.bundle(),
      current: (path) => valueAt(document, path) ?? valueAt({ cluster }, path),
    };
  });
}

function valueAt(document: unknown, path: string): unknown {
  let value = document;
  for (const part of settingPath(path)) value = (value as Record<string | number, unknown> | null | undefined)?.[part];
  return value;
}
