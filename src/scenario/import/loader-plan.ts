import { isObject, type JsonObject, objectAt, objectsAt } from '../../api/json.js';
import type { LoaderFiles } from './loader-files.js';
import { type LoaderObjects, type LoaderTemplate, NotImported } from './loader-objects.js';
import { loose, type Pace, paceOf } from './loader-tuning.js';

/** Objects of one name in each namespace that are there after a phase. */
interface Population {
  readonly count: number;
  readonly template: LoaderTemplate;
}

/** The most steps that one phase is written out as. */
const ACTIONS_MAX = 5000;

/** Turns the phases of ClusterLoader2 into steps, one after the other, and remembers what is there. */
export class LoaderPlan {
  readonly timeline: object[] = [];
  readonly notes: string[] = [];
  /** Namespaces that the test has in all. */
  readonly namespaces: number;
  private readonly paces: Map<string, Pace>;
  private readonly files: LoaderFiles;
  private readonly objects: LoaderObjects;
  private readonly parameters: Readonly<Record<string, unknown>>;
  private readonly populations: Map<string, Population>;
  private readonly noted: Set<string>;

  constructor(
    config: JsonObject,
    files: LoaderFiles,
    objects: LoaderObjects,
    parameters: Readonly<Record<string, unknown>>,
  ) {
    this.files = files;
    this.objects = objects;
    this.parameters = parameters;
    this.populations = new Map();
    this.noted = new Set();
    this.paces = new Map();
    this.namespaces = Number(loose(objectAt(config, 'namespace'), 'number') ?? config.automanagedNamespaces ?? 1);
    for (const set of objectsAt(config, 'tuningSets')) {
      const pace = paceOf(set);
      if (pace === undefined)
        this.note('', `tuningSet ${String(set.name)} is unknown: its phases are as fast as can be`);
      else this.paces.set(String(set.name), pace);
    }
  }

  /** One step: its phases begin together, when all before has converged. `place` says where it stands. */
  step(step: JsonObject, file: string, place: (path: readonly (string | number)[]) => string): void {
    for (const [index, measurement] of objectsAt(step, 'measurements').entries()) {
      const method = String(loose(measurement, 'method'));
      if (this.noted.has(method)) continue;
      this.noted.add(method);
      this.note(place(['measurements', index]), `measurement ${method} is left out: see summary.json`);
    }
    const steps = objectsAt(step, 'phases').flatMap((phase, index) =>
      this.phase(phase, file, place(['phases', index])),
    );
    if (steps.length === 0) return;
    this.timeline.push({ at: this.timeline.length === 0 ? '0s' : 'converged', steps });
  }

  /** What was not understood. */
  note(place: string, message: string): void {
    this.notes.push(place === '' ? message : `${place}: ${message}`);
  }

  private phase(phase: JsonObject, file: string, place: string): object[] {
    const { namespaceRange } = phase;
    const range = isObject(namespaceRange) ? namespaceRange : undefined;
    const namespaces = range === undefined ? 0 : Number(range.max ?? this.namespaces) - Number(range.min ?? 1) + 1;
    if (range !== undefined && Number(range.min ?? 1) !== 1)
      this.note(place, `namespaceRange: the first ${namespaces} namespaces in place of ${range.min} to ${range.max}`);
    const wanted = Number(phase.replicasPerNamespace ?? 0);
    const pace = this.paces.get(String(phase.tuningSet));
    if (pace?.note !== undefined) this.note(place, `${String(phase.tuningSet)}: ${pace.note}`);
    const goal = { namespaces, wanted, pace: pace ?? { load: { load: 'closed', clients: 1 }, gapNs: () => 0 } };
    return objectsAt(phase, 'objectBundle').flatMap((bundle) => {
      try {
        return this.bundle(bundle, file, goal, place);
      } catch (error) {
        if (!(error instanceof NotImported)) throw error;
        this.note(place, `left out: ${error.message}`);
        return [];
      }
    });
  }

  private bundle(bundle: JsonObject, file: string, { namespaces, wanted, pace }: Goal, place: string): object[] {
    const basename = String(bundle.basename);
    const path = String(bundle.objectTemplatePath);
    const key = `${basename} ${this.files.resolve(path, file)}`;
    const before = this.populations.get(key);
    const there = before?.count ?? 0;
    if (wanted === 0 && before === undefined) return [];
    const spaces = Math.max(namespaces, 1);
    const number = `index / ${spaces}${there === 0 ? '' : ` + ${there}`}`;
    const parameters = { ...this.parameters, ...(objectAt(bundle, 'templateFillMap') ?? {}) };
    // What is deleted needs no values for its template.
    const template = wanted === 0 ? before!.template : this.objects.template(path, file, basename, number, parameters);
    if (wanted > 0 && template.note !== undefined) this.note(place, template.note);
    this.populations.set(key, { count: wanted, template });
    const target = { kind: template.kind, basename, spaces, isNamespaced: namespaces > 0, pace };
    const kept = Math.min(there, wanted);
    const steps: object[] = [];
    if (kept > 0) steps.push(...this.changed(before!.template, template, kept, target, place));
    if (wanted < there) steps.push(...this.each(target, wanted, there - wanted, (name) => ({ delete: name }), place));
    if (wanted > there) {
      const dealt = namespaces > 0 ? { namespaces, perNamespace: wanted - there } : { count: wanted - there };
      steps.push({ at: '0s', ...pace.load, verb: 'create', manifest: template.path, ...dealt });
    }
    return steps;
  }

  /** Objects that stay may get another number of replicas. */
  private changed(
    before: LoaderTemplate,
    after: LoaderTemplate,
    kept: number,
    target: Target,
    place: string,
  ): object[] {
    if (before.path === after.path) return [];
    const { replicas } = after;
    if (replicas !== undefined && replicas !== before.replicas)
      return this.each(target, 0, kept, (name) => ({ scale: name, replicas }), place);
    this.note(place, `${target.basename}: changes of other fields than replicas are left out`);
    return [];
  }

  /** One step for each of so many objects in each namespace, from a number on, at the pace of the phase. */
  private each(
    { kind, basename, spaces, isNamespaced, pace }: Target,
    from: number,
    count: number,
    step: (name: string) => object,
    place: string,
  ): object[] {
    const actions = spaces * count;
    if (actions > ACTIONS_MAX) {
      this.note(place, `${basename}: ${actions} changes are too many to be written out`);
      return [];
    }
    const gapNs = Math.round(pace.gapNs(actions));
    const name = `${kind}/${basename}-{{ i / ${spaces}${from === 0 ? '' : ` + ${from}`} }}`;
    const namespace = isNamespaced ? { namespace: `ns-{{ i % ${spaces} }}` } : {};
    const at = gapNs === 0 ? '0s' : `{{ i * ${gapNs} }}ns`;
    const loop = { each: { i: actions }, steps: [{ at, ...step(name), ...namespace }] };
    // Each has a clock of its own.
    return [{ at: '0s', steps: [loop] }];
  }
}

interface Goal {
  /** 0 for objects that are in none. */
  readonly namespaces: number;
  readonly wanted: number;
  readonly pace: Pace;
}

interface Target {
  readonly kind: string;
  readonly basename: string;
  readonly spaces: number;
  readonly isNamespaced: boolean;
  readonly pace: Pace;
}
