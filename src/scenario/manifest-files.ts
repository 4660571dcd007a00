import type { JsonObject } from '../api/json.js';
import { POD } from '../api/kind.js';
import { KindRegistry } from '../api/kind-registry.js';
import { readManifests } from '../api/manifest.js';
import type { ApiObject } from '../api/object.js';
import { PodShapes } from '../api/pod-shapes.js';
import type { Warning } from '../api/warning.js';
import type { LoadTemplate } from '../spokes/load/load-order.js';
import { checkBehaviours } from './behaviour-check.js';
import { type ReadFile, readNamed, resolveFile } from './files.js';
import { filledText } from './filled-text.js';
import { type InlineManifest, InlineText, isYaml } from './inline-manifest.js';
import { NumberedTemplate, TextTemplate } from './load-template.js';
import type { Path, Source } from './source.js';
import type { Variables } from './variables.js';

/** The manifest files of one scenario: read once each, their pod templates interned together. */
export class ManifestFiles {
  readonly readFile: ReadFile;
  readonly kinds: KindRegistry = new KindRegistry();
  readonly shapes: PodShapes = new PodShapes();
  /** Fields that the simulator does not model, with their places. */
  readonly warnings: string[] = [];
  readonly #read: Map<string, readonly ApiObject[]> = new Map();
  readonly #sources: WeakMap<ApiObject, JsonObject> = new WeakMap();

  constructor(readFile: ReadFile) {
    this.readFile = readFile;
  }

  /** The objects of a file that `source` names at `path`, as drafts in file order. Throws InputError. */
  read(named: string, source: Source, path: Path): readonly ApiObject[] {
    const file = resolveFile(named, source.fileAt(path));
    const known = this.#read.get(file);
    if (known !== undefined) return known;
    const text = readNamed(this.readFile, file, source, path);
    const filled = text.includes('{{') ? filledText(text, file, source.variablesAt(path)) : text;
    // What variables have filled in may be other objects in the next round of a loop.
    return filled === text ? this.parse(text, file) : this.objects(filled, file);
  }

  /** The objects that stand in the scenario itself at `path`. Throws InputError. */
  inline(manifest: InlineManifest, source: Source, path: Path): readonly ApiObject[] {
    if (Array.isArray(manifest)) return manifest.flatMap((one, index) => this.inline(one, source, [...path, index]));
    const written = new InlineText(manifest as JsonObject | string, source, path);
    const warn = (warning: Warning): string => written.warning(warning);
    return written.within(() => this.objects(written.text, written.file, warn));
  }

  /**
   * What a load makes: objects like the one of a file, or of what stands in the scenario itself, or the text of it filled in
   * for each. Throws InputError.
   */
  template(
    given: JsonObject | string,
    source: Source,
    path: Path,
    namespaces: readonly string[],
    variables: Variables,
  ): LoadTemplate {
    if (typeof given !== 'string' || isYaml(given))
      return this.inlineTemplate(given, source, path, namespaces, variables);
    const file = resolveFile(given, source.fileAt(path));
    const text = readNamed(this.readFile, file, source, path);
    if (text.includes('{{')) return this.textTemplate(text, file, namespaces, variables);
    const [object] = this.read(given, source, path);
    if (object === undefined) throw source.error(path, `${given} has no objects`);
    return new NumberedTemplate(object, namespaces);
  }

  private inlineTemplate(
    manifest: JsonObject | string,
    source: Source,
    path: Path,
    namespaces: readonly string[],
    variables: Variables,
  ): LoadTemplate {
    const written = new InlineText(manifest, source, path);
    if (written.text.includes('{{'))
      return written.within(() => this.textTemplate(written.text, written.file, namespaces, variables));
    const [object, ...others] = this.inline(manifest, source, path);
    if (object === undefined || others.length > 0)
      throw source.error(
        path,
        `has ${others.length + (object === undefined ? 0 : 1)} objects`,
        'a load makes objects of one',
      );
    return new NumberedTemplate(object, namespaces);
  }

  private textTemplate(text: string, file: string, namespaces: readonly string[], variables: Variables): LoadTemplate {
    return new TextTemplate(text, file, namespaces, variables, { shapes: this.shapes, kinds: this.kinds });
  }

  /** The objects in the text of a file. */
  parse(text: string, file: string): readonly ApiObject[] {
    const objects = this.objects(text, file);
    this.#read.set(file, objects);
    return objects;
  }

  private objects(
    text: string,
    file: string,
    told: (warning: Warning) => string = (warning) => warning.format(),
  ): readonly ApiObject[] {
    const { objects, sources, warnings } = readManifests(text, file, { shapes: this.shapes, kinds: this.kinds });
    // Pods are many, and hardly anything of them can change.
    for (const [index, object] of objects.entries())
      if (object.kind !== POD) this.#sources.set(object, sources[index]!);
    checkBehaviours(objects, text, file);
    // Each round of a loop would say the same again.
    for (const warning of warnings.map(told)) if (!this.warnings.includes(warning)) this.warnings.push(warning);
    return objects;
  }

  /** What an object of these files was read from; undefined for one that has been changed since. */
  sourceOf(object: ApiObject): JsonObject | undefined {
    return this.#sources.get(object);
  }
}
