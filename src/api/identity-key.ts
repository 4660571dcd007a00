/** One number for an object of any kind: identities are dense within each. */
export function identityKey(kindId: number, id: number): number {
  return kindId * 2 ** 40 + id;
}
