import type { Call, DeleteOptions } from '../../api/call.js';
import { canonicalJson } from '../../api/canonical-json.js';
import { parseDuration } from '../../api/duration.js';
import { InputError } from '../../api/input-error.js';
import type { JsonObject } from '../../api/json.js';
import { mergePatch } from '../../api/json-merge-patch.js';
import { BUILT_IN_KINDS, type Kind } from '../../api/kind.js';
import { applyMergePatch } from '../../api/merge-patch.js';
import type { ApiObject } from '../../api/object.js';
import type { Patch } from '../../api/patch.js';
import type { Pod } from '../../api/pod.js';
import type { Informer } from '../../client/informer.js';
import { type Sleep, sleep, type Work, work } from '../../client/task.js';
import { ApiError } from './api-error.js';
import type { AnyKind, KindRef } from './kind-definition.js';
import type { Manifest, NewManifest, ObjectKey } from './manifest.js';
import { Request } from './request.js';
import { SpokeError } from './spoke-error.js';
import type { SpokeLinks } from './spoke-links.js';

/**
 * What a reconciliation holds of the hub. `cached…` read the spoke's own caches, at once and perhaps out of date; all
 * else is a request that draws on the spoke's bucket and takes its time. Errors in what is asked for (an unknown kind, an
 * object that Kubernetes refuses) are thrown at once, refusals of the server where the answer is awaited.
 */
export class SpokeClient {
  private readonly links: SpokeLinks;
  private readonly keyText: string;

  constructor(links: SpokeLinks, keyText: string) {
    this.links = links;
    this.keyText = keyText;
  }

  /** Virtual time as the spoke's clock shows it, seconds since the simulation began. */
  get nowSeconds(): number {
    return this.links.process.nowNs / 1e9;
  }

  /** A number from 0 to 1 (exclusive) out of the spoke's own stream: the same in every run of a seed. */
  random(): number {
    return this.links.stream.uniform();
  }

  /** What the spoke's cache has of an object. */
  cached<Spec, Status>(kind: KindRef<Spec, Status>, key: ObjectKey): Manifest<Spec, Status> | undefined {
    const found = this.informer(kind).cache.get(namespaceOf(kind, key), key.name);
    return found === undefined ? undefined : this.show(found);
  }

  /** All that the spoke's cache has of a kind, in the order in which it heard of them. */
  cachedAll<Spec, Status>(kind: KindRef<Spec, Status>): Manifest<Spec, Status>[] {
    return Array.from(this.informer(kind).cache.values(), (object) => this.show<Spec, Status>(object));
  }

  /** What the spoke's cache has of a kind whose controller is `owner`. */
  cachedOwnedBy<Spec, Status>(
    kind: KindRef<Spec, Status>,
    owner: Manifest<unknown, unknown>,
  ): Manifest<Spec, Status>[] {
    const ownerKind = this.links.kinds.find(owner.apiVersion, owner.kind);
    const owned = this.informer(kind).cache.ownedBy(ownerKind?.id ?? -1, Number(owner.metadata.uid));
    return owned.values().map((object) => this.show<Spec, Status>(object));
  }

  /** GET: the latest version, or nothing if there is none. */
  get<Spec, Status>(kind: KindRef<Spec, Status>, key: ObjectKey): Request<Manifest<Spec, Status> | undefined> {
    const call = this.links.client.get(this.kind(kind), namespaceOf(kind, key), key.name);
    return new Request(call, () => (call.code === 404 ? undefined : this.show<Spec, Status>(objectOf(call))));
  }

  /** LIST of a whole kind: the latest state, or with `resourceVersion: '0'` whatever the server has at hand. */
  list<Spec, Status>(
    kind: KindRef<Spec, Status>,
    { resourceVersion = '' }: { readonly resourceVersion?: string } = {},
  ): Request<Manifest<Spec, Status>[]> {
    const call = this.links.client.list(this.kind(kind), resourceVersion);
    return new Request(call, () => (fine(call).items ?? []).map((object) => this.show<Spec, Status>(object)));
  }

  create<M extends NewManifest>(object: M): Request<Manifest> {
    return this.written(this.links.client.create(this.checked(() => this.links.codec.draftOf(object))));
  }

  /** Replaces metadata and spec of a version that was read; refused with a conflict if the object has moved on. */
  update<Spec, Status>(object: Manifest<Spec, Status>): Request<Manifest<Spec, Status>> {
    return this.written(this.links.client.update(this.checked(() => this.links.codec.versionOf(object))));
  }

  /** Replaces the status of a version that was read; refused with a conflict if the object has moved on. */
  updateStatus<Spec, Status>(object: Manifest<Spec, Status>): Request<Manifest<Spec, Status>> {
    this.forbidForeignStatus(object);
    return this.written(this.links.client.updateStatus(this.checked(() => this.links.codec.versionOf(object))));
  }

  /** A JSON merge patch of anything but the status; applied to whatever version the server has. */
  patch<Spec, Status>(kind: KindRef<Spec, Status>, key: ObjectKey, change: object): Request<Manifest<Spec, Status>> {
    const { shapes } = this.links;
    const patch: Patch = {
      bytes: JSON.stringify(change).length,
      apply: (current) => this.checked(() => applyMergePatch(current, change as JsonObject, shapes)),
    };
    return this.written(this.links.client.patchNamed(this.kind(kind), namespaceOf(kind, key), key.name, patch));
  }

  /** A JSON merge patch of the status. */
  patchStatus<Spec, Status>(
    kind: KindRef<Spec, Status>,
    key: ObjectKey,
    change: Partial<Status>,
  ): Request<Manifest<Spec, Status>> {
    this.forbidForeignStatus(kind);
    const bytes = JSON.stringify(change).length;
    const patch: Patch = { bytes, apply: (current) => withStatusPatch(current, change) };
    return this.written(
      this.links.client.patchNamed(this.kind(kind), namespaceOf(kind, key), key.name, patch, 'status'),
    );
  }

  /** Fine, too, if there is no such object. */
  delete(kind: AnyKind, key: ObjectKey, options: Omit<DeleteOptions, 'id'> = {}): Request<undefined> {
    const call = this.links.client.deleteNamed(this.kind(kind), namespaceOf(kind, key), key.name, options);
    return new Request(call, () => (call.code === 404 ? undefined : void fine(call)));
  }

  /** Binds a pod to a node, as schedulers do. */
  bind(pod: Pick<Manifest, 'metadata'>, nodeName: string): Request<undefined> {
    const { namespace = 'default', name } = pod.metadata;
    const call = this.links.client.bind({ metadata: { namespace, name } } as Pod, nodeName);
    return new Request(call, () => void fine(call));
  }

  /** Writes an event about an object, out of the same bucket. */
  event(object: Manifest<unknown, unknown>, type: 'Normal' | 'Warning', reason: string, message: string): void {
    const kind = this.links.kinds.find(object.apiVersion, object.kind);
    const { namespace = '', name, uid } = object.metadata;
    const regarding = { kind, id: Number(uid), metadata: { namespace, name } } as ApiObject;
    this.links.events.event(regarding, type, reason, message);
  }

  /** Time that passes while the spoke waits. */
  sleep(duration: string): Sleep {
    return sleep(parseDuration(duration));
  }

  /** Time on the processor. */
  work(duration: string): Work {
    return work(parseDuration(duration));
  }

  private written<Spec, Status>(call: Call): Request<Manifest<Spec, Status>> {
    return new Request(call, () => this.show<Spec, Status>(objectOf(fine(call))));
  }

  private show<Spec, Status>(object: ApiObject): Manifest<Spec, Status> {
    return this.links.codec.show(object) as unknown as Manifest<Spec, Status>;
  }

  private informer(kind: AnyKind): Informer<ApiObject> {
    const informer = this.links.informers.get(this.kind(kind));
    if (informer === undefined) throw this.error(`it has no cache of ${kind.plural}: add ${kind.kind} to its watches`);
    return informer;
  }

  private kind({ apiVersion, kind }: AnyKind): Kind {
    const known = this.links.kinds.find(apiVersion, kind);
    if (known === undefined) throw this.error(`${kind} of ${apiVersion} is not a kind of this scenario`);
    return known;
  }

  /** Statuses of built-in kinds belong to their controllers, which keep them in a form of their own. */
  private forbidForeignStatus({ apiVersion, kind }: Pick<Manifest, 'apiVersion' | 'kind'>): void {
    const known = this.links.kinds.find(apiVersion, kind);
    if (known !== undefined && BUILT_IN_KINDS.includes(known))
      throw this.error(`the status of a ${kind} is written by Kubernetes' own controllers`);
  }

  private checked<T>(attempt: () => T): T {
    try {
      return attempt();
    } catch (error) {
      throw error instanceof InputError ? this.error(error.format()) : error;
    }
  }

  private error(problem: string): SpokeError {
    return new SpokeError(this.links.process.name, this.keyText, problem, this.links.process.engine.nowNs);
  }
}

function namespaceOf({ namespaced }: AnyKind, { namespace }: ObjectKey): string {
  return namespaced ? (namespace ?? 'default') : '';
}

/** The same object if the patch changes nothing: then nothing is written. */
function withStatusPatch(object: ApiObject, change: object): ApiObject {
  const before = object.status ?? {};
  const after = mergePatch(before, change);
  return canonicalJson(before) === canonicalJson(after) ? object : object.withStatus(after);
}

function fine(call: Call): Call {
  if (!call.ok) throw new ApiError(call);
  return call;
}

function objectOf(call: Call): ApiObject {
  return fine(call).object!;
}
