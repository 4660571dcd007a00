const HALF_BITS = 32n;
const HALF: number = 2 ** 32;

/**
 * The queues of a flow: `handSize` different ones out of `queues`, shuffled by the flow's hash
 * (util/shufflesharding/shufflesharding.go).
 */
export function dealHand(hash: bigint, queues: number, handSize: number): readonly number[] {
  const remainders: number[] = [];
  // Divided by hand, half by half: big integers take several times as long, and each kubelet has two hands dealt.
  let high = Number(hash >> HALF_BITS);
  let low = Number(BigInt.asUintN(Number(HALF_BITS), hash));
  for (let i = 0; i < handSize; i++) {
    const left = queues - i;
    const carried = (high % left) * HALF + low;
    remainders.push(carried % left);
    high = Math.floor(high / left);
    low = Math.floor(carried / left);
  }
  return remainders.map((remainder, i) => {
    let card = remainder;
    // The i-th card is drawn from what the earlier draws left over.
    for (let j = i - 1; j >= 0; j--) if (card >= remainders[j]!) card++;
    return card;
  });
}
