/** Why a run returned: the time was up, no events were left, `stop` was called, or a limit was exceeded. */
export type EndReason = 'horizon' | 'empty' | 'stopped' | 'limit';

export interface RunEnd {
  readonly reason: EndReason;
  /** For `limit`: which one, and the kind of event to blame. */
  readonly message?: string;
}
