import { isObject, type JsonObject, objectAt, objectsAt } from '../../api/json.js';
import { resolveFile } from '../files.js';
import { Source } from '../source.js';
import { cleanManifest } from './clean-manifest.js';

/** A template that scheduler_perf would have filled in by Go's text/template. */
const GO_TEMPLATE = /\{\{/;

/** What scheduler_perf gives each node without a template (node-default.yaml of the test utilities). */
const DEFAULT_NODE: JsonObject = { status: { capacity: { pods: '110', cpu: '4', memory: '32Gi' } } };
const DEFAULT_POD: JsonObject = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { generateName: 'pod-' },
  spec: { containers: [{ name: 'pause', image: 'registry.k8s.io/pause:3.10' }] },
};

/** Reads the templates that a configuration names, relative to it. */
export class PerfTemplates {
  readonly #readFile: (path: string) => string;
  readonly #configFile: string;

  constructor(readFile: (path: string) => string, configFile: string) {
    this.#readFile = readFile;
    this.#configFile = configFile;
  }

  /** A template as a manifest; throws Error for one that is none, or that needs Go's templates. */
  read(path: string): JsonObject {
    const file = resolveFile(path, this.#configFile);
    const text = this.#readFile(file);
    if (GO_TEMPLATE.test(text)) throw new Error(`${path} needs Go's text/template`);
    const { value } = new Source(text, file);
    if (!isObject(value)) throw new Error(`${path} is no manifest`);
    return value;
  }

  pod(path: string | undefined, name: string, namespace: string): JsonObject {
    return named(path === undefined ? DEFAULT_POD : this.read(path), name, namespace);
  }

  /** What a group of alike nodes is in a scenario: capacity, labels, taints. */
  nodes(path: string | undefined): JsonObject {
    const template = path === undefined ? DEFAULT_NODE : this.read(path);
    const { labels } = objectAt(template, 'metadata') ?? {};
    const taints = objectsAt(objectAt(template, 'spec'), 'taints').map(taintText);
    const capacity = objectAt(objectAt(template, 'status'), 'capacity');
    return { capacity, ...(labels === undefined ? {} : { labels }), ...(taints.length === 0 ? {} : { taints }) };
  }
}

/** A template under a name of its own; the names of its copies begin with it. */
export function named(template: JsonObject, name: string, namespace: string): JsonObject {
  const { generateName, name: given, ...metadata } = objectAt(template, 'metadata') ?? {};
  const stem = String(given ?? generateName ?? 'object-').replace(/-$/, '');
  const place = namespace === '' ? {} : { namespace };
  return cleanManifest({ ...template, metadata: { name: `${stem}-${name}`, ...place, ...metadata } });
}

function taintText({ key, value, effect }: JsonObject): string {
  return `${String(key)}${value === undefined || value === '' ? '' : `=${String(value)}`}:${String(effect)}`;
}
