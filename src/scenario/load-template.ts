import { InputError } from '../api/input-error.js';
import { type ManifestOptions, readManifests } from '../api/manifest.js';
import type { ApiObject } from '../api/object.js';
import type { LoadTemplate } from '../spokes/load/load-order.js';
import { nameTemplate } from './name-template.js';
import type { Variables } from './variables.js';

/** An object as it is, under names of its own: `web-0`, `web-1`, … */
export class NumberedTemplate implements LoadTemplate {
  readonly kind: ApiObject['kind'];
  private readonly object: ApiObject;
  private readonly namespaces: readonly string[];

  constructor(object: ApiObject, namespaces: readonly string[] = []) {
    this.kind = object.kind;
    this.object = object;
    this.namespaces = namespaces;
  }

  copy(index: number): ApiObject {
    const { metadata } = this.object;
    const name = `${metadata.name}-${index}`;
    const place = placeOf(index, this.namespaces);
    return this.object.withMetadata(metadata.with({ name, ...place }));
  }
}

/** A name that every kind takes. */
const PLAIN_NAME: RegExp = /^[a-z][-a-z0-9]{0,61}[a-z0-9]$/;

/** What was read of a template for one namespace, and how its copies are named if they differ in nothing else. */
interface Pattern {
  readonly object: ApiObject;
  readonly nameOf: ((index: number) => string) | undefined;
}

const INDEX: RegExp = /\{\{\s*index\s*\}\}/;

/** Fills in a name in which nothing but the index is open: mostly that stands alone between its braces. */
function namer(name: string, variables: Variables): (index: number) => string {
  const pieces = name.split(INDEX);
  if (pieces.some((piece) => piece.includes('{{'))) return (index) => variables.with({ index }).fillText(name);
  return (index) => pieces.join(String(index));
}

/** The text of a manifest with `{{ index }}` and `{{ namespace }}` in it. */
export class TextTemplate implements LoadTemplate {
  readonly kind: ApiObject['kind'];
  private readonly text: string;
  private readonly file: string;
  private readonly namespaces: readonly string[];
  private readonly variables: Variables;
  private readonly options: ManifestOptions;
  private readonly patterns: Map<string, Pattern>;

  /** Throws InputError when its first object cannot be read. */
  constructor(
    text: string,
    file: string,
    namespaces: readonly string[],
    variables: Variables,
    options: ManifestOptions,
  ) {
    this.text = text;
    this.file = file;
    this.namespaces = namespaces;
    this.variables = variables;
    this.options = options;
    this.patterns = new Map();
    this.kind = this.copy(0).kind;
  }

  copy(index: number): ApiObject {
    const { namespace = 'default' } = placeOf(index, this.namespaces);
    const { object, nameOf } = this.patternOf(index, namespace);
    const name = nameOf?.(index);
    // What no name can be is for the reader to refuse.
    if (name === undefined || !PLAIN_NAME.test(name)) return this.read(index, namespace);
    return object.withMetadata(object.metadata.renamed(name));
  }

  private patternOf(index: number, namespace: string): Pattern {
    let pattern = this.patterns.get(namespace);
    if (pattern === undefined) {
      const variables = this.variables.with({ namespace });
      const name = nameTemplate(this.text, this.file, variables);
      pattern = {
        object: this.read(index, namespace),
        nameOf: name === undefined ? undefined : namer(name, variables),
      };
      this.patterns.set(namespace, pattern);
    }
    return pattern;
  }

  private read(index: number, namespace: string): ApiObject {
    const text = this.filled(index, namespace);
    const [object, ...others] = readManifests(text, this.file, this.options).objects;
    if (object === undefined || others.length > 0)
      throw new InputError(`${this.file} has ${others.length + 1} objects`, { remedy: 'a load makes objects of one' });
    if (this.namespaces.length === 0) return object;
    return object.withMetadata(object.metadata.with({ namespace }));
  }

  private filled(index: number, namespace: string): string {
    try {
      return this.variables.with({ index, namespace }).fillText(this.text);
    } catch (error) {
      throw error instanceof InputError ? error.at({ file: this.file }) : error;
    }
  }
}

/** Objects are dealt out to the namespaces in turn. */
function placeOf(index: number, namespaces: readonly string[]): { namespace?: string } {
  const namespace = namespaces[index % namespaces.length];
  return namespace === undefined ? {} : { namespace };
}
