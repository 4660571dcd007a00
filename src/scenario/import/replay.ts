import { InputError } from '../../api/input-error.js';
import { isObject, type JsonObject, objectAt } from '../../api/json.js';
import { apiVersionOf } from '../../api/kind.js';
import { KindRegistry } from '../../api/kind-registry.js';
import { readManifests } from '../../api/manifest.js';
import { PodShapes } from '../../api/pod-shapes.js';
import { cleanManifest } from './clean-manifest.js';
import type { Imported, ImportedFile } from './imported.js';
import { comment, manifestYaml, yamlOf } from './yaml-text.js';

/** One thing that somebody did. */
export type Deed = { readonly atNs: number; readonly place: string } & (
  | { readonly does: 'apply'; readonly object: JsonObject }
  | { readonly does: 'delete' | 'scale'; readonly object: Named; readonly replicas?: number }
  | { readonly does: 'read'; readonly resource: string; readonly load: JsonObject }
  | { readonly does: 'patch'; readonly object: Named; readonly change: JsonObject }
);

/** An object by its names alone. */
export interface Named {
  readonly apiVersion: string;
  /** Singular or plural. */
  readonly kind: string;
  readonly namespace: string | undefined;
  readonly name: string;
}

export interface ReplayImport {
  readonly name: string;
  /** What the scenario is made of, for its head. */
  readonly origin: string;
  readonly deeds: readonly Deed[];
  readonly notes: readonly string[];
}

/** A scenario that does again, at the same distances of time, what was once done to a cluster. Throws InputError. */
export function importReplay({ name, origin, deeds, notes: given }: ReplayImport): Imported {
  const notes = [...given];
  const writer = new StepWriter(notes);
  const startNs = Math.min(...deeds.map(({ atNs }) => atNs));
  const ordered = [...deeds].sort((a, b) => a.atNs - b.atNs);
  const timeline = ordered.flatMap((deed) => {
    const step = writer.stepOf(deed);
    return step === undefined ? [] : [{ at: `${Math.round((deed.atNs - startNs) / 1e6)}ms`, ...step }];
  });
  if (timeline.length === 0)
    throw new InputError(`${origin} has nothing that could be done again`, { remedy: notes.join('; ') });
  const about = [
    `${origin}.`,
    '',
    `${timeline.length} steps, as far apart as they were. The nodes are made up: write those of the cluster.`,
  ];
  const doubts =
    notes.length === 0 ? [] : ['', 'Left out or different from the original:', ...notes.map((note) => `- ${note}`)];
  const scenario = {
    name,
    question: 'What does the cluster do when the same is done to it again?',
    seed: 1,
    cluster: { kubernetes: '1.36', nodes: [{ count: 100 }] },
    timeline,
    stop: { when: 'converged', atMost: '24h' },
  };
  return {
    files: [{ path: 'scenario.yaml', text: comment([...about, ...doubts]) + yamlOf(scenario) }, ...writer.files],
    notes,
  };
}

/** Turns deeds into steps and writes their manifests; what hubsim cannot do is noted. */
class StepWriter {
  readonly files: ImportedFile[] = [];
  private readonly notes: string[];
  private readonly kinds: KindRegistry = new KindRegistry();
  private readonly shapes: PodShapes = new PodShapes();

  constructor(notes: string[]) {
    this.notes = notes;
  }

  stepOf(deed: Deed): JsonObject | undefined {
    if (deed.does === 'apply') return this.apply(deed.object, deed.place);
    if (deed.does === 'read') return this.read(deed.resource, deed.load, deed.place);
    const { apiVersion, kind: word, namespace, name } = deed.object;
    const kind = this.kinds.all.find(
      (one) => apiVersionOf(one) === apiVersion && (one.resource === word || one.name === word),
    );
    if (kind === undefined)
      return this.leaveOut(deed.place, `${word} of ${apiVersion} is not a kind that hubsim knows`);
    const target = `${kind.name.toLowerCase()}/${name}`;
    const where = namespace === undefined || namespace === 'default' ? {} : { namespace };
    if (deed.does === 'patch') return { patch: target, with: deed.change, ...where };
    return deed.does === 'scale' ? { scale: target, replicas: deed.replicas, ...where } : { delete: target, ...where };
  }

  private apply(object: JsonObject, place: string): JsonObject | undefined {
    const manifest = withoutOwners(cleanManifest(object));
    const text = manifestYaml([manifest]);
    try {
      readManifests(text, place, { shapes: this.shapes, kinds: this.kinds });
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      return this.leaveOut(place, error.message);
    }
    const name = String(objectAt(manifest, 'metadata')?.name);
    const path = `manifests/${String(this.files.length).padStart(4, '0')}-${String(object.kind).toLowerCase()}-${name}.yaml`;
    this.files.push({ path, text });
    return { apply: path };
  }

  private read(resource: string, load: JsonObject, place: string): JsonObject | undefined {
    if (this.kinds.all.some((kind) => kind.resource === resource)) return { ...load, resource };
    return this.leaveOut(place, `reads of ${resource}, which is no kind that hubsim knows`);
  }

  private leaveOut(place: string, reason: string): undefined {
    this.notes.push(`${place}: left out: ${reason}`);
    return undefined;
  }
}

function withoutOwners(manifest: JsonObject): JsonObject {
  const { metadata } = manifest;
  if (!isObject(metadata)) return manifest;
  const { ownerReferences: _, ...kept } = metadata;
  return { ...manifest, metadata: kept };
}
