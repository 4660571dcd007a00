import type { Kind } from '../../api/kind.js';
import type { KindRegistry } from '../../api/kind-registry.js';
import type { ApiObject } from '../../api/object.js';
import type { PodShapes } from '../../api/pod-shapes.js';
import type { ApiClient } from '../../client/api-client.js';
import type { EventRecorder } from '../../client/event-recorder.js';
import type { Informer } from '../../client/informer.js';
import type { Process } from '../../client/process.js';
import type { Stream } from '../../random/stream.js';
import type { ObjectCodec } from './object-codec.js';

/** What one copy of a custom spoke is connected with. */
export interface SpokeLinks {
  readonly process: Process;
  readonly client: ApiClient;
  readonly events: EventRecorder;
  /** Its own random draws. */
  readonly stream: Stream;
  readonly kinds: KindRegistry;
  readonly shapes: PodShapes;
  readonly codec: ObjectCodec;
  /** By the kinds it watches. */
  readonly informers: ReadonlyMap<Kind, Informer<ApiObject>>;
}
