import { describe, expect, it } from 'vitest';
import { waitLimitNs } from '../../../../src/hub/flow-control/wait-limit.js';

describe('the limit of waiting for seats', () => {
  it('is a quarter of the deadline, and never more than a minute', () => {
    expect([20e9, 60e9, 1800e9].map(waitLimitNs)).toEqual([5e9, 15e9, 60e9]);
  });
});
