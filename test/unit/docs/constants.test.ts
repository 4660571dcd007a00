import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { clusterDefaults, kubeletDefaults } from '../../../src/scenario/cluster-defaults.js';

const { controllerManager, scheduler } = clusterDefaults(36);
const grace = controllerManager.nodeMonitorGracePeriodNs / 1e9;
const renewal = kubeletDefaults('kubelet').nodeLeaseDurationSeconds / 4;
const WORDS: Readonly<Record<number, string>> = { 10: 'ten' };

/** Sentences of the documentation that tell a default, with the default in them. */
test.each([
  ['cookbook.md', `own limit of ${controllerManager.kubeApiQps} requests a second`],
  ['cookbook.md', `the grace period of its heartbeats (${grace} s)`],
  ['cookbook.md', `every node renews its own every ${WORDS[renewal]} seconds`],
  ['tutorial.md', `a node counts as lost ${grace} s after\nits last heartbeat`],
  ['tutorial.md', `The ReplicaSet controller may send ${controllerManager.kubeApiQps} requests a second`],
  ['tutorial.md', `here the scheduler's own ${scheduler.kubeApiQps} requests a second`],
  ['model.md', `(${controllerManager.kubeApiQps} a second after a first ${controllerManager.kubeApiBurst} by default)`],
  [
    'model.md',
    `every ${controllerManager.nodeMonitorPeriodNs / 1e9} s: Ready=Unknown after ${grace} s without a lease (${clusterDefaults(31).controllerManager.nodeMonitorGracePeriodNs / 1e9} s before 1.32)`,
  ],
])('%s tells the default as it is: %s', (page, sentence) => {
  expect(readFileSync(join(import.meta.dirname, '../../../docs', page), 'utf8')).toContain(sentence);
});
