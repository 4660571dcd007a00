import { describe, expect, test } from 'vitest';
import type { Job } from '../../../src/api/job.js';
import { JOB, POD } from '../../../src/api/kind.js';
import { controllerOf } from '../../../src/api/meta.js';
import type { Pod } from '../../../src/api/pod.js';
import { WholeCluster } from './whole-cluster.js';

const FINALIZER = 'batch.kubernetes.io/job-tracking';

const job = (name: string, fields = '') => `apiVersion: batch/v1
kind: Job
metadata: { name: ${name} }
spec:
  parallelism: 2
  completions: 2
  ${fields}
  template:
    metadata: { labels: { app: work }, annotations: { hubsim/exit-after: 60s } }
    spec: { restartPolicy: Never, containers: [ { name: c, image: a } ] }
`;
const MANUAL = 'manualSelector: true\n  selector: { matchLabels: { app: work } }';

function running(text: string): WholeCluster {
  const cluster = new WholeCluster();
  cluster.apply(text);
  cluster.runTo(10);
  expect(cluster.podsOf(JOB)).toHaveLength(2);
  return cluster;
}

const idsOf = (pods: readonly Pod[]) => pods.map(({ id }) => id).sort((a, b) => a - b);

describe('pods of a Job that is deleted without them', () => {
  test('are let go, and adopted by the next Job that selects them', () => {
    const cluster = running(job('first', MANUAL));
    const before = idsOf(cluster.podsOf(JOB));
    cluster.cluster.user.delete(JOB, 'default', 'first', { propagationPolicy: 'Orphan' });
    cluster.runTo(20);
    expect(cluster.podsOf(JOB)).toEqual([]);
    expect(cluster.all<Pod>(POD).map(({ metadata }) => metadata.finalizers)).toEqual([[], []]);
    cluster.apply(job('second', MANUAL));
    cluster.runTo(30);
    expect(idsOf(cluster.podsOf(JOB))).toEqual(before);
    expect(cluster.podsOf(JOB).map(({ metadata }) => metadata.finalizers)).toEqual([[FINALIZER], [FINALIZER]]);
    cluster.runTo(120);
    expect(cluster.stored<Job>(JOB, 'second').status).toMatchObject({ succeeded: 2, active: 0 });
    expect(cluster.all(POD)).toHaveLength(2);
    expect(cluster.quiet).toBe(true);
  });

  test('are nobody else’s where Jobs select by their own identity', () => {
    const cluster = running(job('first'));
    cluster.cluster.user.delete(JOB, 'default', 'first', { propagationPolicy: 'Orphan' });
    cluster.runTo(20);
    cluster.apply(job('second'));
    cluster.runTo(30);
    expect(cluster.podsOf(JOB)).toHaveLength(2);
    expect(cluster.all(POD)).toHaveLength(4);
  });
});

describe('a Job', () => {
  test('releases a pod whose identity somebody changes, makes another, and takes it back', () => {
    const cluster = running(job('work'));
    const [pod] = cluster.podsOf(JOB);
    const { name, labels } = pod!.metadata;
    const label = 'batch.kubernetes.io/controller-uid';
    cluster.patch(POD, name, { metadata: { labels: { [label]: 'nobody' } } });
    cluster.runTo(20);
    const released = cluster.stored<Pod>(POD, name).metadata;
    expect(controllerOf(released)).toBeUndefined();
    expect(released.finalizers).toEqual([]);
    expect(cluster.podsOf(JOB)).toHaveLength(2);
    cluster.patch(POD, name, { metadata: { labels: { [label]: labels[label]! } } });
    cluster.runTo(40);
    // Of three it wants two: one is deleted.
    expect(cluster.podsOf(JOB)).toHaveLength(2);
    cluster.runTo(200);
    expect(cluster.stored<Job>(JOB, 'work').status).toMatchObject({ succeeded: 2, failed: 0, active: 0 });
    expect(cluster.quiet).toBe(true);
  });
});
