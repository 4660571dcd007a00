/** An event as most simulators in JavaScript have it. */
export interface EventObject {
  readonly timeNs: number;
  readonly order: number;
  readonly kind: number;
  readonly target: number;
}

export function compareEvents(one: EventObject, other: EventObject): number {
  return one.timeNs - other.timeNs || one.order - other.order;
}
