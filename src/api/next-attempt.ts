/** Retransmission of data on a connection that works: tcp(7) TCP_RTO_MIN and TCP_RTO_MAX of Linux, doubling between them. */
export const RETRANSMISSION: Attempts = { firstNs: 200e6, mostNs: 120e9 };
/** Retransmission of the packet that opens a connection (RFC 6298, 2.1: 1 s). */
export const OPENING: Attempts = { firstNs: 1e9, mostNs: 120e9 };

/** How long after one attempt the next comes: twice as long as before, up to a most. */
export interface Attempts {
  readonly firstNs: number;
  readonly mostNs: number;
}

/** When the first attempt at or after `nowNs` is made of what was first tried at `sinceNs`. */
export function nextAttemptNs(sinceNs: number, nowNs: number, { firstNs, mostNs }: Attempts): number {
  let atNs = sinceNs;
  for (let stepNs = firstNs; atNs < nowNs; stepNs = Math.min(2 * stepNs, mostNs)) atNs += stepNs;
  return atNs;
}
