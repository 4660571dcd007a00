import type { Distribution } from '../random/distribution.js';

/** What each step of a request costs an API server, in processor nanoseconds on its host. */
export interface ApiServerCosts {
  /** From being started to its first answer. */
  readonly startNs: number;
  /** Finding out who asks and whether he may, and the queues of flow control: nothing for `system:masters`. */
  readonly authorizeNs: number;
  /** A mutating request up to the proposal to etcd: connection, decoding, filters, admission, defaulting. */
  readonly write: Distribution;
  /** What a write of a pod costs more than others: more admission plugins, a larger object. */
  readonly podWriteNs: number;
  /** What a PATCH costs more than other writes, beside the bytes of its object: whose every field is, is worked out. */
  readonly patchNs: number;
  /** A reading request up to the read itself. */
  readonly read: Distribution;
  /** The answer to a single-object request: sending. */
  readonly answerNs: number;
  /** Each 1,000 bytes of an object that are decoded from a request or from etcd. */
  readonly decodeKilobyteNs: number;
  /** Each 1,000 bytes of an object that are encoded for an answer or an event. */
  readonly encodeKilobyteNs: number;
  /** One object of a LIST or of the initial state of a watch. */
  readonly listItemNs: number;
  /** One object that a selector without an index looks at. */
  readonly selectItemNs: number;
  /** One object of a LIST that etcd serves, beside its bytes: it is decoded anew. */
  readonly decodeItemNs: number;
  /** One stored change: updating the watch cache, and one encoding shared by all watchers. */
  readonly watchEventNs: number;
  /** One write to one watcher, of all the changes that leave together for it. */
  readonly watchFlushNs: number;
  /** One change sent to one watcher. */
  readonly watchSendNs: number;
}
