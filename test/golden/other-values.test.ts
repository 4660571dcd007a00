import { expect, test } from 'vitest';
import { parseSetting } from '../../src/scenario/setting.js';
import { simulate } from '../../src/scenario/simulate.js';
import { readScenario } from './golden-record.js';

/** By scenario, other values of its variables than its own, and the pods that run in the end. */
const OTHERS: readonly (readonly [name: string, settings: readonly string[], running: number])[] = [
  ['across-the-ocean', ['vars.compaction=60'], 20],
  ['api-server-restart', ['vars.replicas=400', 'vars.nodes=20', 'vars.outage=0.5'], 400],
  ['api-server-restart', ['vars.replicas=200', 'vars.outage=20'], 200],
  ['ha-three-servers', ['vars.replicas=400', 'vars.outage=2'], 400],
  ['idle-5000', ['vars.nodes=500', 'vars.seconds=120'], 0],
  ['leader-failover', ['vars.replicas=500', 'vars.copies=3'], 500],
  ['list-storm', ['vars.lists=200'], 0],
  ['qps-tuning', ['vars.qps=20', 'vars.burst=30'], 500],
  ['qps-tuning', ['vars.qps=500', 'vars.burst=750'], 500],
  ['slow-etcd-disk', ['vars.replicas=300', 'vars.factor=10'], 300],
  ['slow-etcd-disk', ['vars.nodes=50', 'vars.factor=200', 'vars.seconds=5'], 1000],
  ['slow-etcd-disk', ['vars.members=3', 'vars.factor=20000'], 1000],
];

test.each(OTHERS)('what %s expects should follow its variables: %j', (name, settings, running) => {
  const { summary } = simulate(readScenario(name, settings.map(parseSetting)));
  expect(summary.expectations.filter(({ pass }) => !pass)).toEqual([]);
  expect(summary.pods.running).toBe(running);
});

test('quota-full should take up the room at the same look, whatever the seed', () => {
  const scenario = readScenario('quota-full');
  for (let seed = 1; seed <= 10; seed++) {
    const { summary } = simulate({ ...scenario, seed });
    expect(summary.expectations.filter(({ pass }) => !pass)).toEqual([]);
  }
});

test('slow-etcd-disk should show an etcd of three that loses its leader to a silent disk', () => {
  const changes = (factor: number): number =>
    simulate(readScenario('slow-etcd-disk', ['vars.members=3', `vars.factor=${factor}`].map(parseSetting))).summary.etcd
      .leaderChanges;
  expect(changes(50)).toBe(0);
  expect(changes(20_000)).toBeGreaterThan(0);
});
