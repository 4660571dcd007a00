import { createHash } from 'node:crypto';
import { canonicalJson } from '../api/canonical-json.js';
import { InputError } from '../api/input-error.js';
import type { Axis, Figure, StopRule } from '../scenario/experiment.js';
import type { ReadFile } from '../scenario/files.js';
import { loadScenario, readDocument } from '../scenario/loader.js';
import { EXPERIMENT_KEYS } from '../scenario/schema-experiment.js';
import type { Setting } from '../scenario/setting.js';
import { BundleReader } from './bundle-reader.js';
import { DEFAULT_FIGURES } from './default-figures.js';
import type { Bundle } from './outcome.js';
import type { Sweep, SweepVariant } from './sweep.js';
import { type Variant, variantsOf } from './variants.js';

/** What may be said beside the scenario file. */
export interface SweepRequest {
  readonly file: string;
  readonly readFile: ReadFile;
  /** Version and hash of the program. */
  readonly program: string;
  readonly seed?: number | undefined;
  /** Take the place of the file's axes for the same paths, and add to the others. */
  readonly axes?: readonly Axis[] | undefined;
  readonly replications?: number | undefined;
  readonly until?: StopRule | undefined;
  /** Names of the figures to look at instead of the file's. */
  readonly figures?: readonly string[] | undefined;
}

/** Replications when nothing is said: enough for intervals that are worth something. */
const DEFAULT_REPLICATIONS = 5;
/** The most replications of a sweep that stops by itself, when nothing is said. */
const DEFAULT_REPLICATIONS_MAX = 100;

/**
 * Reads a scenario as an experiment. Every variant is held against the schema before anything runs; what is wrong with
 * some of them only shows as failed runs later, what is wrong with all of them is an InputError now.
 */
export function prepareSweep(request: SweepRequest): Sweep {
  const reader = new BundleReader(request.file, request.readFile);
  return reader.guarded(() => {
    const scenario = loadScenario(reader.file, { readFile: reader.read });
    const { experiment } = scenario;
    const axes = mergedAxes(experiment.axes, request.axes ?? []);
    const variants = variantsOf(axes, experiment.exclude);
    checkVariants(variants, reader);
    const until = request.until ?? experiment.until;
    const replications = request.replications ?? experiment.replications;
    const { program } = request;
    return {
      name: scenario.name,
      question: scenario.question,
      variants: withContent(variants, reader, program),
      bundle: reader.bundle(),
      axes,
      seed: request.seed ?? scenario.seed,
      replications: replications ?? (until === undefined ? DEFAULT_REPLICATIONS : DEFAULT_REPLICATIONS_MAX),
      until,
      figures: chosenFigures(experiment.figures, request.figures),
      identity: {
        program,
        scenario: sha256(baseOf(reader, [])),
        files: hashes(reader.bundle()),
      },
      warnings: scenario.warnings,
    };
  });
}

function mergedAxes(written: readonly Axis[], added: readonly Axis[]): readonly Axis[] {
  const replaced = new Set(added.flatMap(({ paths }) => paths));
  return [...written.filter(({ paths }) => !paths.some((path) => replaced.has(path))), ...added];
}

function checkVariants(variants: readonly Variant[], reader: BundleReader): void {
  let first: InputError | undefined;
  for (const { settings, label } of variants) {
    try {
      readDocument(reader.file, { readFile: reader.read, settings });
      return;
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      first ??= variants.length === 1 && settings.length === 0 ? error : inVariant(error, label);
    }
  }
  if (first !== undefined) throw first;
}

function inVariant(error: InputError, label: string): InputError {
  const { file, line, column, path, value, remedy } = error;
  const known = Object.entries({ file, line, column, path, value, remedy }).filter(([, part]) => part !== undefined);
  return new InputError(`${error.message} (with ${label})`, Object.fromEntries(known));
}

/**
 * Each variant with the hash of all it is made from. Numbers name no files, so variants that differ in nothing else read
 * the same ones, and one of them is loaded for all.
 */
function withContent(variants: readonly Variant[], reader: BundleReader, program: string): SweepVariant[] {
  const filesByTexts = new Map<string, string>();
  return variants.map((variant) => {
    const texts = canonicalJson(
      variant.settings.filter(({ value }) => typeof value === 'string' || typeof value === 'object'),
    );
    let files = filesByTexts.get(texts);
    if (files === undefined) {
      files = canonicalJson(hashes(filesRead(variant, reader)));
      filesByTexts.set(texts, files);
    }
    return { ...variant, content: sha256(canonicalJson([program, baseOf(reader, variant.settings), files])) };
  });
}

/** What a variant reads, as far as it can be loaded. */
function filesRead({ settings }: Variant, reader: BundleReader): Bundle {
  const own = new BundleReader(reader.file, reader.read);
  try {
    loadScenario(reader.file, { readFile: own.read, settings });
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
  }
  return own.bundle();
}

/** The scenario as a text that is the same for the same content, without what an experiment may add to later. */
function baseOf(reader: BundleReader, settings: readonly Setting[]): string {
  try {
    const document = { ...readDocument(reader.file, { readFile: reader.read, settings }) };
    for (const key of EXPERIMENT_KEYS) delete document[key];
    return canonicalJson(document);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return canonicalJson([reader.read(reader.file), settings]);
  }
}

function hashes({ file, files }: Bundle): Record<string, string> {
  return Object.fromEntries(
    Object.entries(files)
      .filter(([path]) => path !== file)
      .map(([path, text]) => [path, sha256(text)]),
  );
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function chosenFigures(declared: readonly Figure[], names: readonly string[] | undefined): readonly Figure[] {
  const plain = (name: string): Figure => ({
    name,
    value: name,
    series: undefined,
    warmUpNs: 0,
    unit: unitOf(name),
    better: 'less',
  });
  if (names !== undefined) return names.map((name) => declared.find((figure) => figure.name === name) ?? plain(name));
  return declared.length > 0 ? declared : DEFAULT_FIGURES.map(plain);
}

/** Of the figures of a summary: counts have none. */
function unitOf(name: string): string {
  if (/[rR]ate\./.test(name)) return '/s';
  return /\.(p\d+|max)$|[sS]econds$|^cpu\./.test(name) ? 's' : '';
}
