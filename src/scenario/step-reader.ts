import { milliCpuOf } from '../api/amount.js';
import {
  DAEMON_SET,
  DEPLOYMENT,
  type Kind,
  POD,
  REPLICA_SET,
  REPLICATION_CONTROLLER,
  STATEFUL_SET,
} from '../api/kind.js';
import { labelKeyProblem, labelValueProblem } from '../api/names.js';
import type { ApiObject } from '../api/object.js';
import type { Patch } from '../api/patch.js';
import { KILLABLE, type NodeSelection, WATCH_FAULTS } from '../cluster/config.js';
import { Cordon } from '../spokes/user/cordon.js';
import { ImageChange } from '../spokes/user/image-change.js';
import { MergeChange } from '../spokes/user/merge-change.js';
import { MetadataChange, type MetadataValues } from '../spokes/user/metadata-change.js';
import { within } from './cluster-reader.js';
import {
  AT_CONDITION,
  type ChangeStep,
  type DeleteStep,
  type DemandStep,
  type DrainStep,
  type KillStep,
  type LoadStep,
  type NodeChangeStep,
  type ObjectName,
  type RolloutStep,
  type Step,
  type WatchFaultStep,
} from './config.js';
import { readCondition } from './live-figures.js';
import { readLoad } from './load-reader.js';
import type { ManifestFiles } from './manifest-files.js';
import { readNodes } from './node-selection.js';
import { parseObjectName } from './object-name.js';
import { readRepetition, renamed } from './repetition.js';
import type {
  ConflictStormInput,
  DemandInput,
  NodesInput,
  RolloutInput,
  StepInput,
  WatchFaultInput,
} from './schema-step.js';
import { formatPath, type Path, type Source } from './source.js';
import { suggest } from './suggest.js';
import { parseTaintChange } from './taint.js';

/** A step that is not another scenario. */
export type ActionStepInput = Exclude<StepInput, { scenario: string }>;

const POLICIES = { background: 'Background', foreground: 'Foreground', orphan: 'Orphan' } as const;

type Bare<Of extends Step> = Omit<Of, 'atNs' | 'place'>;
type CommandInput = Exclude<
  ActionStepInput,
  | { apply: string }
  | { scale: string }
  | { load: string }
  | { demand: string }
  | { fault: string }
  | { steps: readonly StepInput[] }
>;
type CommandStep = Bare<DeleteStep> | Bare<ChangeStep> | Bare<NodeChangeStep> | Bare<RolloutStep> | Bare<DrainStep>;

/** kubectl rollout knows these kinds; only a Deployment can be paused. */
const ROLLED_OUT: readonly Kind[] = [DEPLOYMENT, STATEFUL_SET, DAEMON_SET];
/** Kinds whose template of pods may change. */
const TEMPLATED: readonly Kind[] = [...ROLLED_OUT, REPLICA_SET];

/** Turns the steps of one scenario file into resolved ones; every mistake is an InputError at its place. */
export class StepReader {
  readonly #source: Source;
  readonly #files: ManifestFiles;

  constructor(source: Source, files: ManifestFiles) {
    this.#source = source;
    this.#files = files;
  }

  /** `path` is where the step stands: `timeline[2]`. */
  read(input: ActionStepInput, path: Path): Step {
    const base = { ...this.#moment(input, path), place: this.#source.place(path) };
    if ('steps' in input) return { ...base, action: 'group', steps: this.readAll(input.steps, [...path, 'steps']) };
    if ('apply' in input) {
      const objects = this.#manifests(input.apply, [...path, 'apply']);
      const sourceOf = (object: ApiObject) => this.#files.sourceOf(object);
      return { ...base, action: 'apply', objects, sourceOf, clients: input.clients ?? 1 };
    }
    if ('scale' in input)
      return { ...base, action: 'scale', target: this.#name(input, 'scale', path), replicas: input.replicas };
    if ('fault' in input && input.fault === 'kill') return { ...base, ...this.#kill(input.target, input.for, path) };
    if ('fault' in input && input.fault === 'conflict-storm') return { ...base, ...this.#storm(input, path) };
    if ('fault' in input && isWatchFault(input)) return { ...base, ...this.#watchFault(input, path) };
    if ('fault' in input) {
      const { fault, for: forNs = -1, factor = 1 } = input;
      return { ...base, action: 'node-fault', fault, nodes: this.#nodes(input, 'nodes', path), forNs, factor };
    }
    if ('demand' in input) return { ...base, ...this.#demand(input, path) };
    if ('load' in input) return { ...base, ...readLoad(input, this.#source, path, this.#files) };
    return { ...base, ...this.#command(input, path) };
  }

  /** A list of steps, in the order of their times. */
  readAll(inputs: readonly StepInput[], path: Path): readonly Step[] {
    let latestNs = 0;
    return inputs.flatMap((input, index) => {
      // The schema knows no scenario: steps but in before.
      const step = this.read(input as ActionStepInput, [...path, index]);
      if (step.atNs >= 0 && step.atNs < latestNs)
        throw this.#source.error([...path, index, 'at'], 'a step must not be before the one above it');
      latestNs = Math.max(latestNs, step.atNs);
      return renamed(step, this.#source, [...path, index]);
    });
  }

  /** When and how often. */
  #moment(input: ActionStepInput, path: Path): Pick<Step, 'atNs' | 'when' | 'repeat'> {
    const repeat = readRepetition(input, this.#source, path);
    const repeated = repeat === undefined ? {} : { repeat };
    if (typeof input.at !== 'object') return { atNs: input.at ?? 0, ...repeated };
    const { when } = input.at;
    const condition = within(this.#source, [...path, 'at', 'when'], () => readCondition(when));
    return { atNs: AT_CONDITION, when: condition, ...repeated };
  }

  /** What somebody does with kubectl. */
  #command(input: CommandInput, path: Path): CommandStep {
    if ('delete' in input) {
      const { propagation = 'background', gracePeriod } = input;
      const propagationPolicy = POLICIES[propagation];
      const options = gracePeriod === undefined ? {} : { gracePeriodSeconds: Math.ceil(gracePeriod / 1e9) };
      const target = this.#name(input, 'delete', path);
      return { action: 'delete', target, options: { propagationPolicy, ...options } };
    }
    if ('patch' in input) return this.#change(input, 'patch', new MergeChange(input.with, this.#files.shapes), path);
    if ('label' in input) {
      this.#checkKeys(input.labels, [...path, 'labels'], labelValueProblem);
      return this.#change(input, 'label', new MetadataChange('labels', input.labels), path);
    }
    if ('annotate' in input) {
      this.#checkKeys(input.annotations, [...path, 'annotations'], () => undefined);
      return this.#change(input, 'annotate', new MetadataChange('annotations', input.annotations), path);
    }
    if ('set-image' in input)
      return this.#change(input, 'set-image', new ImageChange(input.images, this.#files.shapes), path);
    if ('rollout' in input) return this.#rollout(input, path);
    if ('taint' in input) {
      const change = within(this.#source, [...path, 'taints'], () => parseTaintChange(input.taints));
      return { action: 'node-change', nodes: this.#nodes(input, 'taint', path), change };
    }
    if ('cordon' in input)
      return { action: 'node-change', nodes: this.#nodes(input, 'cordon', path), change: new Cordon(true) };
    if ('uncordon' in input)
      return { action: 'node-change', nodes: this.#nodes(input, 'uncordon', path), change: new Cordon(false) };
    const { force = false, gracePeriod, timeout = 0 } = input;
    const gracePeriodSeconds = gracePeriod === undefined ? -1 : Math.ceil(gracePeriod / 1e9);
    const options = { force, gracePeriodSeconds, timeoutNs: timeout };
    return { action: 'drain', nodes: this.#nodes(input, 'drain', path), options };
  }

  #change<Key extends string>(
    input: { readonly [K in Key]: string } & StepInput,
    key: Key,
    change: Patch,
    path: Path,
  ): Bare<ChangeStep> {
    const target = this.#name(input, key, path);
    if (key === 'set-image' && ![...TEMPLATED, POD].includes(target.kind))
      throw this.#source.error([...path, key], `a ${target.kind.name} has no containers that could be changed`);
    return { action: 'change', target, change };
  }

  #rollout(input: RolloutInput & StepInput, path: Path): Bare<RolloutStep> {
    const target = this.#name(input, 'target', path);
    const { rollout: verb, toRevision = 0 } = input;
    const kinds = verb === 'pause' || verb === 'resume' ? [DEPLOYMENT] : ROLLED_OUT;
    if (!kinds.includes(target.kind)) {
      const names = kinds.map(({ name }) => name.toLowerCase()).join(', ');
      throw this.#source.error(
        [...path, 'target'],
        `rollout ${verb} is not for a ${target.kind.name}`,
        `it is for ${names}`,
      );
    }
    return { action: 'rollout', verb, target, toRevision };
  }

  #checkKeys(values: MetadataValues, path: Path, valueProblem: (value: string) => string | undefined): void {
    for (const [key, value] of Object.entries(values)) {
      const problem = labelKeyProblem(key) ?? (value === null ? undefined : valueProblem(value));
      if (problem !== undefined) throw this.#source.error([...path, key], `the key or value ${problem}`);
    }
  }

  #nodes<Key extends string>(input: { readonly [K in Key]: NodesInput }, key: Key, path: Path): NodeSelection {
    return within(this.#source, [...path, key], () => readNodes(input[key], `nodes/${formatPath(path)}`));
  }

  #manifests(file: string, path: Path): readonly ApiObject[] {
    const objects = this.#files.read(file, this.#source, path);
    if (objects.length === 0) throw this.#source.error(path, `${file} has no objects`);
    return objects;
  }

  #name<Key extends string>(input: { readonly [K in Key]: string } & StepInput, key: Key, path: Path): ObjectName {
    return within(this.#source, [...path, key], () =>
      parseObjectName(input[key], input.namespace ?? 'default', this.#files.kinds),
    );
  }

  #storm(input: ConflictStormInput & StepInput, path: Path): Bare<LoadStep> {
    const rival = this.#name(input, 'target', path);
    if (input.rate.needsCount)
      throw this.#source.error([...path, 'rate'], 'a storm has no number of requests', 'write rate: 20');
    return {
      action: 'load',
      clients: 1,
      verb: 'patch',
      resource: rival.kind.resource,
      manifest: undefined,
      rate: input.rate,
      rival,
      count: -1,
      forNs: input.for,
      bytes: 0,
      objects: 0,
      as: 'system:masters',
      resourceVersion: undefined,
    };
  }

  #watchFault({ fault, target, resource, for: forNs = 0, delay }: WatchFaultInput, path: Path): Bare<WatchFaultStep> {
    const kind = this.#files.kinds.all.find((one) => one.resource === resource);
    const at = [...path, 'resource'];
    if (kind !== undefined) return { action: 'watch-fault', fault, program: target, kind, forNs, delay };
    const resources = this.#files.kinds.all.map((one) => one.resource);
    throw this.#source.error(at, `unknown resource ${JSON.stringify(resource)}`, suggest(resource, resources));
  }

  #demand(input: DemandInput & StepInput, path: Path): Bare<DemandStep> {
    const target = this.#name(input, 'demand', path);
    if (!TEMPLATED.includes(target.kind) && target.kind !== REPLICATION_CONTROLLER)
      throw this.#source.error([...path, 'demand'], `a ${target.kind.name} has no pods that share work`);
    const milliCpu = within(this.#source, [...path, 'cpu'], () => milliCpuOf(input.cpu));
    if (milliCpu < 0) throw this.#source.error([...path, 'cpu'], 'must not be negative');
    return { action: 'demand', target, milliCpu, overNs: input.over ?? 0 };
  }

  #kill(target: string, forNs: number | undefined, path: Path): Omit<KillStep, 'atNs' | 'place'> {
    const [name = '', index = '', ...rest] = target.split('/');
    const component = KILLABLE.find((one) => one === name);
    const at = [...path, 'target'];
    if (component === undefined)
      throw this.#source.error(at, `unknown component ${JSON.stringify(name)}`, suggest(name, KILLABLE));
    if (!/^[0-9]+$/.test(index) || rest.length > 0)
      throw this.#source.error(at, `${JSON.stringify(target)} does not name a process`, `write ${name}/0`);
    return { action: 'kill', process: { component, index: Number(index) }, forNs: forNs ?? -1 };
  }
}

function isWatchFault(input: { readonly fault: string }): input is WatchFaultInput {
  return (WATCH_FAULTS as readonly string[]).includes(input.fault);
}
