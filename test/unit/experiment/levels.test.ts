import { describe, expect, test } from 'vitest';
import { axisOf, parseStopRule } from '../../../src/scenario/experiment.js';
import { levelsOf, parseRange } from '../../../src/scenario/levels.js';
import { settingPath } from '../../../src/scenario/setting.js';

const levels = (text: string): unknown[] => levelsOf(parseRange(text)!);

describe('a range', () => {
  test.each([
    ['10..100 step 30', [10, 40, 70, 100]],
    ['0..0.3 step 0.1', [0, 0.1, 0.2, 0.3]],
    ['1..1000 times 10', [1, 10, 100, 1000]],
    ['1..1000 log 4', [1, 10, 100, 1000]],
    ['20..500 log 5', [20, 45, 100, 224, 500]],
    ['1ms..100ms log 3', ['1ms', '10ms', '100ms']],
    ['10s..50s step 20s', ['10s', '30s', '50s']],
    ['-2..2 step 2', [-2, 0, 2]],
  ])('%s is all its values', (text, expected) => {
    expect(levels(text)).toEqual(expected);
  });

  test.each([
    ['100..10 step 5', /below/],
    ['1ms..2s log 3', /different units/],
    ['0..10 log 3', /above 0/],
    ['1..10 times 1', /above 1/],
    ['1..10', /does not say/],
    ['0..100000000 step 1', /more than/],
  ])('%s is refused', (text, message) => {
    expect(() => levels(text)).toThrow(message);
  });

  test('is told from other texts', () => {
    expect(parseRange('lognormal(p50=1ms, p99=5ms)')).toBeUndefined();
    expect(parseRange('30s')).toBeUndefined();
  });
});

describe('an axis', () => {
  test('sets several paths in step', () => {
    const { levels } = axisOf({ a: [1, 2], b: '10..20 step 10' });
    expect(levels.map((level) => level.map(({ value }) => value))).toEqual([
      [1, 10],
      [2, 20],
    ]);
  });

  test('refuses unequal lists, none, and the same value twice', () => {
    expect(() => axisOf({ a: [1, 2], b: [1] })).toThrow('a has 2 values and b has 1');
    expect(() => axisOf({ a: [] })).toThrow('no values');
    expect(() => axisOf({ a: [1, 1] })).toThrow('twice');
  });
});

test('the path of a setting starts at the top of the scenario or within its cluster', () => {
  expect(settingPath('controllerManager.kubeApiQps')).toEqual(['cluster', 'controllerManager', 'kubeApiQps']);
  expect(settingPath('cluster.nodes[0].count')).toEqual(['cluster', 'nodes', 0, 'count']);
  expect(settingPath('timeline[2].replicas')).toEqual(['timeline', 2, 'replicas']);
  expect(settingPath('nodes[0].labels["example.com/gpu"]')).toEqual([
    'cluster',
    'nodes',
    0,
    'labels',
    'example.com/gpu',
  ]);
  expect(() => settingPath('a..b')).toThrow('is not the path');
});

test('a rule to stop by names a share, and perhaps a figure', () => {
  expect(parseStopRule('relative half-width < 2 %')).toEqual({ figure: undefined, share: 0.02 });
  expect(parseStopRule('relative half-width of hub.watchLag.p99 < 0.5%').figure).toBe('hub.watchLag.p99');
  expect(() => parseStopRule('sure')).toThrow('no rule');
});
