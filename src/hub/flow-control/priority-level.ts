/** How a priority level with queues lets requests wait. */
export interface Queuing {
  readonly queues: number;
  /** How many queues a flow may use. */
  readonly handSize: number;
  /** Requests that may wait in one queue. */
  readonly queueLengthLimit: number;
}

/** A share of the server's seats (a PriorityLevelConfiguration object's name and spec). */
export interface PriorityLevel {
  readonly name: string;
  readonly spec: ExemptLevelSpec | LimitedLevelSpec;
}

/** Never limited, and what it uses is taken from the others. */
export interface ExemptLevelSpec {
  readonly type: 'Exempt';
  readonly exempt: { readonly nominalConcurrencyShares?: number; readonly lendablePercent?: number };
}

export interface LimitedLevelSpec {
  readonly type: 'Limited';
  readonly limited: {
    readonly nominalConcurrencyShares: number;
    readonly lendablePercent?: number;
    /** How much more than its nominal limit it may borrow; left out, as much as the server has. */
    readonly borrowingLimitPercent?: number;
    readonly limitResponse: { readonly type: 'Reject' } | { readonly type: 'Queue'; readonly queuing: Queuing };
  };
}

/** The queues of a level; `undefined` where requests are served or refused at once. */
export function queuingOf({ spec }: PriorityLevel): Queuing | undefined {
  if (spec.type === 'Exempt' || spec.limited.limitResponse.type === 'Reject') return undefined;
  return spec.limited.limitResponse.queuing;
}
