import { canonicalJson } from '../../api/canonical-json.js';
import { InputError } from '../../api/input-error.js';
import { isObject, type JsonObject } from '../../api/json.js';
import { apiVersionOf, type Kind } from '../../api/kind.js';
import type { KindRegistry } from '../../api/kind-registry.js';
import type { ObjectMeta, OwnerReference } from '../../api/meta.js';
import { ApiObject } from '../../api/object.js';
import { assertValid } from '../../api/object-checker.js';
import { ObjectReader } from '../../api/object-reader.js';
import type { PodShapes } from '../../api/pod-shapes.js';
import { toManifest } from '../../api/to-manifest.js';
import type { Manifest, OwnerReference as OwnerManifest } from './manifest.js';

/** Between the objects of the hub and the manifests that spokes written outside hold. */
export class ObjectCodec {
  private readonly kinds: KindRegistry;
  private readonly reader: ObjectReader;
  private readonly manifests: WeakMap<ApiObject, Manifest>;
  /** The newest version shown of each object, by kind and identity: what a manifest says again is the same in the write. */
  private readonly shown: Map<string, ApiObject>;

  constructor(kinds: KindRegistry, shapes: PodShapes) {
    this.kinds = kinds;
    this.reader = new ObjectReader(shapes);
    this.manifests = new WeakMap();
    this.shown = new Map();
  }

  /** A version as a manifest: the same frozen one each time. */
  show(object: ApiObject): Manifest {
    let manifest = this.manifests.get(object);
    if (manifest === undefined) {
      manifest = this.manifestOf(object);
      this.manifests.set(object, manifest);
    }
    const known = this.shown.get(keyOf(object));
    if (known === undefined || known.revision < object.revision) this.shown.set(keyOf(object), object);
    return manifest;
  }

  /** An object to create. Throws InputError for one that Kubernetes refuses. */
  draftOf(given: object): ApiObject {
    const { kind, manifest } = this.parse(given);
    const { generateName, ...metadata } = manifest.metadata as JsonObject;
    const { status: _, ...fields } = manifest;
    const named = { ...fields, metadata: { ...metadata, name: metadata.name ?? generateName } };
    assertValid(
      kind,
      metadata.name === undefined ? { ...fields, metadata: { ...metadata, name: `${generateName}0` } } : named,
    );
    const read = this.reader.read(kind, named);
    return read.withMetadata(read.metadata.with({ ownerReferences: this.owners(metadata.ownerReferences) }));
  }

  /** A new version of an object that was shown, to replace its metadata and spec, or its status. Throws InputError. */
  versionOf(given: object): ApiObject {
    const { kind, manifest } = this.parse(given);
    const { uid, resourceVersion } = manifest.metadata as JsonObject;
    const base = this.shown.get(`${kind.id}/${String(uid)}`);
    if (base === undefined || resourceVersion === undefined)
      throw new InputError('metadata.resourceVersion and metadata.uid must be those of a version that was read', {
        remedy: 'read the object first and spread it: client.update({ ...order, spec: … })',
      });
    assertValid(kind, manifest);
    const read = this.reader.read(kind, manifest);
    const before = this.show(base);
    const spec = same(before.spec, manifest.spec) ? base.spec : read.spec;
    const status = same(before.status, manifest.status) ? base.status : manifest.status;
    const extra = same(base.extra, read.extra) ? base.extra : read.extra;
    return new ApiObject(
      kind,
      base.id,
      Number(resourceVersion),
      this.metadataOf(base, read, manifest),
      spec,
      status,
      extra,
    );
  }

  private metadataOf(base: ApiObject, read: ApiObject, manifest: JsonObject): ObjectMeta {
    const { labels, annotations, finalizers } = read.metadata;
    const ownerReferences = this.owners((manifest.metadata as JsonObject).ownerReferences);
    const changed = { labels, annotations, finalizers, ownerReferences };
    const old = base.metadata;
    const { labels: l, annotations: a, finalizers: f, ownerReferences: o } = old;
    return same({ labels: l, annotations: a, finalizers: f, ownerReferences: o }, changed) ? old : old.with(changed);
  }

  /** What came over the wire: a copy that nobody outside holds. */
  private parse(given: object): { kind: Kind; manifest: JsonObject } {
    const manifest = JSON.parse(JSON.stringify(given)) as JsonObject;
    const { apiVersion, kind: name, metadata } = manifest;
    const kind = this.kinds.find(String(apiVersion), String(name));
    if (kind === undefined)
      throw new InputError(`there is no kind ${String(name)} of ${String(apiVersion)}`, {
        remedy: this.kinds.remedyFor(String(apiVersion), String(name)),
      });
    if (!isObject(metadata)) throw new InputError('the object has no metadata');
    return { kind, manifest };
  }

  private manifestOf(object: ApiObject): Manifest {
    const manifest = toManifest(object) as unknown as Manifest;
    const { ownerReferences } = object.metadata;
    if (ownerReferences.length === 0) return frozen(manifest);
    const owners = ownerReferences.map((owner) => this.ownerManifest(owner));
    return frozen({ ...manifest, metadata: { ...manifest.metadata, ownerReferences: owners } });
  }

  private ownerManifest({ kindId, id, name, controller, blockOwnerDeletion }: OwnerReference): OwnerManifest {
    const kind = this.kinds.all[kindId]!;
    return { apiVersion: apiVersionOf(kind), kind: kind.name, name, uid: String(id), controller, blockOwnerDeletion };
  }

  private owners(references: unknown): readonly OwnerReference[] {
    return ((references ?? []) as readonly OwnerManifest[]).map((reference) => {
      const { apiVersion, kind: kindName, name, uid, controller = false, blockOwnerDeletion = false } = reference;
      const kind = this.kinds.find(apiVersion, kindName);
      if (kind === undefined || !/^[0-9]+$/.test(String(uid)))
        throw new InputError(`the owner ${kindName} ${name} is not one`, {
          remedy: 'write controllerReference(owner)',
        });
      return { kindId: kind.id, id: Number(uid), name, controller, blockOwnerDeletion };
    });
  }
}

function keyOf({ kind, id }: ApiObject): string {
  return `${kind.id}/${id}`;
}

function same(before: unknown, after: unknown): boolean {
  return (
    before === after || (before !== undefined && after !== undefined && canonicalJson(before) === canonicalJson(after))
  );
}

/** The value, which nothing can change any more at any depth. */
function frozen<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  for (const part of Object.values(value)) frozen(part);
  return Object.freeze(value);
}
