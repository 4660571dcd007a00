import { describe, expect, it } from 'vitest';
import { compileSelector, matches } from '../../../src/api/label-selector.js';

describe('label selectors', () => {
  it('match nothing when null and everything when empty', () => {
    expect(matches(null, { a: 'b' })).toBe(false);
    expect(matches(undefined, {})).toBe(false);
    expect(matches({}, { a: 'b' })).toBe(true);
    expect(compileSelector(null).matches({})).toBe(false);
    expect(compileSelector({}).empty).toBe(true);
  });

  it('need every label and every expression', () => {
    const selector = {
      matchLabels: { app: 'web' },
      matchExpressions: [{ key: 'tier', operator: 'NotIn', values: ['back'] }],
    };
    expect(matches(selector, { app: 'web' })).toBe(true);
    expect(matches(selector, { app: 'web', tier: 'back' })).toBe(false);
    expect(matches(selector, { tier: 'front' })).toBe(false);
  });

  it('do not take inherited properties for labels', () => {
    expect(matches({ matchExpressions: [{ key: 'constructor', operator: 'Exists' }] }, {})).toBe(false);
    expect(matches({ matchLabels: { toString: 'x' } }, {})).toBe(false);
  });

  it('refuse an operator that is none, naming those that are', () => {
    const selector = { matchExpressions: [{ key: 'a', operator: 'in', values: ['b'] }] };
    expect(() => compileSelector(selector)).toThrow(/"in" is not a label selector operator/);
  });
});
