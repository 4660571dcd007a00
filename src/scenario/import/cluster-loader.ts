import { InputError } from '../../api/input-error.js';
import { isObject, type JsonObject, objectAt, objectsAt } from '../../api/json.js';
import { Streams } from '../../random/streams.js';
import { Source } from '../source.js';
import type { GoScope } from './go-expression.js';
import { goFunctions } from './go-functions.js';
import { fillGoTemplate } from './go-template.js';
import type { GivenFile, Imported } from './imported.js';
import { LoaderFiles } from './loader-files.js';
import { LoaderObjects } from './loader-objects.js';
import { LoaderPlan } from './loader-plan.js';
import { comment, yamlOf } from './yaml-text.js';

/** Nodes that a test is for where nobody says: what the tests of Kubernetes themselves ask for at least. */
const NODES = 100;

export interface LoaderImport {
  readonly name: string;
  readonly file: GivenFile;
  readonly readFile: (path: string) => string;
  /** What `.NAME` stands for in the templates. */
  readonly parameters: Readonly<Record<string, unknown>>;
}

/** Whether a file is a test configuration of ClusterLoader2. */
export function isLoaderConfig(text: string): boolean {
  return /^steps:/m.test(text) && /^\s*(?:- )?(?:phases|measurements|module):/m.test(text);
}

/** A test of ClusterLoader2 as a scenario. Throws InputError for what is no such test; what is not understood is noted. */
export function importLoader({ name, file, readFile, parameters }: LoaderImport): Imported {
  const known = { Nodes: NODES, ImageRegistry: 'registry.k8s.io', ...parameters };
  const functions = goFunctions(new Streams(1).stream('RandIntRange'));
  const scope = (more: Readonly<Record<string, unknown>>): GoScope => ({
    functions,
    variables: new Map(),
    parameters: { ...known, ...more },
  });
  const files = new LoaderFiles(readFile, file.path);
  const reading = new Reading(files, scope);
  const config = reading.document(file.path, file.text, {});
  const objects = new LoaderObjects(files, scope);
  const plan = new LoaderPlan(config.value, files, objects, known);
  reading.steps(config, file.path, plan);
  if (isObject(config.value.chaosMonkey))
    plan.note(config.place(['chaosMonkey']), 'left out: write fault: steps for it');
  if (plan.timeline.length === 0)
    throw new InputError('the test has no phases that hubsim can do', {
      file: file.path,
      remedy: plan.notes.filter((note) => note.includes('left out: ')).join('; ') || 'give a test with phases',
    });
  const scenario = { path: 'scenario.yaml', text: scenarioText(name, file.path, Number(known.Nodes), plan) };
  return { files: [scenario, ...objects.files], notes: plan.notes };
}

interface Document {
  readonly value: JsonObject;
  /** `file:line` of the template. */
  readonly place: (path: readonly (string | number)[]) => string;
}

/** Reads a configuration and its modules. */
class Reading {
  private readonly files: LoaderFiles;
  private readonly scope: (parameters: Readonly<Record<string, unknown>>) => GoScope;

  constructor(files: LoaderFiles, scope: (parameters: Readonly<Record<string, unknown>>) => GoScope) {
    this.files = files;
    this.scope = scope;
  }

  document(file: string, text: string, parameters: Readonly<Record<string, unknown>>): Document {
    const filled = fillGoTemplate(text, file, this.scope(parameters));
    const source = new Source(filled.text, file);
    // A module of which nothing is switched on is empty.
    const value = source.value ?? {};
    if (!isObject(value)) throw new InputError('is no test of ClusterLoader2', { file });
    const place = (path: readonly (string | number)[]): string => {
      const { line } = source.place(path);
      return `${file}:${filled.lineOf[line] ?? line}`;
    };
    return { value, place };
  }

  /** All steps of a document, those of modules in their place. */
  steps({ value, place }: Document, file: string, plan: LoaderPlan): void {
    for (const [index, step] of objectsAt(value, 'steps').entries()) {
      const module = objectAt(step, 'module');
      if (module === undefined) {
        plan.step(step, file, (path) => place(['steps', index, ...path]));
        continue;
      }
      const path = this.files.resolve(String(module.path), file);
      const text = this.files.read(path);
      if (text === undefined) {
        plan.note(place(['steps', index]), `left out: there is no file ${String(module.path)}`);
        continue;
      }
      this.steps(this.document(path, text, objectAt(module, 'params') ?? {}), path, plan);
    }
  }
}

function scenarioText(name: string, file: string, nodes: number, plan: LoaderPlan): string {
  const about = [
    `The test of ClusterLoader2 in ${file}, for ${nodes} nodes.`,
    '',
    'Steps follow each other when all is as desired, as the measurements of the test have it; what is random there was drawn',
    'once. Change the cluster to yours.',
    ...(plan.notes.length === 0 ? [] : ['', 'Not as there:', ...plan.notes.map((note) => `- ${note}`)]),
  ];
  const scenario = {
    name,
    question: `How long does each step of the test take on ${nodes} nodes, and how hard is the hub at work?`,
    seed: 1,
    cluster: {
      kubernetes: '1.36',
      nodes: [{ count: nodes, capacity: { cpu: 4, memory: '16Gi', pods: 110 } }],
      kubelet: { model: 'hollow' },
    },
    timeline: plan.timeline,
    stop: { when: 'converged', atMost: '24h' },
    expect: ['end.reason == "converged"'],
  };
  return comment(about) + yamlOf(scenario);
}
