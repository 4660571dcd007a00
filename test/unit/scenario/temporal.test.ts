import { describe, expect, test } from 'vitest';
import { splitTemporals, TemporalWatch } from '../../../src/scenario/temporal.js';

/** How an expectation over `pods.running` came out, which is each of the values for a second. */
function outcome(expression: string, ...values: readonly number[]): string | undefined {
  const [temporal] = splitTemporals(expression).temporals;
  const watch = new TemporalWatch(temporal!);
  for (const [second, running] of values.entries()) watch.look({ pods: { running } }, second * 1e9);
  return watch.end((values.length - 1) * 1e9);
}

describe('an expectation over time', () => {
  test.each([
    ['always(pods.running >= 2)', [2, 3, 2], undefined],
    ['always(pods.running >= 2)', [2, 1, 3, 0], 'false at 1 s: pods.running = 1'],
    ['eventually(pods.running == 3)', [2, 3, 2], undefined],
    ['eventually(pods.running == 3)', [2, 1], 'never so; at the end, 1 s, pods.running = 1'],
    ['within(2s, pods.running == 3)', [1, 1, 3, 0], undefined],
    ['within(2s, pods.running == 3)', [1, 1, 1, 3], 'false at 2 s: pods.running = 1'],
    ['within(9s, pods.running == 3)', [1, 1], 'the run ended at 1 s, before it was so: pods.running = 1'],
    ['within(1s, pods.running < 2, pods.running == 3)', [3, 1, 3, 1, 3], undefined],
    ['within(1s, pods.running < 2, pods.running == 3)', [3, 1, 3, 1, 1, 1, 3], 'false at 4 s: pods.running = 1'],
    ['within(1s, pods.running < 0, pods.running == 9)', [3, 3], undefined],
    ['always(workloads["a"].desired >= 2)', [2], 'Unknown variable: workloads'],
    ['always(pods.running)', [2], 'pods.running is no condition: it is 2'],
  ])('%s over %j', (expression, values, why) => {
    expect(outcome(expression, ...values)).toBe(why);
  });

  test('may be part of a larger one, with calls and texts of its own', () => {
    const { rest, temporals } = splitTemporals(
      'always(max(time, nodes.ready) > 1 && time != "),") || !eventually(converged) && pods.running > 1',
    );
    expect(rest).toBe('over_time_0 || !over_time_1 && pods.running > 1');
    expect(temporals.map(({ condition }) => condition.expression)).toEqual([
      'max(time, nodes.ready) > 1 && time != "),"',
      'converged',
    ]);
  });
});
