import { describe, expect, it } from 'vitest';
import { InputError } from '../../../src/api/input-error.js';

describe('InputError', () => {
  it('says place, path, what is wrong and what to do in one line', () => {
    const place = { file: 'shop.yaml', line: 6, column: 13, path: 'spec.replicas', remedy: 'write 3' };
    expect(new InputError('must be an integer', place).format()).toBe(
      'shop.yaml:6:13: spec.replicas: must be an integer; write 3',
    );
  });

  it('leaves out what it does not know', () => {
    expect(new InputError('no nodes').format()).toBe('no nodes');
    expect(new InputError('no such file', { file: 'a.yaml' }).format()).toBe('a.yaml: no such file');
  });

  it('learns its place later without forgetting what it knew', () => {
    const error = new InputError('is wrong', { path: 'cpu' }).at({ file: 'a.yaml', path: 'ignored' });
    expect(error.format()).toBe('a.yaml: cpu: is wrong');
  });

  it('carries the other mistakes found with it, one line each', () => {
    const error = new InputError('first', { line: 1, file: 'a' }).with([new InputError('second')]);
    expect(error.format()).toBe('a:1: first\nsecond');
  });
});
