import { KindRegistry } from '../../api/kind-registry.js';
import { Source } from '../source.js';
import type { GoScope } from './go-expression.js';
import { Later, Unknowable } from './go-functions.js';
import { fillGoTemplate } from './go-template.js';
import type { ImportedFile } from './imported.js';
import type { LoaderFiles } from './loader-files.js';

/** What a load makes its objects of. */
export interface LoaderTemplate {
  /** Relative to the scenario. */
  readonly path: string;
  /** As kubectl names the kind: `deployment`. */
  readonly kind: string;
  readonly replicas: number | undefined;
  /** What is not as there. */
  readonly note: string | undefined;
}

/** A template of ClusterLoader2 that hubsim has nothing for, in a sentence that begins with its file. */
export class NotImported extends Error {}

/** Fills the object templates of a configuration in, as far as they are the same for all objects of a phase. */
export class LoaderObjects {
  readonly files: ImportedFile[] = [];
  readonly #given: LoaderFiles;
  readonly #scope: (parameters: Readonly<Record<string, unknown>>) => GoScope;
  readonly #kinds: KindRegistry = new KindRegistry();
  readonly #written: Map<string, string> = new Map();

  constructor(given: LoaderFiles, scope: (parameters: Readonly<Record<string, unknown>>) => GoScope) {
    this.#given = given;
    this.#scope = scope;
  }

  /**
   * The template `named` in a file, for objects `basename-N`; `number` is CEL for the N of one in its namespace. Throws
   * NotImported, or InputError for a mistake in it.
   */
  template(
    named: string,
    from: string,
    basename: string,
    number: string,
    parameters: Readonly<Record<string, unknown>>,
  ): LoaderTemplate {
    const file = this.#given.resolve(named, from);
    const filled = (first?: number): string =>
      this.#filled(file, named, {
        ...parameters,
        Name: new Later(`${basename}-{{ ${number} }}`),
        BaseName: basename,
        Index: new Later(`{{ ${number} }}`, first),
        Namespace: new Later('{{ namespace }}'),
      });
    let note: string | undefined;
    let text: string;
    try {
      text = filled();
    } catch (error) {
      if (!(error instanceof Unknowable)) throw error;
      note = `${named}: all objects are like the first one of their namespace: ${error.message}`;
      text = filled(0);
    }
    // Objects are deleted by these names, wherever theirs were generated.
    text = text.replace(/^(\s+)generateName:.*$/m, `$1name: "${basename}-{{ ${number} }}"`);
    const sample = text.replaceAll(/\{\{[^}]*\}\}/g, '0');
    const value = new Source(sample, file).value as {
      readonly apiVersion?: unknown;
      readonly kind?: unknown;
      readonly metadata?: { readonly name?: unknown };
      readonly spec?: { readonly replicas?: unknown };
    } | null;
    const kind = this.#kinds.find(String(value?.apiVersion), String(value?.kind));
    if (kind === undefined) throw new NotImported(`${named}: ${String(value?.kind)} is not a known kind`);
    if (value?.metadata?.name === undefined) throw new NotImported(`${named}: its objects have no names`);
    const replicas = typeof value?.spec?.replicas === 'number' ? value.spec.replicas : undefined;
    return { path: this.#write(basename, text), kind: kind.name.toLowerCase(), replicas, note };
  }

  #filled(file: string, named: string, parameters: Readonly<Record<string, unknown>>): string {
    const text = this.#given.read(file);
    if (text === undefined) throw new NotImported(`${named}: there is no such file`);
    return fillGoTemplate(text, file, this.#scope(parameters)).text;
  }

  /** The same text is written once. */
  #write(basename: string, text: string): string {
    const known = this.#written.get(text);
    if (known !== undefined) return known;
    const paths = new Set(this.#written.values());
    let path = `templates/${basename}.yaml`;
    for (let copy = 2; paths.has(path); copy++) path = `templates/${basename}-${copy}.yaml`;
    this.#written.set(text, path);
    this.files.push({ path, text });
    return path;
  }
}
