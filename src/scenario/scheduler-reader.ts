import type { SchedulerConfig } from '../cluster/config.js';
import { readNamed, resolveFile } from './files.js';
import { fill } from './fill.js';
import type { ManifestFiles } from './manifest-files.js';
import { readSchedulerConfig, type SchedulerFile } from './scheduler-config-reader.js';
import type { OtherSchedulerInput, SchedulerInput } from './schema-cluster.js';
import { type Path, Source } from './source.js';

/** A scheduler: what the scenario says itself, else its KubeSchedulerConfiguration, else the defaults. Throws InputError. */
export function readScheduler(
  input: SchedulerInput | undefined,
  defaults: SchedulerConfig,
  source: Source,
  path: Path,
  files: ManifestFiles,
): SchedulerConfig {
  const file = input?.config === undefined ? undefined : readFile(input, source, [...path, 'config'], files);
  const { percentageOfNodesToScore } = input ?? {};
  const profiles =
    file?.profiles ??
    defaults.profiles.map((profile) => ({
      ...profile,
      percentageOfNodesToScore: percentageOfNodesToScore ?? profile.percentageOfNodesToScore,
    }));
  return { ...fill({ ...defaults, ...fromFile(file) }, input), profiles };
}

function readFile(input: SchedulerInput, source: Source, path: Path, files: ManifestFiles): SchedulerFile {
  const file = resolveFile(input.config!, source.fileAt([...path, 'config']));
  const text = readNamed(files.readFile, file, source, path);
  return readSchedulerConfig(new Source(text, file), input.percentageOfNodesToScore);
}

function fromFile(file: SchedulerFile | undefined): Partial<SchedulerConfig> {
  if (file === undefined) return {};
  const { clientConnection, parallelism, podInitialBackoffSeconds, podMaxBackoffSeconds } = file.input;
  const { qps, burst, contentType } = clientConnection ?? {};
  return {
    ...(qps === undefined || qps === 0 ? {} : { kubeApiQps: qps }),
    ...(burst === undefined ? {} : { kubeApiBurst: burst }),
    ...(contentType === 'application/json' ? { contentType } : {}),
    ...(parallelism === undefined ? {} : { parallelism }),
    ...(podInitialBackoffSeconds === undefined ? {} : { podInitialBackoffNs: podInitialBackoffSeconds * 1e9 }),
    ...(podMaxBackoffSeconds === undefined ? {} : { podMaxBackoffNs: podMaxBackoffSeconds * 1e9 }),
  };
}

/** Schedulers beside the first; no two may want the same pods. */
export function readOtherSchedulers(
  inputs: readonly OtherSchedulerInput[],
  first: SchedulerConfig,
  defaults: SchedulerConfig,
  source: Source,
  files: ManifestFiles,
): readonly { readonly name: string; readonly config: SchedulerConfig }[] {
  const taken = new Set(first.profiles.map(({ schedulerName }) => schedulerName));
  return inputs.map((input, index) => {
    const path = ['cluster', 'otherSchedulers', index];
    const named = defaults.profiles.map((profile) => ({ ...profile, schedulerName: input.name }));
    const config = readScheduler(input, { ...defaults, profiles: named }, source, path, files);
    for (const { schedulerName } of config.profiles) {
      if (taken.has(schedulerName))
        throw source.error(path, `another scheduler has the profile ${schedulerName}`, 'give each a schedulerName');
      taken.add(schedulerName);
    }
    return { name: input.name, config };
  });
}
