import { aliasProblem } from './alias-problem.js';
import { misspelt } from './field.js';
import { InputError } from './input-error.js';
import { isObject, type JsonObject } from './json.js';
import { apiVersionOf, type Kind } from './kind.js';
import { KindRegistry } from './kind-registry.js';
import { ManifestText, type Path, type TextDocument } from './manifest-text.js';
import { writeField } from './missing-field.js';
import type { ApiObject } from './object.js';
import { ObjectChecker } from './object-checker.js';
import { ObjectReader } from './object-reader.js';
import { olderVersion } from './older-version.js';
import type { PodShapes } from './pod-shapes.js';
import { type Finding, pathText } from './report.js';
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
  /** What each object was read from. */
  readonly sources: readonly JsonObject[];
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
  readonly #sources: JsonObject[] = [];
  readonly #errors: InputError[] = [];
  readonly #warnings: Map<string, CountedWarning> = new Map();
  readonly #checker: ObjectChecker = new ObjectChecker();

  constructor(text: ManifestText, options: ManifestOptions) {
    this.#text = text;
    this.#kinds = options.kinds ?? new KindRegistry();
    this.#objectReader = new ObjectReader(options.shapes);
  }

  read(): Manifests {
    // Asked for once: it looks through the whole text.
    const { hasAnchors } = this.#text;
    for (const document of this.#text.documents()) {
      const problem = hasAnchors ? aliasProblem(document.value) : undefined;
      if (problem === undefined) this.#visit(document.value, document, []);
      else
        this.#fail(document, problem.path, problem.message, undefined, 'write the value itself in place of the alias');
      if (this.#errors.length >= ERRORS_MAX) break;
    }
    const [first, ...others] = this.#errors;
    if (first !== undefined) throw first.with(others);
    const warnings = [...this.#warnings.values()].map((warning) => this.#placed(warning));
    return { objects: this.#objects, sources: this.#sources, warnings };
  }

  #visit(value: unknown, document: TextDocument, path: Path): void {
    if (!isObject(value)) {
      this.#fail(document, path, 'must be an object with apiVersion, kind and metadata', value);
      return;
    }
    const { apiVersion, kind } = value;
    if (typeof apiVersion !== 'string' || typeof kind !== 'string') {
      const field = typeof apiVersion === 'string' ? 'kind' : 'apiVersion';
      const slip = misspelt(field, value, { apiVersion, kind, metadata: undefined, spec: undefined });
      const remedy = slip ?? writeField(field);
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
    const older = olderVersion(apiVersion, kindName);
    const kind = older?.kind ?? this.#kinds.find(apiVersion, kindName);
    if (kind === undefined) {
      const remedy = this.#kinds.remedyFor(apiVersion, kindName);
      this.#fail(document, [...path, 'kind'], `${kindName} of ${apiVersion} is not a known kind`, kindName, remedy);
      return;
    }
    const before = this.#errors.length;
    for (const finding of this.#checker.check(kind, manifest, older?.spec)) this.#hear(finding, kind, document, path);
    if (this.#kinds.isMissed(kind)) this.#hear(passiveFinding(kind), kind, document, path);
    if (this.#errors.length === before) this.#convert(kind, older?.convert(manifest) ?? manifest, document, path);
  }

  #convert(kind: Kind, manifest: JsonObject, document: TextDocument, path: Path): void {
    try {
      this.#objects.push(this.#objectReader.read(kind, manifest));
      this.#sources.push(manifest);
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      this.#fail(document, [...path, 'spec'], error.message, error.value, error.remedy);
    }
  }

  #hear(finding: Finding, kind: Kind, document: TextDocument, path: Path): void {
    const whole = [...path, ...finding.path];
    if (finding.severity === 'error') {
      this.#failAt(document, whole, finding);
      return;
    }
    const key = `${kind.id} ${pathText(finding.path, true)} ${finding.message}`;
    const counted = this.#warnings.get(key);
    if (counted === undefined) this.#warnings.set(key, { finding, document, path: whole, count: 1 });
    else counted.count++;
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

function passiveFinding(kind: Kind): Finding {
  const message = `${kind.name} of ${apiVersionOf(kind)} is stored, but nothing acts on it`;
  return { severity: 'warning', path: ['kind'], ofKey: false, message, value: kind.name, remedy: undefined };
}
