import { describe, expect, test } from 'vitest';
import type { InputError } from '../../../src/api/input-error.js';
import type { ClusterConfig } from '../../../src/cluster/config.js';
import { loadScenario } from '../../../src/scenario/loader.js';

function apiServer(keys: string): ClusterConfig['apiServer'] {
  const text = `cluster:\n  nodes: [ { count: 1 } ]\n  apiServer:\n${keys}`;
  return loadScenario('s.yaml', { readFile: () => text }).cluster.apiServer;
}

const SCHEMA = (level: string): string =>
  `    flowSchemas:\n      - { metadata: { name: mine }, spec: { priorityLevelConfiguration: { name: ${level} } } }\n`;

describe('flow control in a scenario', () => {
  test('has the defaults where it says nothing', () => {
    const { flowSchemas, priorityLevels } = apiServer('    maxRequestsInflight: 10\n');
    expect([flowSchemas.length, priorityLevels.length]).toEqual([11, 8]);
  });

  test('takes objects beside the defaults, with the defaults of their fields', () => {
    const levels = '    priorityLevels: [ { metadata: { name: batch }, spec: { type: Limited } } ]\n';
    const { flowSchemas, priorityLevels } = apiServer(levels + SCHEMA('batch'));
    expect(flowSchemas.at(-1)!.spec.matchingPrecedence).toBe(1000);
    expect(priorityLevels.at(-1)).toEqual({
      name: 'batch',
      spec: {
        type: 'Limited',
        limited: {
          nominalConcurrencyShares: 30,
          lendablePercent: 0,
          limitResponse: { type: 'Queue', queuing: { queues: 64, handSize: 8, queueLengthLimit: 50 } },
        },
      },
    });
  });

  test('puts an object in the place of the default of its name', () => {
    const { priorityLevels } = apiServer(
      '    priorityLevels: [ { metadata: { name: workload-low }, spec: { type: Limited, limited: { nominalConcurrencyShares: 1 } } } ]\n',
    );
    const named = priorityLevels.filter(({ name }) => name === 'workload-low');
    expect(named).toHaveLength(1);
    expect(priorityLevels).toHaveLength(8);
  });

  test.each([
    [SCHEMA('workload-hihg'), 'did you mean "workload-high"?'],
    [
      '    priorityLevels: [ { metadata: { name: a }, spec: { type: Limited, limited: { limitResponse: { type: Queue, queuing: { queues: 2, handSize: 3 } } } } } ]\n',
      'a hand of 3 queues cannot be dealt from 2',
    ],
    [
      '    priorityLevels: [ { metadata: { name: catch-all }, spec: { type: Limited } } ]\n',
      'catch-all stays as it is',
    ],
    [
      '    validatingWebhooks: [ { name: a, latency: 1ms, timeoutSeconds: 31, rules: [ { operations: [CREATE], resources: [pods] } ] } ]\n',
      'cluster.apiServer.validatingWebhooks[0].timeoutSeconds',
    ],
  ])('says what is wrong: %#', (keys, message) => {
    let said = '';
    try {
      apiServer(keys);
    } catch (error) {
      said = (error as InputError).format();
    }
    expect(said).toContain(message);
  });
});
