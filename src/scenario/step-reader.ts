import type { ApiObject } from '../api/object.js';
import { within } from './cluster-reader.js';
import {
  COMPONENTS,
  type KillStep,
  type LoadStep,
  type NodeCrashStep,
  type NodeSelection,
  type ObjectName,
  type Step,
} from './config.js';
import type { ManifestFiles } from './manifest-files.js';
import { parseObjectName } from './object-name.js';
import type { LoadInput, NodesInput, StepInput } from './schema-step.js';
import type { Path, Source } from './source.js';
import { suggest } from './suggest.js';
import { parseTaint } from './taint.js';

/** A step that is not another scenario. */
export type ActionStepInput = Exclude<StepInput, { scenario: string }>;

/** Steps of the format that the simulator has no model for so far, with the words of the file. */
const NOT_YET: Partial<Readonly<Record<Step['action'], string>>> = {
  taint: 'taint',
};
const CAN_DO = 'apply, scale, delete, patch, load, fault: kill of api-server/0, fault: node-crash';

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
    const step = this.#resolve(input, path);
    const name = step.action === 'kill' && step.component !== 'api-server' ? 'fault: kill' : NOT_YET[step.action];
    if (name === undefined) return step;
    throw this.#source.error(path, `hubsim cannot do this yet: ${name}`, `steps it can do: ${CAN_DO}`);
  }

  #resolve(input: ActionStepInput, path: Path): Step {
    const base = { atNs: input.at ?? 0, place: this.#source.place(path) };
    if ('apply' in input) {
      const objects = this.#manifests(input.apply, [...path, 'apply']);
      return { ...base, action: 'apply', objects, clients: input.clients ?? 1 };
    }
    if ('scale' in input)
      return { ...base, action: 'scale', target: this.#name(input, 'scale', path), replicas: input.replicas };
    if ('delete' in input) return { ...base, action: 'delete', target: this.#name(input, 'delete', path) };
    if ('patch' in input)
      return { ...base, action: 'patch', target: this.#name(input, 'patch', path), with: input.with };
    if ('taint' in input) {
      const taints = input.taints.map((text, index) =>
        within(this.#source, [...path, 'taints', index], () => parseTaint(text)),
      );
      return { ...base, action: 'taint', node: this.#name(input, 'taint', path).name, taints };
    }
    if ('load' in input) return { ...base, ...this.#load(input, path) };
    if (input.fault === 'kill') return { ...base, ...this.#kill(input.target, input.for, path) };
    return { ...base, ...nodeCrash(input.nodes, input.for) };
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

  #kill(target: string, forNs: number | undefined, path: Path): Omit<KillStep, 'atNs' | 'place'> {
    const [name = '', index = '', ...rest] = target.split('/');
    const component = COMPONENTS.find((one) => one === name);
    const at = [...path, 'target'];
    if (component === undefined)
      throw this.#source.error(at, `unknown component ${JSON.stringify(name)}`, suggest(name, COMPONENTS));
    if (!/^[0-9]+$/.test(index) || rest.length > 0)
      throw this.#source.error(at, `${JSON.stringify(target)} does not name a process`, `write ${name}/0`);
    return { action: 'kill', component, index: Number(index), forNs: forNs ?? -1 };
  }

  #load(input: LoadInput, path: Path): Omit<LoadStep, 'atNs' | 'place'> {
    const objects = input.manifest === undefined ? [] : this.#manifests(input.manifest, [...path, 'manifest']);
    const resource = input.resource ?? objects[0]?.kind.resource;
    if (resource === undefined) throw this.#source.error(path, 'a load needs a resource or a manifest');
    const [plural = ''] = resource.split('/');
    if (!this.#files.kinds.all.some((kind) => kind.resource === plural)) {
      const resources = this.#files.kinds.all.map((kind) => kind.resource);
      const at = [...path, 'resource'];
      throw this.#source.error(at, `unknown resource ${JSON.stringify(plural)}`, suggest(plural, resources));
    }
    if (input.count === undefined && input.for === undefined)
      throw this.#source.error(path, 'a load needs an end', 'write for: 10s or count: 1000');
    return {
      action: 'load',
      clients: input.clients ?? 1,
      verb: input.verb,
      resource,
      manifest: objects[0],
      count: input.count ?? -1,
      forNs: input.for ?? -1,
      bytes: input.bytes ?? 0,
      objects: input.objects ?? 0,
      as: input.as ?? 'load',
      resourceVersion: input.resourceVersion,
    };
  }
}

function nodeCrash(nodes: NodesInput, forNs: number | undefined): Omit<NodeCrashStep, 'atNs' | 'place'> {
  return { action: 'node-crash', nodes: selection(nodes), forNs: forNs ?? -1 };
}

function selection(nodes: NodesInput): NodeSelection {
  if (nodes === 'all') return { by: 'all' };
  return 'zone' in nodes ? { by: 'zone', zone: nodes.zone } : { by: 'name', names: nodes };
}
