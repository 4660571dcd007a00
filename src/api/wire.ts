/** One way of a wire that is not like the others. */
export interface Wire {
  /** How long what leaves now, so many bytes long, is on its way, in ns; elsewhere it would be `usualNs`. */
  wayNs(usualNs: number, bytes: number): number;
}

/** The two ways of a wire: from the client's side to the server's, and back. */
export interface WirePair {
  readonly out: Wire;
  readonly back: Wire;
}
