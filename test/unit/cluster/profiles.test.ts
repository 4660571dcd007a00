import { expect, test } from 'vitest';
import { PROFILE_NAMES } from '../../../src/cluster/profile-name.js';
import { loadProfile } from '../../../src/scenario/profile-file.js';
import { simulate } from '../../../src/scenario/simulate.js';
import { load } from '../scenario/scenario-files.js';

/** ConfigMaps a second that 64 clients can create who never wait. */
function creations(profile: string): number {
  const scenario = `
cluster: { profile: ${profile}, nodes: [ { count: 1 } ], kubelet: { model: hollow, nodeStatus: false } }
timeline: [ { at: 0s, load: closed, clients: 64, verb: create, resource: configmaps, bytes: 1024, for: 1s } ]
stop: { when: horizon, atMost: 1s }
`;
  return simulate(load({ 'main.yaml': scenario })).summary.hub.load.rate!;
}

test('every profile can be read and has its own name', () => {
  for (const name of PROFILE_NAMES) expect(loadProfile(name).name).toBe(name);
});

test('more cores carry more requests', () => {
  const rates = [2, 8, 16, 64].map((cores) => creations(cores === 2 ? 'vm-2-core' : `control-plane-${cores}-core`));
  expect(rates[1]).toBeGreaterThan(2 * rates[0]!);
  expect(rates[2]).toBeGreaterThan(rates[1]!);
  expect(rates[3]).toBeGreaterThan(rates[2]!);
});
