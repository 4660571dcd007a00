import type { Kind } from '../api/kind.js';
import type { Engine } from '../engine/index.js';
import type { Processor } from '../engine/processor.js';
import type { OwnStreams } from '../random/own-streams.js';
import type { Stream } from '../random/stream.js';
import type { Admission } from './admission.js';
import type { ApiServerCosts } from './api-server-costs.js';
import type { CallTable } from './call-table.js';
import type { EtcdDoor } from './etcd/etcd-door.js';
import type { FlowControlOptions } from './flow-control/flow-control.js';
import type { HubProbe } from './hub-probe.js';
import type { ObjectBytes } from './object-bytes.js';
import type { Store } from './store.js';
import type { WebhookSet } from './webhooks.js';

/** What an API server is built from. */
export interface ApiServerParts {
  readonly engine: Engine;
  readonly host: Processor;
  readonly costs: ApiServerCosts;
  readonly streams: OwnStreams;
  /** When watches end whose clients do not say so. */
  readonly watchTimeouts: Stream;
  readonly store: Store;
  /** Where objects of a kind are kept. */
  readonly etcd: (kind: Kind) => EtcdDoor;
  readonly admission: Admission;
  readonly flowControl: FlowControlOptions;
  /** Number of the program on its host. */
  readonly component: number;
  /** Shared by the lives of one server, so that etcd can tell their calls apart. */
  readonly calls: CallTable;
  /** Until then it refuses all but masters with 403: the rules are not loaded yet. */
  readonly authorizesFromNs: number;
  readonly probe: HubProbe;
  /** How long it waits for service accounts; undefined where pods need none. */
  readonly accounts: Stream | undefined;
  /** Undefined where there are none. */
  readonly webhooks: WebhookSet | undefined;
  /** The one of all who weigh objects: whoever does it again, of what is written as it was sent, knows it. */
  readonly bytes: ObjectBytes;
}
