/** What an event of a kind waited for before it ran: the places where time passes in a control plane. */
export type WaitCause = 'none' | 'queue' | 'limiter' | 'processor' | 'disk' | 'wire' | 'timer';

/** What was waited for, by name: `etcd: fsync`, `disk`. */
export interface NamedWait {
  readonly name: string;
  readonly cause: WaitCause;
}
