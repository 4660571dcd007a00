import { basename, extname, normalize } from 'node:path';
import { InputError } from '../api/input-error.js';
import type { ApiObject } from '../api/object.js';
import type { StateObject } from '../cluster/start-state.js';
import { isManifest, noteOn, scenarioAround } from './bare-manifest.js';
import { withClaims } from './claim-need.js';
import { readCluster } from './cluster-reader.js';
import type { Published, ScenarioConfig } from './config.js';
import { expand } from './expansion.js';
import { parseExpectation } from './expectation.js';
import { readExperiment } from './experiment-reader.js';
import { type ReadFile, readGiven, readNamed, resolveFile } from './files.js';
import { includeFiles } from './inclusion.js';
import { firstMistake } from './issue.js';
import { ManifestFiles } from './manifest-files.js';
import { withMetrics } from './metrics-need.js';
import { missingNamespaces } from './namespaces.js';
import { withLinks } from './network-links.js';
import { registerKinds } from './own-kinds.js';
import { readSpokes } from './own-spokes.js';
import { loadProfile } from './profile-file.js';
import { withQuotas } from './quota-need.js';
import { type ScenarioInput, scenarioSchema } from './schema.js';
import { missingAccounts } from './service-accounts.js';
import { change, type Setting } from './setting.js';
import { type Path, Source } from './source.js';
import { Apply } from './steps/apply.js';
import { Group } from './steps/group.js';
import { type Step, stepsWithin } from './steps/step.js';
import { StepReader } from './steps/step-reader.js';
import type { ScenarioStepInput } from './steps/step-schema.js';
import { missingClasses } from './storage-classes.js';

export interface LoadOptions {
  readonly readFile: ReadFile;
  /** Overrides the seed of the file. */
  readonly seed?: number;
  /** What an experiment changes in the file. */
  readonly settings?: readonly Setting[];
}

const DEFAULT_SEED = 1;
const DEFAULT_AT_MOST_NS = 3600e9;
export const DEFAULT_OBSERVE_NS = 100e6;

/**
 * Reads a scenario, or a bare manifest with a default scenario around it, and everything it names. Every mistake is
 * an InputError with file, line, column, path, what is wrong and what is allowed.
 */
export function loadScenario(file: string, options: LoadOptions): ScenarioConfig {
  const files = new ManifestFiles(options.readFile);
  const text = readGiven(options.readFile, file);
  const bare = isManifest(text);
  const { input, source } = parseScenario(bare ? scenarioAround(file) : text, file, options);
  const spokes = readSpokes(input.spokes ?? [], source, options.readFile, files.kinds);
  registerKinds(input.kinds ?? [], source, files.kinds);
  const named = { files, spokes: spokes.map(({ definition }) => definition.name) };
  const timeline = stepReader(source, named).readAll(input.timeline ?? [], ['timeline']);
  const said = readBefore(input, source, named, [normalize(file)]);
  const parts = { spokes, steps: [...said, ...timeline] };
  const asWritten = withLinks(readCluster(input.cluster, source, files), input.cluster.network?.links, parts, source);
  const implied = impliedObjects(parts.steps, asWritten.state);
  const before =
    implied.length === 0 ? said : [{ atNs: 0, place: source.place([]), action: new Apply(implied) }, ...said];
  const steps = [...before, ...timeline];
  const cluster = withClaims(withQuotas(withMetrics(asWritten, input.cluster, steps), steps), steps);
  return {
    name: input.name ?? basename(file, extname(file)),
    question: input.question ?? '',
    seed: options.seed ?? input.seed ?? DEFAULT_SEED,
    cluster,
    profile: loadProfile(cluster.profile),
    before,
    timeline,
    stop: { when: input.stop?.when ?? 'converged', atMostNs: input.stop?.atMost ?? DEFAULT_AT_MOST_NS },
    expect: (input.expect ?? []).map((expression, index) => parseExpectation(expression, source, ['expect', index])),
    observeNs: input.observe ?? DEFAULT_OBSERVE_NS,
    published: readPublished(input, source),
    experiment: readExperiment(input, source),
    kinds: files.kinds,
    spokes,
    shapes: files.shapes,
    warnings: bare ? [noteOn(file, cluster.profile), ...files.warnings] : files.warnings,
  };
}

function parseScenario(
  text: string,
  file: string,
  { readFile, settings = [] }: LoadOptions,
): { input: ScenarioInput; source: Source } {
  const source = new Source(text, file);
  includeFiles(source, readFile, [normalize(file)]);
  for (const setting of settings) change(source, setting);
  expand(source);
  if (source.value === null)
    throw new InputError('the file is empty', { file, remedy: 'hubsim init writes a scenario to begin with' });
  const result = scenarioSchema.safeParse(source.value);
  if (!result.success) throw firstMistake(result.error.issues, source);
  return { input: result.data, source };
}

/** What the scenario says, as plain values with the settings in place and the schema kept, and nothing of what it names. */
export function readDocument(file: string, options: LoadOptions): Readonly<Record<string, unknown>> {
  const text = readGiven(options.readFile, file);
  const { source } = parseScenario(isManifest(text) ? scenarioAround(file) : text, file, options);
  return source.value as Record<string, unknown>;
}

function readPublished({ published = [] }: ScenarioInput, source: Source): readonly Published[] {
  for (const [index, { value }] of published.entries()) parseExpectation(value, source, ['published', index, 'value']);
  return published;
}

/** What nothing in the scenario makes, and what it does needs: it comes before everything else. */
function impliedObjects(given: readonly Step[], state: readonly StateObject[]): readonly ApiObject[] {
  const steps = stepsWithin(given);
  const objects = steps.flatMap(({ action }) => action.objects ?? []);
  const all = [...state.map(({ object }) => object), ...objects];
  return [...missingNamespaces(steps), ...missingAccounts(all), ...missingClasses(all)];
}

/** What steps may name beside objects. */
interface Named {
  readonly files: ManifestFiles;
  /** Spokes of the scenario's own. */
  readonly spokes: readonly string[];
}

function stepReader(source: Source, { files, spokes }: Named): StepReader {
  return new StepReader(source, files, spokes);
}

/** The steps of `before`, those of included scenarios in their place. `chain` are the files on the way here. */
function readBefore(input: ScenarioInput, source: Source, named: Named, chain: readonly string[]): Step[] {
  const reader = stepReader(source, named);
  return (input.before ?? []).flatMap((step, index) => {
    if (!('scenario' in step)) return [reader.read(step, ['before', index])];
    return readIncluded((step as ScenarioStepInput).scenario, source, ['before', index, 'scenario'], named, chain);
  });
}

function readIncluded(
  named: string,
  source: Source,
  path: Path,
  { files, spokes }: Named,
  chain: readonly string[],
): Step[] {
  const file = resolveFile(named, source.fileAt(path));
  if (chain.includes(file)) {
    const circle = [...chain.slice(chain.indexOf(file)), file].join(' → ');
    throw source.error(path, `these scenarios wait for each other: ${circle}`, 'leave one of them out of `before`');
  }
  const { input, source: included } = parseScenario(readNamed(files.readFile, file, source, path), file, files);
  const before = readBefore(input, included, { files, spokes }, [...chain, file]);
  const reader = stepReader(included, { files, spokes });
  const timeline = stepsWithin(reader.readAll(input.timeline ?? [], ['timeline']));
  return [
    ...before,
    ...timeline.filter(({ action }) => !(action instanceof Group)).map((step) => ({ ...step, atNs: 0 })),
  ];
}
