import { describe, expect, test } from 'vitest';
import { InputError } from '../../../src/api/input-error.js';
import type { ScenarioConfig } from '../../../src/scenario/config.js';
import { loadScenario } from '../../../src/scenario/loader.js';
import { parseSetting } from '../../../src/scenario/setting.js';

const SCENARIO = `seed: 1
vars: { replicas: 3 }
cluster: { nodes: [ { count: 3 } ] }
timeline:
  - { at: 0s, scale: deployment/web, replicas: {{ replicas }} }
`;

function loaded(...settings: readonly string[]): ScenarioConfig {
  return loadScenario('main.yaml', { readFile: () => SCENARIO, settings: settings.map(parseSetting) });
}

function mistake(...settings: readonly string[]): string {
  try {
    loaded(...settings);
  } catch (error) {
    if (error instanceof InputError) return error.format();
    throw error;
  }
  throw new Error('nothing was wrong');
}

describe('--set KEY=VALUE', () => {
  test('stands above the file, at any depth', () => {
    const { seed, cluster } = loaded('seed=7', 'cluster.nodes[0].count=5', 'cluster.scheduler.kubeApiQps=100');
    expect(seed).toBe(7);
    expect(cluster.nodes[0]).toMatchObject({ count: 5 });
    expect(cluster.scheduler.kubeApiQps).toBe(100);
  });

  test('sets a variable wherever it is used', () => {
    expect(loaded('vars.replicas=30').timeline[0]!.action).toMatchObject({ replicas: 30 });
  });

  test('takes whole lists and maps as YAML writes them', () => {
    const { cluster } = loaded('cluster.nodes=[{ count: 1 }, { count: 2, zone: b }]');
    expect(cluster.nodes).toMatchObject([{ count: 1 }, { count: 2, zone: 'b' }]);
  });

  test.each([
    ['a value without key', '=5', '--set =5 sets nothing; write --set KEY=VALUE'],
    ['a key without value', 'seed', '--set seed sets nothing'],
    ['a value of a wrong type', 'seed=many', '--set seed=many: seed: expected a number, found "many"'],
    [
      'an unknown key',
      'clustr.profile=ideal',
      '--set clustr.profile=ideal: clustr: unknown key "clustr"; did you mean "cluster"?',
    ],
    ['an unknown key further down', 'cluster.kublet.model=hollow', 'unknown key "kublet"; did you mean "kubelet"?'],
    ['an entry that is not there', 'cluster.nodes[3].count=1', 'cluster.nodes has 1 entries; they are counted from 0'],
    ['an index into no list', 'cluster[0]=1', '--set cluster[0]=1: cluster is no list'],
    ['a key of a list', 'timeline.at=5s', 'timeline is no map; write timeline[0].at'],
    ['a key of a number', 'seed.x=5', '--set seed.x=5: seed is no map'],
    ['a variable that is not there', 'vars.replica=5', 'there is no variable replica; did you mean "replicas"?'],
    ['broken YAML', 'seed=[', '--set seed=[:'],
  ])('is a mistake with its option: %s', (_, setting, message) => {
    expect(mistake(setting)).toContain(message);
  });
});
