import { describe, expect, test } from 'vitest';
import type { DaemonSet } from '../../../src/api/daemon-set.js';
import { DAEMON_SET, DEPLOYMENT, REPLICA_SET } from '../../../src/api/kind.js';
import type { Deployment, ReplicaSet } from '../../../src/api/workload.js';
import { WholeCluster } from '../controllers/whole-cluster.js';
import { WEB } from '../scenario/scenario-files.js';

const AGENT = WEB.replace('Deployment', 'DaemonSet').replace('  replicas: 3\n', '');
const image = (tag: string) => ({
  spec: { template: { spec: { containers: [{ name: 'web', image: `web:${tag}` }] } } },
});

function rolledOut(): WholeCluster {
  const cluster = new WholeCluster();
  cluster.apply(WEB);
  cluster.runTo(20);
  for (const [index, tag] of ['2', '3'].entries()) {
    cluster.patch(DEPLOYMENT, 'web', image(tag));
    cluster.runTo(40 + 20 * index);
  }
  return cluster;
}

const imageOf = (cluster: WholeCluster) => cluster.stored<Deployment>(DEPLOYMENT, 'web').spec.template.shape.images[0];

describe('kubectl rollout', () => {
  test('undo goes back to the revision before, and its old ReplicaSet grows again', () => {
    const cluster = rolledOut();
    expect(imageOf(cluster)).toBe('web:3');
    cluster.cluster.user.rollout('undo', DEPLOYMENT, 'default', 'web', 0);
    cluster.runTo(100);
    expect(imageOf(cluster)).toBe('web:2');
    expect(cluster.all(REPLICA_SET)).toHaveLength(3);
    expect(cluster.podsOf(REPLICA_SET).map(({ spec }) => spec.shape.images[0])).toEqual(['web:2', 'web:2', 'web:2']);
    expect(cluster.unconverged).toBe(0);
  });

  test('undo goes to any revision that is kept, and says so when there is none', () => {
    const cluster = rolledOut();
    cluster.cluster.user.rollout('undo', DEPLOYMENT, 'default', 'web', 1);
    cluster.runTo(100);
    expect(imageOf(cluster)).toBe('web:1');
    cluster.cluster.user.rollout('undo', DEPLOYMENT, 'default', 'web', 1);
    cluster.runTo(120);
    expect(cluster.measurements.refusals).toEqual(['rollout undo of Deployment default/web: there is no revision 1']);
  });

  test('nothing moves while a Deployment is paused, but it scales', () => {
    const cluster = rolledOut();
    const { user } = cluster.cluster;
    user.rollout('pause', DEPLOYMENT, 'default', 'web', 0);
    cluster.runTo(61);
    cluster.patch(DEPLOYMENT, 'web', image('4'));
    user.scale(DEPLOYMENT, 'default', 'web', 5);
    cluster.runTo(100);
    expect(cluster.all<ReplicaSet>(REPLICA_SET)).toHaveLength(3);
    expect(cluster.podsOf(REPLICA_SET).map(({ spec }) => spec.shape.images[0])).toEqual(Array(5).fill('web:3'));
    user.rollout('resume', DEPLOYMENT, 'default', 'web', 0);
    cluster.runTo(140);
    expect(cluster.podsOf(REPLICA_SET).map(({ spec }) => spec.shape.images[0])).toEqual(Array(5).fill('web:4'));
  });

  test('restart makes every pod anew, and a DaemonSet can be undone', () => {
    const cluster = new WholeCluster();
    cluster.apply(AGENT);
    cluster.runTo(20);
    const before = cluster.podsOf(DAEMON_SET).map(({ id }) => id);
    cluster.cluster.user.rollout('restart', DAEMON_SET, 'default', 'web', 0);
    cluster.runTo(60);
    const after = cluster.podsOf(DAEMON_SET);
    expect(after).toHaveLength(3);
    expect(after.filter(({ id }) => before.includes(id))).toEqual([]);
    cluster.cluster.user.rollout('undo', DAEMON_SET, 'default', 'web', 0);
    cluster.runTo(100);
    const { annotations } = cluster.stored<DaemonSet>(DAEMON_SET, 'web').spec.template;
    expect(annotations).toEqual({});
    expect(cluster.unconverged).toBe(0);
  });
});
