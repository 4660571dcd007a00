import { didYouMean } from './did-you-mean.js';
import { type Field, misspelt } from './field.js';
import { fieldsOf } from './fields.js';
import { InputError } from './input-error.js';
import { isObject, type JsonObject } from './json.js';
import { apiVersionOf, type Kind } from './kind.js';
import { KindRegistry } from './kind-registry.js';
import { ManifestText, type Path, type TextDocument } from './manifest-text.js';
import type { ApiObject } from './object.js';
import { ObjectReader } from './object-reader.js';
import type { PodShapes } from './pod-shapes.js';
import { type Finding, pathText, Report } from './report.js';
import { Warning } from './warning.js';

export interface ManifestOptions {
  /** Where pod specs are interned; one for the whole simulation. */
  readonly shapes: PodShapes;
  /** Kinds that manifests may be of. @default the built-in ones */
  readonly kinds?: KindRegistry;
}

/** The objects of a file as drafts, in file order, and what in it has no effect. */
export interface Manifests {
  readonly objects: readonly ApiObject[];
  readonly warnings: readonly Warning[];
}

/**
 * Reads what `kubectl apply -f` takes: YAML or JSON, several documents, lists. Every field is checked; throws
 * InputError for the first mistake, with the others in its `others`.
 */
export function readManifests(text: string, file: string, options: ManifestOptions): Manifests {
  return new ManifestReader(new ManifestText(text, file), options).read();
}

/** Mistakes after which a file is not read on. */
const ERRORS_MAX = 20;

interface CountedWarning {
  readonly finding: Finding;
  readonly document: TextDocument;
  readonly path: Path;
  count: number;
}

class ManifestReader {
  readonly #text: ManifestText;
  readonly #kinds: KindRegistry;
  readonly #objectReader: ObjectReader;
  readonly #objects: ApiObject[] = [];
  readonly #errors: InputError[] = [];
  readonly #warnings: Map<string, CountedWarning> = new Map();
  /** Findings by check and value: sections that documents share are checked once. */
  readonly #checked: Map<Field, WeakMap<object, readonly Finding[]>> = new Map();

  constructor(text: ManifestText, options: ManifestOptions) {
    this.#text = text;
    this.#kinds = options.kinds ?? new KindRegistry();
    this.#objectReader = new ObjectReader(options.shapes);
  }

  read(): Manifests {
    for (const document of this.#text.documents()) {
      this.#visit(document.value, document, []);
      if (this.#errors.length >= ERRORS_MAX) break;
    }
    const [first, ...others] = this.#errors;
    if (first !== undefined) throw first.with(others);
    return { objects: this.#objects, warnings: [...this.#warnings.values()].map((warning) => this.#placed(warning)) };
  }

  #visit(value: unknown, document: TextDocument, path: Path): void {
    if (!isObject(value)) {
      this.#fail(document, path, 'must be an object with apiVersion, kind and metadata', value);
      return;
    }
    const { apiVersion, kind } = value;
    if (typeof apiVersion !== 'string' || typeof kind !== 'string') {
      const field = typeof apiVersion === 'string' ? 'kind' : 'apiVersion';
      const remedy = misspelt(field, value, { apiVersion, kind, metadata: undefined, spec: undefined });
      const message = value[field] === undefined ? 'is missing' : 'must be text';
      this.#fail(document, [...path, field], message, value[field], remedy);
    } else if (kind.endsWith('List') && Array.isArray(value.items)) {
      this.#visitItems(value.items, apiVersion, kind, document, path);
    } else {
      this.#visitObject(value, apiVersion, kind, document, path);
    }
  }

  /** A `List` names the kind of each item; a `PodList` may leave that to itself. */
  #visitItems(items: readonly unknown[], apiVersion: string, kind: string, document: TextDocument, path: Path): void {
    const common = kind === 'List' ? {} : { apiVersion, kind: kind.slice(0, -'List'.length) };
    for (const [index, item] of items.entries())
      this.#visit(isObject(item) ? { ...common, ...item } : item, document, [...path, 'items', index]);
  }

  #visitObject(manifest: JsonObject, apiVersion: string, kindName: string, document: TextDocument, path: Path): void {
    const kind = this.#kinds.find(apiVersion, kindName);
    if (kind === undefined) {
      const remedy = this.#kinds.remedyFor(apiVersion, kindName);
      this.#fail(document, [...path, 'kind'], `${kindName} of ${apiVersion} is not a known kind`, kindName, remedy);
      return;
    }
    if (!this.#check(manifest, kind, document, path)) return;
    try {
      this.#objects.push(this.#objectReader.read(kind, manifest));
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      this.#fail(document, [...path, 'spec'], error.message, error.value, error.remedy);
    }
  }

  /** Whether an object is usable; everything found goes to the errors and warnings. */
  #check(manifest: JsonObject, kind: Kind, document: TextDocument, path: Path): boolean {
    const before = this.#errors.length;
    const known = fieldsOf(kind.name);
    for (const name of known.required)
      if (manifest[name] === undefined || manifest[name] === null) this.#fail(document, [...path, name], 'is missing');
    for (const name in manifest) {
      if (name === 'apiVersion' || name === 'kind' || manifest[name] === null) continue;
      const field = name === 'metadata' ? known.metadata : known.fields?.[name];
      if (field !== undefined) this.#checkSection(name, manifest[name], field, document, path);
      else if (known.fields !== undefined) this.#warnUnknown(name, Object.keys(known.fields), kind, document, path);
    }
    if (this.#kinds.isMissed(kind)) this.#warn(passiveFinding(kind), kind, document, path);
    return this.#errors.length === before;
  }

  #checkSection(name: string, value: unknown, field: Field, document: TextDocument, path: Path): void {
    for (const finding of this.#findings(name, value, field)) {
      if (finding.severity === 'warning') this.#warn(finding, field, document, path);
      else this.#failAt(document, [...path, ...finding.path], finding);
    }
  }

  #findings(name: string, value: unknown, field: Field): readonly Finding[] {
    if (!isObject(value)) return check(name, value, field);
    let byValue = this.#checked.get(field);
    if (byValue === undefined) {
      byValue = new WeakMap();
      this.#checked.set(field, byValue);
    }
    let findings = byValue.get(value);
    if (findings === undefined) {
      findings = check(name, value, field);
      byValue.set(value, findings);
    }
    return findings;
  }

  #warnUnknown(name: string, known: readonly string[], kind: Kind, document: TextDocument, path: Path): void {
    const report = new Report();
    report.unknown(name, didYouMean(name, known));
    for (const finding of report.findings) this.#warn(finding, kind, document, path);
  }

  #warn(finding: Finding, scope: object, document: TextDocument, path: Path): void {
    const key = `${this.#scopeId(scope)} ${pathText(finding.path, true)} ${finding.message}`;
    const counted = this.#warnings.get(key);
    if (counted === undefined)
      this.#warnings.set(key, { finding, document, path: [...path, ...finding.path], count: 1 });
    else counted.count++;
  }

  readonly #scopes: Map<object, number> = new Map();

  #scopeId(scope: object): number {
    const id = this.#scopes.get(scope) ?? this.#scopes.size;
    this.#scopes.set(scope, id);
    return id;
  }

  #placed({ finding, document, path, count }: CountedWarning): Warning {
    const { line, column } = this.#text.place(document, path, finding.ofKey);
    const message = finding.remedy === undefined ? finding.message : `${finding.message}; ${finding.remedy}`;
    return new Warning(this.#text.file, line, column, pathText(path), message, count);
  }

  #fail(document: TextDocument, path: Path, message: string, value?: unknown, remedy?: string): void {
    this.#failAt(document, path, { severity: 'error', path, ofKey: false, message, value, remedy });
  }

  #failAt(document: TextDocument, path: Path, { message, value, remedy, ofKey }: Finding): void {
    const place = { file: this.#text.file, ...this.#text.place(document, path, ofKey), path: pathText(path), value };
    this.#errors.push(new InputError(message, remedy === undefined ? place : { ...place, remedy }));
  }
}

function check(name: string, value: unknown, field: Field): readonly Finding[] {
  const report = new Report();
  report.within(name, value, field);
  return report.findings;
}

function passiveFinding(kind: Kind): Finding {
  const message = `${kind.name} of ${apiVersionOf(kind)} is stored, but nothing acts on it`;
  return { severity: 'warning', path: ['kind'], ofKey: false, message, value: kind.name, remedy: undefined };
}
