import { nearest } from '../api/did-you-mean.js';
import { DEFAULT_ARGS, type PluginArgs } from '../spokes/scheduler/plugin-args.js';
import { DEFAULT_CHOICES } from '../spokes/scheduler/plugin-choice.js';
import type { ProfileOptions } from '../spokes/scheduler/scheduler-options.js';
import { firstMistake } from './issue.js';
import { ARGS_SCHEMAS } from './scheduler-args-schema.js';
import {
  type PluginConfigInput,
  type ProfileInput,
  type SchedulerConfigInput,
  schedulerConfigSchema,
} from './scheduler-config-schema.js';
import { PLUGIN_POINTS } from './scheduler-plugin-points.js';
import { choosePlugins, isOn, type PluginsInput, POINT_NAMES, type PointName } from './scheduler-plugins.js';
import type { Path, Source } from './source.js';

/** What a KubeSchedulerConfiguration says; undefined where it leaves the default. */
export interface SchedulerFile {
  readonly input: SchedulerConfigInput;
  readonly profiles: readonly ProfileOptions[];
}

/** Plugins that Kubernetes had once (apis/config/validation invalidPluginsByVersion). */
const REMOVED = ['AzureDiskLimits', 'CinderLimits', 'EBSLimits', 'GCEPDLimits'];
const KNOWN: readonly string[] = DEFAULT_CHOICES.map(({ name }) => name);

/** Reads a KubeSchedulerConfiguration. Throws InputError with the place of what is wrong, and what to write instead. */
export function readSchedulerConfig(source: Source, percentageOfNodesToScore: number | undefined): SchedulerFile {
  const parsed = schedulerConfigSchema.safeParse(source.value);
  if (!parsed.success) throw firstMistake(parsed.error.issues, source);
  const input = parsed.data;
  checkBackoff(input, source);
  const given = input.profiles ?? [];
  const profiles = given.length === 0 ? [{}] : given;
  const percentage = percentageOfNodesToScore ?? input.percentageOfNodesToScore ?? 0;
  const options = profiles.map((profile, index) => readProfile(profile, profiles, index, percentage, source));
  return { input, profiles: options };
}

function checkBackoff(
  { podInitialBackoffSeconds = 1, podMaxBackoffSeconds = 10 }: SchedulerConfigInput,
  source: Source,
) {
  if (podMaxBackoffSeconds >= podInitialBackoffSeconds) return;
  const remedy = `write at least podInitialBackoffSeconds, which is ${podInitialBackoffSeconds}`;
  throw source.error(['podMaxBackoffSeconds'], `${podMaxBackoffSeconds} is too small`, remedy);
}

function readProfile(
  profile: ProfileInput,
  all: readonly ProfileInput[],
  index: number,
  percentage: number,
  source: Source,
): ProfileOptions {
  const path = ['profiles', index];
  const plugins = profile.plugins ?? {};
  checkPlugins(plugins, [...path, 'plugins'], source);
  return {
    schedulerName: nameOf(profile, all, path, source),
    percentageOfNodesToScore: profile.percentageOfNodesToScore ?? percentage,
    plugins: choosePlugins(plugins),
    args: readArgs(profile.pluginConfig ?? [], [...path, 'pluginConfig'], source),
  };
}

/** Only a profile that is alone may leave its name out. */
function nameOf({ schedulerName }: ProfileInput, all: readonly ProfileInput[], path: Path, source: Source): string {
  if (schedulerName === undefined) {
    if (all.length === 1) return 'default-scheduler';
    throw source.error(path, 'the profile has no schedulerName', 'each of several profiles needs one');
  }
  const first = all.findIndex((other) => other.schedulerName === schedulerName);
  if (first === path[1]) return schedulerName;
  throw source.error([...path, 'schedulerName'], `profile ${first} has the name ${schedulerName} already`);
}

function checkPlugins(plugins: PluginsInput, path: Path, source: Source): void {
  for (const point of POINT_NAMES) {
    const { enabled = [], disabled = [] } = plugins[point] ?? {};
    const seen = new Set<string>();
    enabled.forEach(({ name }, index) => {
      const at = [...path, point, 'enabled', index, 'name'];
      checkName(name, at, source);
      if (seen.has(name)) throw source.error(at, `${name} is enabled twice`);
      seen.add(name);
      checkPoint(name, point, at, source);
    });
    disabled.forEach(({ name }, index) => {
      if (name !== '*') checkName(name, [...path, point, 'disabled', index, 'name'], source);
    });
  }
  if (!isOn(plugins, 'queueSort', 'PrioritySort'))
    throw source.error(path, 'the queue is not sorted', 'leave PrioritySort enabled at queueSort');
  if (!isOn(plugins, 'bind', 'DefaultBinder'))
    throw source.error(path, 'nothing binds pods', 'leave DefaultBinder enabled at bind');
}

function checkPoint(name: string, point: PointName, path: Path, source: Source): void {
  const points = PLUGIN_POINTS[name]!;
  if (point === 'multiPoint' || points.includes(point)) return;
  throw source.error(path, `${name} does nothing at ${point}`, `it can be enabled at multiPoint, ${points.join(', ')}`);
}

function checkName(name: string, path: Path, source: Source): void {
  if (KNOWN.includes(name)) return;
  if (REMOVED.includes(name)) throw source.error(path, `Kubernetes has no plugin ${name} any more`, 'leave it out');
  const near = nearest(name, KNOWN);
  const remedy = near === undefined ? `known are ${KNOWN.join(', ')}` : `did you mean ${near}?`;
  throw source.error(path, `there is no plugin ${JSON.stringify(name)}`, remedy);
}

function readArgs(configs: readonly PluginConfigInput[], path: Path, source: Source): PluginArgs {
  let args = DEFAULT_ARGS;
  configs.forEach(({ name, args: given = {} }, index) => {
    const at = [...path, index];
    checkName(name, [...at, 'name'], source);
    if (configs.findIndex((one) => one.name === name) !== index)
      throw source.error([...at, 'name'], `${name} is configured twice`);
    args = { ...args, ...parseArgs(name, given, [...at, 'args'], source) };
  });
  return args;
}

function parseArgs(name: string, given: object, path: Path, source: Source): Partial<PluginArgs> {
  const schema = ARGS_SCHEMAS[name];
  if (schema === undefined) {
    if (Object.keys(given).length === 0) return {};
    throw source.error(path, `${name} takes no arguments`, `only ${Object.keys(ARGS_SCHEMAS).join(', ')} take some`);
  }
  const { kind = `${name}Args` } = given as { readonly kind?: unknown };
  if (kind !== `${name}Args`) throw source.error([...path, 'kind'], `must be ${name}Args`);
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  throw firstMistake(
    parsed.error.issues.map((issue) => ({ ...issue, path: [...path, ...issue.path] })),
    source,
  );
}
