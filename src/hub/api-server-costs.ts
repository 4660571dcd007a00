import type { Distribution } from '../random/distribution.js';

/** What each step of a request costs an API server, in processor nanoseconds on its host. */
export interface ApiServerCosts {
  /** A mutating request up to the proposal to etcd: connection, decoding, filters, admission, defaulting. */
  readonly write: Distribution;
  /** What a write of a pod costs more than others: more admission plugins, a larger object. */
  readonly podWriteNs: number;
  /** A reading request up to the read itself. */
  readonly read: Distribution;
  /** The answer to a single-object request: encoding and sending. */
  readonly answerNs: number;
  /** One object of a LIST or of the initial state of a watch. */
  readonly listItemNs: number;
  /** One stored change: decoding from etcd, updating the watch cache, one encoding shared by all watchers. */
  readonly watchEventNs: number;
  /** One change sent to one watcher. */
  readonly watchSendNs: number;
}
