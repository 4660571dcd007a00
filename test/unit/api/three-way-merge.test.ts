import { describe, expect, test } from 'vitest';
import { threeWayMerge } from '../../../src/api/three-way-merge.js';

describe('a three-way merge', () => {
  test('keeps what nobody applied, and takes away what is applied no more', () => {
    const merged = threeWayMerge({ a: 1, b: 1 }, { a: 2 }, { a: 1, b: 1, c: 1 });
    expect(merged).toEqual({ a: 2, c: 1 });
  });

  test('goes down into maps, and null takes away', () => {
    const current = { labels: { a: '1', theirs: 'x' }, gone: true };
    const merged = threeWayMerge({ labels: { a: '1' } }, { labels: { b: '2' }, gone: null }, current);
    expect(merged).toEqual({ labels: { b: '2', theirs: 'x' } });
  });

  test('merges containers by name and their ports by number', () => {
    const original = { containers: [{ name: 'old' }, { name: 'web', image: 'web:1' }] };
    const modified = { containers: [{ name: 'web', image: 'web:2', ports: [{ containerPort: 80, name: 'http' }] }] };
    const current = {
      containers: [
        { name: 'old' },
        { name: 'web', image: 'web:1', imagePullPolicy: 'Always', ports: [{ containerPort: 80, protocol: 'TCP' }] },
        { name: 'injected' },
      ],
    };
    expect(threeWayMerge(original, modified, current)).toEqual({
      containers: [
        {
          name: 'web',
          image: 'web:2',
          imagePullPolicy: 'Always',
          ports: [{ containerPort: 80, name: 'http', protocol: 'TCP' }],
        },
        { name: 'injected' },
      ],
    });
  });

  test('replaces other lists whole', () => {
    expect(threeWayMerge({}, { args: ['a'] }, { args: ['b', 'c'] })).toEqual({ args: ['a'] });
  });
});
