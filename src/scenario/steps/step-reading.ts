import type { InputError } from '../../api/input-error.js';
import type { Kind } from '../../api/kind.js';
import type { ApiObject } from '../../api/object.js';
import type { NodeSelection } from '../../cluster/config.js';
import { within } from '../cluster-reader.js';
import { type InlineManifest, isYaml } from '../inline-manifest.js';
import type { ManifestFiles } from '../manifest-files.js';
import { type NodesInput, readNodes } from '../node-selection.js';
import { type ObjectName, parseObjectName } from '../object-name.js';
import { formatPath, type Path, type Source } from '../source.js';
import { suggest } from '../suggest.js';

/** What a step is read with: where it stands, and what its words mean there. Every mistake is an InputError at its place. */
export class StepReading {
  readonly source: Source;
  /** Where the step stands: `timeline[2]`. */
  readonly path: Path;
  readonly files: ManifestFiles;
  /** Names of the scenario's own spokes. */
  readonly spokes: readonly string[];
  readonly #namespace: string;

  constructor(source: Source, path: Path, files: ManifestFiles, spokes: readonly string[], namespace: string) {
    this.source = source;
    this.path = path;
    this.files = files;
    this.spokes = spokes;
    this.#namespace = namespace;
  }

  /** A mistake in one of the keys of the step. */
  error(key: string, message: string, remedy?: string): InputError {
    return this.source.error([...this.path, key], message, remedy);
  }

  /** What `read` makes of the value of a key. */
  within<T>(key: string, read: () => T): T {
    return within(this.source, [...this.path, key], read);
  }

  /** The object that a key names. */
  object(key: string, name: string): ObjectName {
    return this.within(key, () => parseObjectName(name, this.#namespace, this.files.kinds));
  }

  /** The nodes that a key names. */
  nodes(key: string, input: NodesInput): NodeSelection {
    return this.within(key, () => readNodes(input, `nodes/${formatPath(this.path)}`));
  }

  /** The kind whose plural name a key gives. */
  resource(key: string, plural: string): Kind {
    const { all } = this.files.kinds;
    const kind = all.find(({ resource }) => resource === plural);
    if (kind !== undefined) return kind;
    const resources = all.map(({ resource }) => resource);
    throw this.error(key, `unknown resource ${JSON.stringify(plural)}`, suggest(plural, resources));
  }

  /** The drafts of the manifest file that a key names, or of what stands there itself. */
  manifests(key: string, given: InlineManifest): readonly ApiObject[] {
    const path = [...this.path, key];
    const isFile = typeof given === 'string' && !isYaml(given);
    const objects = isFile ? this.files.read(given, this.source, path) : this.files.inline(given, this.source, path);
    if (objects.length === 0) throw this.source.error(path, `${isFile ? given : 'this'} has no objects`);
    return objects;
  }
}
