/**
 * The queues of a flow: `handSize` different ones out of `queues`, shuffled by the flow's hash
 * (util/shufflesharding/shufflesharding.go).
 */
export function dealHand(hash: bigint, queues: number, handSize: number): readonly number[] {
  const remainders: number[] = [];
  let rest = hash;
  for (let i = 0; i < handSize; i++) {
    const left = BigInt(queues - i);
    remainders.push(Number(rest % left));
    rest /= left;
  }
  return remainders.map((remainder, i) => {
    let card = remainder;
    // The i-th card is drawn from what the earlier draws left over.
    for (let j = i - 1; j >= 0; j--) if (card >= remainders[j]!) card++;
    return card;
  });
}
