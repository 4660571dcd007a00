import { describe, expect, it } from 'vitest';
import { allocateSeats } from '../../../../src/hub/flow-control/seat-allocation.js';
import { AleaStream } from '../../../../src/random/stream.js';

describe('an allocation of seats', () => {
  it('hands out the whole stock, within every bound, in one proportion', () => {
    const stream = new AleaStream('claims');
    for (let round = 0; round < 300; round++) {
      const claims = Array.from({ length: 1 + stream.below(9) }, () => {
        const least = stream.below(50);
        return { least, target: least + stream.below(100), most: least + stream.below(200) };
      });
      const [leastSum, mostSum] = (['least', 'most'] as const).map((of) => claims.reduce((sum, c) => sum + c[of], 0));
      const stock = leastSum! + stream.below(mostSum! - leastSum! + 1);
      const { seats, fairProportion } = allocateSeats(stock, claims)!;
      expect(seats.reduce((sum, share) => sum + share, 0)).toBeCloseTo(stock, 6);
      if (stock === 0) continue;
      seats.forEach((share, i) => {
        const { least, most, target } = claims[i]!;
        expect(share).toBeCloseTo(Math.max(least, Math.min(most, fairProportion * Math.max(target, 0.001))), 6);
      });
    }
  });

  it('gives up where the bounds leave no way', () => {
    expect(allocateSeats(10, [{ least: 0, target: 1, most: 9 }])).toBeUndefined();
    expect(allocateSeats(10, [{ least: 11, target: 12, most: 13 }])).toBeUndefined();
  });
});
