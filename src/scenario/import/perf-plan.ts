import type { JsonObject } from '../../api/json.js';
import { isObject, objectAt } from '../../api/json.js';
import { KindRegistry } from '../../api/kind-registry.js';
import { ZONE_LABEL } from '../../api/labels.js';
import type { ImportedFile } from './imported.js';
import type { PerfWorkload } from './perf-config.js';
import { named, type PerfTemplates } from './perf-templates.js';
import { manifestYaml } from './yaml-text.js';

/** Workers of scheduler_perf that create pods at the same time (test/utils/runners.go). */
const CREATORS = 30;
/** Pods a second that a churn is spread over where no threshold says how long the measured pods take. */
const ASSUMED_RATE = 100;

type Operation = JsonObject & { readonly opcode: string };

/** The operations of a workload as nodes and steps of a scenario. What is not understood is noted with its place. */
export class PerfPlan {
  readonly nodes: JsonObject[] = [];
  readonly before: JsonObject[] = [];
  readonly timeline: JsonObject[] = [];
  readonly files: ImportedFile[] = [];
  readonly notes: string[] = [];
  /** Whether pods come beside the measured ones. */
  churns = false;
  readonly #workload: PerfWorkload;
  readonly #templates: PerfTemplates;
  /** Whether the next step of the timeline waits for what is there to be done. */
  #waits = false;

  constructor(workload: PerfWorkload, templates: PerfTemplates) {
    this.#workload = workload;
    this.#templates = templates;
    const measured = workload.operations.findIndex(
      ({ opcode, collectMetrics }) => collectMetrics === true || opcode === 'startCollectingMetrics',
    );
    for (const [index, operation] of workload.operations.entries()) {
      // A churn goes on while the pods after it are measured.
      const early = index < measured && operation.opcode !== 'churn';
      try {
        this.#take(operation as Operation, index, early ? this.before : this.timeline);
      } catch (error) {
        this.#note(index, `${String(operation.opcode)} is left out: ${(error as Error).message.split('\n')[0]}`);
      }
    }
  }

  #take(operation: Operation, index: number, steps: JsonObject[]): void {
    switch (operation.opcode) {
      case 'createNodes':
        this.#createNodes(operation, index, steps);
        break;
      case 'createPods':
        this.#createPods(operation, index, steps);
        break;
      case 'createPodSets':
        this.#createPodSets(operation, index, steps);
        break;
      case 'createNamespaces':
        this.#createNamespaces(operation, index, steps);
        break;
      case 'createAny':
        this.#createAny(operation, index, steps);
        break;
      case 'churn':
        this.#churn(operation, index);
        break;
      case 'barrier':
        this.#waits = steps === this.timeline && steps.length > 0;
        break;
      case 'startCollectingMetrics':
      case 'stopCollectingMetrics':
        break;
      default:
        this.#note(index, `${operation.opcode} is left out: hubsim has no step for it`);
    }
  }

  #createNodes(operation: Operation, index: number, steps: JsonObject[]): void {
    const count = this.#count(operation);
    const group = this.#templates.nodes(operation.nodeTemplatePath as string | undefined);
    for (const strategy of ['nodeAllocatableStrategy', 'uniqueNodeLabelStrategy'])
      if (operation[strategy] !== undefined) this.#note(index, `${strategy} is left out`, strategy);
    const groups = labelled(group, count, objectAt(operation, 'labelNodePrepareStrategy'));
    if (this.before.length === 0 && this.timeline.length === 0) {
      this.nodes.push(...groups);
      return;
    }
    const manifests = groups.flatMap((one, number) => nodeManifests(one, `late-${index}-${number}`));
    this.#add(steps, { apply: this.#file(`nodes-${index}.yaml`, manifests) }, true);
  }

  #createPods(operation: Operation, index: number, steps: JsonObject[]): void {
    for (const field of ['persistentVolumeTemplatePath', 'persistentVolumeClaimTemplatePath', 'steadyState'])
      if (operation[field] !== undefined) this.#note(index, `${field} is left out`, field);
    const namespace = (operation.namespace as string | undefined) ?? `namespace-${index}`;
    const path = (operation.podTemplatePath as string | undefined) ?? this.#workload.defaultPodTemplate;
    const manifest = this.#file(`pods-${index}.yaml`, [this.#templates.pod(path, String(index), namespace)]);
    const step = { load: 'closed', verb: 'create', clients: CREATORS, manifest, count: this.#count(operation) };
    if (step.count > 0) this.#add(steps, step, operation.skipWaitToCompletion !== true);
  }

  #createPodSets(operation: Operation, index: number, steps: JsonObject[]): void {
    const pods = operation.createPodsOp as Operation;
    const path = (pods.podTemplatePath as string | undefined) ?? this.#workload.defaultPodTemplate;
    const manifests: JsonObject[] = [];
    for (let set = 0; set < this.#count(operation); set++)
      for (let pod = 0; pod < this.#count(pods); pod++)
        manifests.push(this.#templates.pod(path, `${index}-${pod}`, `${String(operation.namespacePrefix)}-${set}`));
    const step = { apply: this.#file(`pods-${index}.yaml`, manifests), clients: CREATORS };
    if (manifests.length > 0) this.#add(steps, step, pods.skipWaitToCompletion !== true);
  }

  /** Namespaces without labels come of themselves with the first object in them. */
  #createNamespaces(operation: Operation, index: number, steps: JsonObject[]): void {
    if (operation.namespaceTemplatePath === undefined) return;
    const { metadata, ...template } = this.#templates.read(operation.namespaceTemplatePath as string);
    const { generateName: _, ...rest } = isObject(metadata) ? metadata : {};
    const manifests = Array.from({ length: this.#count(operation) }, (__, number) => ({
      ...template,
      metadata: { ...rest, name: `${String(operation.prefix)}-${number}` },
    }));
    this.#add(steps, { apply: this.#file(`namespaces-${index}.yaml`, manifests) }, true);
  }

  #createAny(operation: Operation, index: number, steps: JsonObject[]): void {
    const template = this.#templates.read(String(operation.templatePath));
    if (new KindRegistry().find(String(template.apiVersion), String(template.kind)) === undefined)
      throw new Error(`hubsim does not know the kind ${String(template.kind)}`);
    const namespace = (operation.namespace as string | undefined) ?? '';
    const count = operation.count === undefined && operation.countParam === undefined ? 1 : this.#count(operation);
    const manifests = Array.from({ length: count }, (_, number) => named(template, String(number), namespace));
    this.#add(steps, { apply: this.#file(`objects-${index}.yaml`, manifests) }, true);
  }

  #churn(operation: Operation, index: number): void {
    if (operation.mode !== 'create') throw new Error(`hubsim cannot ${String(operation.mode)} objects over and over`);
    const paths = (operation.templatePaths as string[] | undefined) ?? [];
    const namespace = (operation.namespace as string | undefined) ?? `namespace-${index}`;
    const manifests = paths.map((path) => named(this.#templates.read(path), String(index), namespace));
    const seconds = Number(operation.intervalMilliseconds ?? 0) / 1e3;
    const times = Math.max(1, Math.floor(this.#measuredSeconds() / Math.max(seconds, 1e-3)));
    const apply = this.#file(`churn-${index}.yaml`, manifests);
    this.churns = true;
    this.timeline.push({ at: '0s', every: `${seconds}s`, times, apply });
  }

  /** How long the measured pods take at the threshold. */
  #measuredSeconds(): number {
    const measured = this.#workload.operations.filter(({ collectMetrics }) => collectMetrics === true) as Operation[];
    const pods = measured.reduce((sum, operation) => sum + this.#count(operation), 0);
    return pods / (this.#workload.threshold ?? ASSUMED_RATE);
  }

  #add(steps: JsonObject[], step: JsonObject, waits: boolean): void {
    if (steps === this.before) {
      steps.push(step);
      return;
    }
    steps.push({ at: this.#waits ? 'converged' : '0s', ...step });
    this.#waits ||= waits;
  }

  #file(path: string, manifests: readonly JsonObject[]): string {
    this.files.push({ path, text: manifestYaml(manifests) });
    return path;
  }

  #count({ count, countParam }: Operation): number {
    if (typeof count === 'number' && count > 0) return count;
    const name = String(countParam ?? '').replace(/^\$/, '');
    const value = this.#workload.params[name];
    if (typeof value !== 'number') throw new Error(`the workload has no parameter ${name}`);
    return value;
  }

  #note(index: number, message: string, field?: string): void {
    const { source, path } = this.#workload;
    const at = [...path, 'workloadTemplate', index, ...(field === undefined ? [] : [field])];
    const { file, line, column } = source.place(at);
    this.notes.push(`${file}:${line}:${column}: ${message}`);
  }
}

/** Nodes take the values of a label in turn, which comes to groups of the same size. */
function labelled(group: JsonObject, count: number, strategy: JsonObject | undefined): JsonObject[] {
  if (strategy === undefined) return [{ count, ...group }];
  const key = String(strategy.labelKey);
  const values = (strategy.labelValues as string[] | undefined) ?? [String(strategy.labelValue)];
  return values.map((value, number) => {
    const share = Math.floor(count / values.length) + (number < count % values.length ? 1 : 0);
    const labels = { ...(objectAt(group, 'labels') ?? {}), [key]: value };
    return key === ZONE_LABEL ? { count: share, zone: value, ...group } : { count: share, ...group, labels };
  });
}

/** The nodes of a group, to be applied. */
function nodeManifests({ count, capacity, labels, zone }: JsonObject, prefix: string): JsonObject[] {
  return Array.from({ length: count as number }, (_, number) => {
    const name = `${prefix}-${number}`;
    const all = {
      'kubernetes.io/hostname': name,
      ...(zone === undefined ? {} : { [ZONE_LABEL]: zone }),
      ...(labels ?? {}),
    };
    const ready = { type: 'Ready', status: 'True' };
    return {
      apiVersion: 'v1',
      kind: 'Node',
      metadata: { name, labels: all },
      status: { capacity, conditions: [ready] },
    };
  });
}
