import { describe, expect, it } from 'vitest';
import {
  firstUntoleratedTaint,
  NO_TOLERATIONS,
  type Taint,
  type Toleration,
  tolerates,
} from '../../../src/api/taint.js';

const GPU: Taint = { key: 'gpu', value: 'yes', effect: 'NoSchedule' };
const SLOW: Taint = { key: 'slow', value: '', effect: 'PreferNoSchedule' };
const ANY: Toleration = { key: '', operator: 'Exists', value: '', effect: '', tolerationSeconds: -1 };

describe('taints and tolerations', () => {
  it('a toleration without key and with Exists covers everything', () => {
    expect([GPU, SLOW].every((taint) => tolerates(ANY, taint))).toBe(true);
  });

  it('an empty operator means Equal', () => {
    expect(tolerates({ ...ANY, key: 'gpu', operator: '', value: 'yes' }, GPU)).toBe(true);
    expect(tolerates({ ...ANY, key: 'gpu', operator: '', value: 'no' }, GPU)).toBe(false);
  });

  it('comparisons match only with their gate on', () => {
    const less: Toleration = { ...ANY, key: 'rank', operator: 'Lt', value: '10' };
    const taint: Taint = { key: 'rank', value: '5', effect: 'NoSchedule' };
    expect(tolerates(less, taint)).toBe(false);
    expect(tolerates(less, taint, true)).toBe(true);
    expect(tolerates(less, { ...taint, value: '05' }, true)).toBe(false);
  });

  it('a preference alone keeps no pod away', () => {
    expect(firstUntoleratedTaint([SLOW], NO_TOLERATIONS)).toBeUndefined();
    expect(firstUntoleratedTaint([SLOW, GPU], NO_TOLERATIONS)).toBe(GPU);
    expect(firstUntoleratedTaint([SLOW, GPU], [ANY])).toBeUndefined();
  });
});
