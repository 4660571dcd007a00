/** What each step of a request costs an API server, in processor nanoseconds on its host. */
export interface ApiServerCosts {
  /** A mutating request up to the proposal to etcd: connection, decoding, filters, admission, defaulting. */
  readonly writeNs: number;
  /** A GET up to the read of etcd. */
  readonly readNs: number;
  /** The answer to a single-object request: encoding and sending. */
  readonly answerNs: number;
  /** One object of a LIST or of the initial state of a watch. */
  readonly listItemNs: number;
  /** One stored change: decoding from etcd, updating the watch cache, one encoding shared by all watchers. */
  readonly watchEventNs: number;
  /** One change sent to one watcher. */
  readonly watchSendNs: number;
}
