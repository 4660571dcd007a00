import { describe, expect, test } from 'vitest';
import { splitTemporals, TemporalWatch } from '../../../src/scenario/temporal.js';

/** How an expectation over `x` came out, x being each of the values for a second. */
function outcome(expression: string, ...values: readonly number[]): string | undefined {
  const [temporal] = splitTemporals(expression).temporals;
  const watch = new TemporalWatch(temporal!);
  for (const [second, x] of values.entries()) watch.look({ x }, second * 1e9);
  return watch.end((values.length - 1) * 1e9);
}

describe('an expectation over time', () => {
  test.each([
    ['always(x >= 2)', [2, 3, 2], undefined],
    ['always(x >= 2)', [2, 1, 3, 0], 'false at 1 s: x = 1'],
    ['eventually(x == 3)', [2, 3, 2], undefined],
    ['eventually(x == 3)', [2, 1], 'never so; at the end, 1 s, x = 1'],
    ['within(2s, x == 3)', [1, 1, 3, 0], undefined],
    ['within(2s, x == 3)', [1, 1, 1, 3], 'false at 2 s: x = 1'],
    ['within(9s, x == 3)', [1, 1], 'the run ended at 1 s, before it was so: x = 1'],
    ['within(1s, x < 2, x == 3)', [3, 1, 3, 1, 3], undefined],
    ['within(1s, x < 2, x == 3)', [3, 1, 3, 1, 1, 1, 3], 'false at 4 s: x = 1'],
    ['within(1s, x < 0, x == 9)', [3, 3], undefined],
    ['always(a.b.z >= 2)', [2], 'Unknown variable: a'],
    ['always(x)', [2], 'x is no condition: it is 2'],
  ])('%s over %j', (expression, values, why) => {
    expect(outcome(expression, ...values)).toBe(why);
  });

  test('may be part of a larger one, with calls and texts of its own', () => {
    const { rest, temporals } = splitTemporals(
      'always(max(a, b) > 1 && c != "),") || !eventually(d) && pods.running > 1',
    );
    expect(rest).toBe('over_time_0 || !over_time_1 && pods.running > 1');
    expect(temporals.map(({ condition }) => condition.expression)).toEqual(['max(a, b) > 1 && c != "),"', 'd']);
  });
});
