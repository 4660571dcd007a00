import { describe, expect, test } from 'vitest';
import { POD } from '../../../src/api/kind.js';
import type { Pod } from '../../../src/api/pod.js';
import { ToldRun } from '../scenario/told-run.js';

const TASKS = `apiVersion: batch/v1
kind: Job
metadata: { name: tasks }
spec:
  completions: 12
  parallelism: 12
  template:
    metadata: { annotations: { hubsim/exit-after: 1s } }
    spec: { restartPolicy: Never, containers: [ { name: c, image: c } ] }
`;

/** Names of the pods that were deleted, in order, and when. */
const deleted = (run: ToldRun) => run.told<Pod>(POD).filter(({ gone }) => gone);

describe('pods that have ended', () => {
  const tasks = (threshold: number): ToldRun =>
    new ToldRun(
      `cluster:
  profile: ideal
  nodes: [ { count: 3 } ]
  controllerManager: { terminatedPodGcThreshold: ${threshold} }
timeline: [ { at: 0s, apply: tasks.yaml } ]
stop: { when: horizon, atMost: 2m }
`,
      { 'tasks.yaml': TASKS },
    );

  test('go when there are more than so many of them, the oldest first, and the Job counts them all the same', () => {
    const run = tasks(5);
    expect(deleted(run)).toHaveLength(7);
    const moments = deleted(run).map(({ at }) => at);
    // At one look, every 20 s, after they have ended.
    expect(Math.max(...moments) - Math.min(...moments)).toBeLessThan(1);
    const kept = new Map(run.told<Pod>(POD).map(({ object, gone }) => [object.id, gone]));
    expect([...kept.values()].filter((gone) => !gone)).toHaveLength(5);
    expect(run.summary.convergence.workloads).toMatchObject([
      { kind: 'Job', changes: [{ seconds: expect.any(Number) }] },
    ]);
  });

  test('stay as long as there are not too many, or for ever', () => {
    expect(deleted(tasks(12))).toEqual([]);
    expect(deleted(tasks(0))).toEqual([]);
  });
});

describe('a node that is out of service', () => {
  const SET = `apiVersion: apps/v1
kind: StatefulSet
metadata: { name: db }
spec:
  serviceName: db
  replicas: 3
  selector: { matchLabels: { app: db } }
  template:
    metadata: { labels: { app: db } }
    spec: { containers: [ { name: db, image: db, resources: { requests: { cpu: 1 } } } ] }
`;
  const outage = (taint: string): ToldRun =>
    new ToldRun(
      `cluster:
  profile: ideal
  nodes: [ { count: 4, capacity: { cpu: 1 } } ]
before: [ { apply: db.yaml } ]
timeline:
  - { at: 0s, fault: node-shutdown, nodes: [node-0000] }
${taint}
stop: { when: horizon, atMost: 10m }
`,
      { 'db.yaml': SET },
    );

  test('keeps the place of its pod of a StatefulSet, until somebody says that it will not come back', () => {
    const silent = outage('');
    expect(deleted(silent)).toEqual([]);
    const told = outage(
      '  - { at: 8m, taint: node/node-0000, taints: ["node.kubernetes.io/out-of-service=nodeshutdown:NoExecute"] }',
    );
    expect(deleted(told)).toHaveLength(1);
    expect(deleted(told)[0]!.at).toBeGreaterThan(480);
    expect(deleted(told)[0]!.at).toBeLessThan(501);
    const running = told.told<Pod>(POD).filter(({ at, object }) => at > 480 && object.status.ready);
    expect(running.map(({ object }) => object.metadata.name)).toHaveLength(1);
  });
});
