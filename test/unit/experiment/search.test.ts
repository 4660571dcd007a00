import { describe, expect, test } from 'vitest';
import { bisect, bracket, type Search } from '../../../src/experiment/bisection.js';
import { judgeRuns, parseCondition } from '../../../src/experiment/condition.js';
import { type FindRequest, findValue } from '../../../src/experiment/find-value.js';
import { effects, trajectories } from '../../../src/experiment/morris.js';
import type { Pool } from '../../../src/experiment/outcome.js';
import { rankFactors } from '../../../src/experiment/rank-factors.js';
import { Streams } from '../../../src/random/streams.js';
import { axisOf } from '../../../src/scenario/experiment.js';

/** A pool whose only figure is what a model says. */
function modelPool(model: (settings: Readonly<Record<string, number>>, noise: number) => number | null): Pool {
  return {
    width: 1,
    close: async () => {},
    run: async ({ settings, seed }) => {
      const noise = new Streams(seed).stream('noise').uniform() - 0.5;
      const value = model(Object.fromEntries(settings.map(({ path, value: own }) => [path, Number(own)])), noise);
      return { status: 'done', fingerprint: '', end: '', events: 1, pass: true, figures: { y: value }, halfWidths: {} };
    },
  };
}

describe('halving', () => {
  const search: Search = { find: 'smallest', from: 1, to: 1000, whole: true, precision: 0 };

  test.each([1, 2, 17, 500, 999, 1000])('finds the smallest value that holds: %d', async (truth) => {
    const tried: number[] = [];
    const end = await bisect(search, async (value) => {
      tried.push(value);
      return value >= truth;
    });
    expect(end).toEqual({ value: truth, beyond: truth === 1 ? undefined : truth - 1 });
    expect(tried.length).toBeLessThan(16);
  });

  test.each([1, 17, 999])('finds the largest value that holds: %d', async (truth) => {
    const end = await bisect({ ...search, find: 'largest' }, async (value) => value <= truth);
    expect(end).toEqual({ value: truth, beyond: truth + 1 });
  });

  test('stops when near enough, and says so when it holds nowhere', async () => {
    const { value, beyond } = await bisect({ ...search, whole: false, precision: 0.01 }, async (one) => one >= 123.456);
    expect(value! - beyond!).toBeLessThan(0.01 * value!);
    expect(beyond!).toBeLessThan(123.456);
    expect(value!).toBeGreaterThanOrEqual(123.456);
    expect(await bisect(search, async () => false)).toEqual({ value: undefined, beyond: 1000 });
  });

  test('goes out from the value of the scenario until the answer changes', async () => {
    expect(await bracket('smallest', 20, true, async (value) => value >= 150)).toEqual({ from: 80, to: 160 });
    expect(await bracket('smallest', 20, true, async (value) => value >= 3)).toEqual({ from: 2, to: 5 });
    expect(await bracket('largest', 20, true, async (value) => value <= 150)).toEqual({ from: 80, to: 160 });
    expect(await bracket('largest', 20, true, async (value) => value <= 3)).toEqual({ from: 2, to: 5 });
  });
});

describe('a search', () => {
  const request: FindRequest = {
    path: 'x',
    find: 'smallest',
    condition: parseCondition('y < 60'),
    ends: { from: 1, to: 1000 },
    start: undefined,
    unit: '',
    whole: true,
    precision: 0,
    seed: 1,
    replications: 100,
  };

  test('reaches the known answer of a noisy model, and runs no more than it needs', async () => {
    // 3000 / x < 60 from x = 51 on; noise of up to 2 either way.
    const { value, beyond, trail } = await findValue(
      request,
      modelPool(({ x }, noise) => 3000 / x! + 4 * noise),
      () => {},
    );
    expect([value, beyond]).toEqual([51, 50]);
    const runs = (one: number): number => trail.find((trial) => trial.value === one)!.values.length;
    expect(runs(1000)).toBe(5);
    expect(runs(51)).toBeGreaterThan(5);
  });

  test('says when it could not be sure', async () => {
    const few = { ...request, replications: 5 };
    const { sure } = await findValue(
      few,
      modelPool(({ x }, noise) => 3000 / x! + 400 * noise),
      () => {},
    );
    expect(sure).toBe(false);
  });

  test('takes a run without the figure as one for which it does not hold', async () => {
    const { value } = await findValue(
      request,
      modelPool(({ x }) => (x! < 400 ? null : 1)),
      () => {},
    );
    expect(value).toBe(400);
  });
});

test('a condition is judged by the interval of the mean', () => {
  const condition = parseCondition('hub.watchLag.p99 <= 1');
  expect(judgeRuns(condition, [0.9, 0.8, 0.85])).toMatchObject({ holds: true, sure: true });
  expect(judgeRuns(condition, [0.9, 1.2, 0.8])).toMatchObject({ holds: true, sure: false });
  expect(judgeRuns(condition, [1, 1])).toMatchObject({ holds: true, sure: true });
  expect(judgeRuns(parseCondition('y < 1'), [1, 1])).toMatchObject({ holds: false, sure: true });
  expect(judgeRuns(condition, [0.1, undefined])).toMatchObject({ holds: false, missing: 1 });
  expect(() => parseCondition('y = 3')).toThrow('no condition');
});

describe('Morris screening', () => {
  const axes = ['a', 'b', 'c', 'd', 'idle'].map((name) => axisOf({ [name]: [0, 1, 2, 3] }));

  test('moves every factor once on every way, by half of its levels', () => {
    for (const points of trajectories(axes, 50, 7)) {
      expect(
        points
          .slice(1)
          .map(({ moved }) => moved)
          .sort(),
      ).toEqual([0, 1, 2, 3, 4]);
      for (const [index, { levels, moved, step }] of points.slice(1).entries()) {
        expect(Math.abs(step)).toBeCloseTo(2 / 3, 12);
        expect(levels[moved]! - points[index]!.levels[moved]!).toBe(Math.round(step * 3));
      }
    }
  });

  test('gives a straight factor its exact effect and no spread', () => {
    const paths = trajectories(axes, 20, 3);
    const values = paths.map((points) => points.map(({ levels }) => 7 * levels[0]! - 2 * levels[1]!));
    const [first, second, third] = effects(axes, paths, values);
    expect([first!.axis.paths[0], first!.mean, first!.size.mean]).toEqual(['a', 21, 21]);
    expect([second!.axis.paths[0], second!.mean, second!.size.mean]).toEqual(['b', -6, 6]);
    expect(first!.spread).toBeCloseTo(0, 10);
    expect(third!.size.mean).toBe(0);
  });

  test('ranks the factors of a known model, and sees which depend on each other', async () => {
    // c and d matter only together; the noise is shared within a way and cancels out.
    const model = modelPool((x, noise) => 10 * x.a! + 3 * x.b! + 2 * x.c! * x.d! + 50 * noise);
    const { factors, runs } = await rankFactors({ axes, figure: 'y', trajectories: 30, seed: 1 }, model, () => {});
    expect(runs).toBe(30 * 6);
    const order = factors.map(({ axis }) => axis.paths[0]);
    expect(order[0]).toBe('a');
    expect(order.at(-1)).toBe('idle');
    const spread = Object.fromEntries(factors.map((factor) => [factor.axis.paths[0], factor.spread]));
    expect(spread.a).toBeLessThan(1e-9);
    expect(spread.c).toBeGreaterThan(1);
    expect(spread.d).toBeGreaterThan(1);
    expect(factors.at(-1)!.size.mean).toBe(0);
  });
});
