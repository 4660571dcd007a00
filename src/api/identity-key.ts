/** Kinds whose identities make small numbers, which maps find sooner than large ones. */
const SMALL_KINDS = 2 ** 10;

/** One number for an object of any kind: identities are dense within each. */
export function identityKey(kindId: number, id: number): number {
  return kindId < SMALL_KINDS ? id * SMALL_KINDS + kindId : -(kindId * 2 ** 40 + id);
}
