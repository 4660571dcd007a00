import { isObject, type JsonObject, objectAt, objectsAt } from '../api/json.js';
import { NODE, POD } from '../api/kind.js';
import { readManifests } from '../api/manifest.js';
import { ManifestText } from '../api/manifest-text.js';
import type { ApiObject } from '../api/object.js';
import { type Pod, type PodPhase, PodStatus } from '../api/pod.js';
import type { OwnerName, StateObject } from '../cluster/start-state.js';
import { readNamed, resolveFile } from './files.js';
import type { ManifestFiles } from './manifest-files.js';
import type { Path, Source } from './source.js';

/** Manifests that are applied cannot have owners; those of a state can. */
const OWNERS = /\bownerReferences\b/;

/**
 * Reads objects that a cluster has from the start, as `kubectl get -o yaml` prints them: pods keep their nodes and
 * phases, and everything its owners. Throws InputError.
 */
export function readState(file: string, source: Source, path: Path, files: ManifestFiles): readonly StateObject[] {
  const resolved = resolveFile(file, source.fileAt(path));
  const text = readNamed(files.readFile, resolved, source, path);
  const { objects, warnings } = readManifests(text, resolved, { shapes: files.shapes, kinds: files.kinds });
  files.warnings.push(...warnings.map((warning) => warning.format()).filter((warning) => !OWNERS.test(warning)));
  const manifests = new ManifestText(text, resolved).documents().flatMap(({ value }) => itemsOf(value));
  const seen = new Set<string>();
  return objects.map((object, index) => {
    const { namespace, name } = object.metadata;
    const key = `${object.kind.name} ${namespace === '' ? '' : `${namespace}/`}${name}`;
    if (seen.has(key)) throw source.error(path, `${file} has ${key} twice`);
    seen.add(key);
    if (object.kind === NODE) throw source.error(path, `${file} has the node ${name}`, 'nodes belong under nodes:');
    return stateObject(object, manifests[index]!, files);
  });
}

/** The manifests in a document, lists opened, in the order in which they are read. */
function itemsOf(value: unknown): readonly JsonObject[] {
  if (!isObject(value)) return [];
  const { kind, items } = value;
  return typeof kind === 'string' && kind.endsWith('List') && Array.isArray(items) ? items.flatMap(itemsOf) : [value];
}

function stateObject(object: ApiObject, manifest: JsonObject, files: ManifestFiles): StateObject {
  const metadata = objectAt(manifest, 'metadata') ?? {};
  const owners = objectsAt(metadata, 'ownerReferences').flatMap((owner) => ownerName(owner, files));
  return { object: object.kind === POD ? settledPod(object as Pod, manifest) : object, owners };
}

/** Owners of unknown kinds are left out: nothing here acts for them. */
function ownerName(owner: JsonObject, files: ManifestFiles): OwnerName[] {
  const kind = files.kinds.find(String(owner.apiVersion), String(owner.kind));
  if (kind === undefined) return [];
  const { name, controller, blockOwnerDeletion } = owner;
  return [
    { kind, name: String(name), controller: controller === true, blockOwnerDeletion: blockOwnerDeletion === true },
  ];
}

/** A pod on a node has the phase it is said to have, and runs where nothing is said. */
function settledPod(pod: Pod, manifest: JsonObject): Pod {
  if (pod.spec.nodeName === '') return pod;
  const phase = (objectAt(manifest, 'status')?.phase as PodPhase | undefined) ?? 'Running';
  if (phase === 'Pending') return pod;
  const ready = phase === 'Running';
  return pod.withStatus(PodStatus.of({ phase, ready, readySinceNs: 0, startTimeNs: 0 }));
}
