import { describe, expect, test } from 'vitest';
import {
  CONTROLLER_REVISION,
  DAEMON_SET,
  DEPLOYMENT,
  type Kind,
  POD,
  REPLICA_SET,
  REPLICATION_CONTROLLER,
  STATEFUL_SET,
} from '../../../src/api/kind.js';
import { controllerOf } from '../../../src/api/meta.js';
import type { Pod } from '../../../src/api/pod.js';
import { WEB } from '../scenario/scenario-files.js';
import { WholeCluster } from './whole-cluster.js';

const manifest = (kind: string, fields: string, apiVersion = 'apps/v1'): string => `apiVersion: ${apiVersion}
kind: ${kind}
metadata: { name: web }
spec:
  ${fields}
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [ { name: web, image: "web:1" } ] }
`;
const SELECTOR = 'selector: { matchLabels: { app: web } }';
const SET = manifest('ReplicaSet', `replicas: 3\n  ${SELECTOR}`);
const WORKLOADS: readonly (readonly [Kind, string])[] = [
  [REPLICA_SET, SET],
  [REPLICATION_CONTROLLER, manifest('ReplicationController', 'replicas: 3\n  selector: { app: web }', 'v1')],
  [STATEFUL_SET, manifest('StatefulSet', `replicas: 3\n  serviceName: web\n  ${SELECTOR}`)],
  [DAEMON_SET, manifest('DaemonSet', SELECTOR)],
];

function running(text: string): WholeCluster {
  const cluster = new WholeCluster();
  cluster.apply(text);
  cluster.runTo(20);
  return cluster;
}

const names = (pods: readonly Pod[]) => pods.map(({ metadata }) => metadata.name).sort();
const LONE = `apiVersion: v1
kind: Pod
metadata: { name: lone, labels: { app: web } }
spec: { containers: [ { name: web, image: "web:1" } ] }
`;

describe('pods that are left behind', () => {
  test.each(WORKLOADS)('by a $name are adopted by the next one', (kind, text) => {
    const cluster = running(text);
    const before = names(cluster.podsOf(kind));
    expect(before).toHaveLength(3);
    cluster.cluster.user.delete(kind, 'default', 'web', { propagationPolicy: 'Orphan' });
    cluster.runTo(40);
    expect(cluster.podsOf(kind)).toHaveLength(0);
    cluster.apply(text);
    cluster.runTo(60);
    expect(names(cluster.podsOf(kind))).toEqual(before);
    expect(cluster.all(POD)).toHaveLength(3);
    expect(cluster.all(CONTROLLER_REVISION).every(({ metadata }) => controllerOf(metadata) !== undefined)).toBe(true);
    expect(cluster.all(CONTROLLER_REVISION).length).toBeLessThanOrEqual(1);
    expect(cluster.unconverged).toBe(0);
    expect(cluster.quiet).toBe(true);
  });

  test('with their ReplicaSet belong to the next Deployment without a rollout', () => {
    const cluster = running(WEB);
    const before = names(cluster.podsOf(REPLICA_SET));
    cluster.cluster.user.delete(DEPLOYMENT, 'default', 'web', { propagationPolicy: 'Orphan' });
    cluster.runTo(40);
    cluster.apply(WEB);
    cluster.runTo(60);
    expect(
      cluster
        .podsOf(REPLICA_SET)
        .map(({ metadata }) => metadata.name)
        .sort(),
    ).toEqual(before);
    expect(cluster.all(REPLICA_SET)).toHaveLength(1);
    expect(controllerOf(cluster.all(REPLICA_SET)[0]!.metadata)?.kindId).toBe(DEPLOYMENT.id);
    expect(cluster.quiet).toBe(true);
  });
});

describe('a ReplicaSet', () => {
  test('adopts a pod that it selects, and deletes one that is too many', () => {
    const cluster = running(SET);
    cluster.apply(LONE);
    cluster.runTo(40);
    expect(cluster.podsOf(REPLICA_SET)).toHaveLength(3);
    expect(cluster.all(POD)).toHaveLength(3);
    // It reads itself once more before it adopts.
    expect(cluster.requests('replicaset-controller', 'get', 'replicasets')).toBe(1);
    expect(cluster.requests('replicaset-controller', 'patch', 'pods')).toBe(1);
  });

  test('adopts a pod that was there before it', () => {
    const cluster = running(LONE);
    cluster.apply(SET);
    cluster.runTo(40);
    expect(names(cluster.podsOf(REPLICA_SET))).toContain('lone');
    expect(cluster.all(POD)).toHaveLength(3);
  });

  test('releases a pod whose label somebody changes, makes another, and takes it back', () => {
    const cluster = running(SET);
    const [pod] = cluster.podsOf(REPLICA_SET);
    const { name } = pod!.metadata;
    cluster.patch(POD, name, { metadata: { labels: { app: 'debug' } } });
    cluster.runTo(40);
    expect(controllerOf(cluster.stored<Pod>(POD, name).metadata)).toBeUndefined();
    expect(cluster.podsOf(REPLICA_SET)).toHaveLength(3);
    expect(cluster.all(POD)).toHaveLength(4);
    cluster.patch(POD, name, { metadata: { labels: { app: 'web' } } });
    cluster.runTo(60);
    expect(cluster.podsOf(REPLICA_SET)).toHaveLength(3);
    expect(cluster.all(POD)).toHaveLength(3);
    expect(cluster.quiet).toBe(true);
  });

  test('leaves alone what another controls, what it does not select and what is in another namespace', () => {
    const cluster = running(SET);
    cluster.apply(LONE.replace('app: web', 'app: other'));
    cluster.apply(
      `{ apiVersion: v1, kind: Namespace, metadata: { name: far } }\n---\n${LONE.replace('lone,', 'lone, namespace: far,')}`,
    );
    cluster.runTo(40);
    expect(cluster.all(POD)).toHaveLength(5);
    expect(cluster.requests('replicaset-controller', 'patch', 'pods')).toBe(0);
  });
});
