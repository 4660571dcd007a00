import { ByIdentity } from '../api/by-identity.js';
import { EVENT } from '../api/kind.js';
import { NO_LABELS } from '../api/labels.js';
import { NO_FINALIZERS, NO_OWNERS, ObjectMeta } from '../api/meta.js';
import { ApiObject } from '../api/object.js';
import { RecordedFields } from '../api/recorded-fields.js';

/** All of an Event as recorders write it: little of its metadata does not follow from its fields, and it has neither spec nor status. */
class FoldedEvent {
  readonly id: number;
  readonly revision: number;
  readonly creationTimestampNs: number;
  readonly fields: RecordedFields;

  constructor({ id, revision, metadata }: ApiObject, fields: RecordedFields) {
    this.id = id;
    this.revision = revision;
    this.creationTimestampNs = metadata.creationTimestampNs;
    this.fields = fields;
  }

  unfolded(): ApiObject {
    const { id, revision, creationTimestampNs, fields } = this;
    const { eventNamespace, eventName } = fields;
    const metadata = ObjectMeta.named(eventNamespace, eventName, creationTimestampNs);
    return new ApiObject(EVENT, id, revision, metadata, undefined, undefined, fields);
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
    const { extra } = event;
    const isFoldable = extra instanceof RecordedFields && isPlain(event);
    this.events.set(isFoldable ? new FoldedEvent(event, extra) : event);
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

/** Whether there is nothing that folding would lose: what names it is as its recorder named it, for nobody can rename it. */
function isPlain({ metadata, spec, status }: ApiObject): boolean {
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
