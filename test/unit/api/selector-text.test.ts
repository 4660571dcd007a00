import { describe, expect, it } from 'vitest';
import { parseFieldSelector } from '../../../src/api/field-selector.js';
import { InputError } from '../../../src/api/input-error.js';
import { parseSelector } from '../../../src/api/selector-text.js';

describe('selector text', () => {
  it.each([
    ['', ''],
    ['x in (foo,,baz),y,z notin ()', 'x in (,baz,foo),y,z notin ()'],
    ['a in(b)', 'a in (b)'],
    ['a==b', 'a==b'],
    ['x>5', 'x>5'],
    ['!notin', '!notin'],
  ])('%j reads as %j', (text, normal) => {
    expect(parseSelector(text).toString()).toBe(normal);
  });

  it.each(['a===b', 'a in b', 'a b', '!', 'a,,b', ',a', 'a=(b)', 'a in (b,c))', 'x>y', '-a=b'])(
    'refuses %j',
    (text) => {
      expect(() => parseSelector(text)).toThrow(InputError);
    },
  );
});

describe('field selector text', () => {
  it('sorts its terms and ignores empty ones', () => {
    expect(parseFieldSelector('b=2,,a!=1').toString()).toBe('a!=1,b=2');
    expect(parseFieldSelector('=').matches({})).toBe(true);
  });

  it.each(['a', 'a=b=c', 'a=\\x', 'a=b\\'])('refuses %j', (text) => {
    expect(() => parseFieldSelector(text)).toThrow(InputError);
  });
});
