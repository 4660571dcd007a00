import { ByIdentity } from '../api/by-identity.js';
import { EVENT } from '../api/kind.js';
import { NO_LABELS } from '../api/labels.js';
import { NO_FINALIZERS, NO_OWNERS, ObjectMeta } from '../api/meta.js';
import { ApiObject, type ExtraFields } from '../api/object.js';

/** All of an Event as recorders write it: there is little to its metadata, and it has neither spec nor status. */
class FoldedEvent {
  readonly id: number;
  readonly revision: number;
  readonly namespace: string;
  readonly name: string;
  readonly creationTimestampNs: number;
  readonly extra: ExtraFields | undefined;

  constructor({ id, revision, metadata, extra }: ApiObject) {
    this.id = id;
    this.revision = revision;
    this.namespace = metadata.namespace;
    this.name = metadata.name;
    this.creationTimestampNs = metadata.creationTimestampNs;
    this.extra = extra;
  }

  unfolded(): ApiObject {
    const { id, revision, namespace, name, creationTimestampNs, extra } = this;
    const metadata = new ObjectMeta({ namespace, name, creationTimestampNs });
    return new ApiObject(EVENT, id, revision, metadata, undefined, undefined, extra);
  }
}

/**
 * The Events of a store by identity, as `ByIdentity` keeps other objects. There are several for each pod and hardly anybody
 * reads one, so that they are kept folded, in less than half of the memory, and each reader is given a copy of its own.
 */
export class EventShelf {
  private readonly events: ByIdentity<FoldedEvent | ApiObject>;

  constructor() {
    this.events = new ByIdentity();
  }

  get size(): number {
    return this.events.size;
  }

  get(id: number): ApiObject | undefined {
    const event = this.events.get(id);
    return event === undefined ? undefined : unfolded(event);
  }

  set(event: ApiObject): void {
    this.events.set(isFoldable(event) ? new FoldedEvent(event) : event);
  }

  delete(id: number): void {
    this.events.delete(id);
  }

  *values(): IterableIterator<ApiObject> {
    for (const event of this.events.values()) yield unfolded(event);
  }
}

function unfolded(event: FoldedEvent | ApiObject): ApiObject {
  return event instanceof FoldedEvent ? event.unfolded() : event;
}

/** Whether folding loses nothing. */
function isFoldable({ metadata, spec, status }: ApiObject): boolean {
  return (
    spec === undefined &&
    status === undefined &&
    metadata.labels === NO_LABELS &&
    metadata.annotations === NO_LABELS &&
    metadata.ownerReferences === NO_OWNERS &&
    metadata.finalizers === NO_FINALIZERS &&
    metadata.generation === 0 &&
    !metadata.deleting &&
    metadata.deletionGracePeriodSeconds < 0
  );
}
