import type { Kind } from './kind.js';
import type { ObjectMeta } from './meta.js';

/** The fields of a manifest beside metadata, spec and status (a ConfigMap's `data`, a PriorityClass's `value`). */
export type ExtraFields = Readonly<Record<string, unknown>>;

/**
 * One immutable version of an object. Versions are never changed once written: the store, every cache and every
 * spoke share the same instance (design §1, rule 2).
 *
 * `id` is the object's identity (its uid) as a dense number within its kind; -1 in a draft that the store has not
 * accepted yet. `revision` is the resourceVersion; 0 in a draft.
 */
export class ApiObject<Spec = unknown, Status = unknown> {
  readonly kind: Kind;
  readonly id: number;
  readonly revision: number;
  readonly metadata: ObjectMeta;
  readonly spec: Spec;
  readonly status: Status;
  readonly extra: ExtraFields | undefined;
  /** How long it is on the wire, as the hub has weighed it; -1 before. */
  wireBytes: number;

  constructor(
    kind: Kind,
    id: number,
    revision: number,
    metadata: ObjectMeta,
    spec: Spec,
    status: Status,
    extra?: ExtraFields,
  ) {
    this.kind = kind;
    this.id = id;
    this.revision = revision;
    this.metadata = metadata;
    this.spec = spec;
    this.status = status;
    this.extra = extra;
    this.wireBytes = -1;
  }

  /** The same object with another spec; the revision stays that of the version it was made from. */
  withSpec(spec: Spec): ApiObject<Spec, Status> {
    return new ApiObject(this.kind, this.id, this.revision, this.metadata, spec, this.status, this.extra);
  }

  withStatus(status: Status): ApiObject<Spec, Status> {
    return new ApiObject(this.kind, this.id, this.revision, this.metadata, this.spec, status, this.extra);
  }

  withMetadata(metadata: ObjectMeta): ApiObject<Spec, Status> {
    return new ApiObject(this.kind, this.id, this.revision, metadata, this.spec, this.status, this.extra);
  }

  /** What the store writes: this content under the given identity and revision. */
  stamped(id: number, revision: number, metadata: ObjectMeta): ApiObject<Spec, Status> {
    return new ApiObject(this.kind, id, revision, metadata, this.spec, this.status, this.extra);
  }
}

/** A draft for a create: no identity and no revision yet. */
export function draft<Spec, Status>(
  kind: Kind,
  metadata: ObjectMeta,
  spec: Spec,
  status: Status,
  extra?: ExtraFields,
): ApiObject<Spec, Status> {
  return new ApiObject(kind, -1, 0, metadata, spec, status, extra);
}
