import { expect, test } from 'vitest';
import { newest } from '../../../bench/pages/newest.js';
import type { BenchRecord } from '../../../src/cli/bench/bench-record.js';

test('the figures are those of the oldest release of Node.js, each the newest there is, and newer releases stand apart', () => {
  const found = newest([record('v20.20.2', 3), record('v20.20.2', 2), record('v24.1.0', 1), record('v22.9.0', 4)]);
  expect(found.runs.get('small')?.seconds).toBe(2);
  expect([...found.newer].map(([release, runs]) => [release, runs.get('small')?.seconds])).toEqual([
    ['Node 24.1.0', 1],
    ['Node 22.9.0', 4],
  ]);
  expect(found.machine).toBe('any, 2 cores, Node 20.20.2');
});

function record(node: string, seconds: number): BenchRecord {
  const run = {
    seconds,
    simulatedSeconds: seconds,
    events: 1,
    eventsPerSecond: 1,
    peakMemoryBytes: 1,
    fingerprint: '0123456789abcdef',
  };
  return { schema: 'hubsim/bench/v1', at: '', hubsim: '0.1.0', node, cpu: 'any', cores: 2, runs: { small: run } };
}
