import { describe, expect, it } from 'vitest';
import { EVENT, PERSISTENT_VOLUME_CLAIM, POD, STATEFUL_SET } from '../../../src/api/kind.js';
import type { Pod } from '../../../src/api/pod.js';
import { WholeCluster } from './whole-cluster.js';

const STORAGE = `apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: { name: fast, annotations: { storageclass.kubernetes.io/is-default-class: "true" } }
provisioner: disks
volumeBindingMode: WaitForFirstConsumer
`;

const database = (retention = '{}', replicas = 2) => `apiVersion: apps/v1
kind: StatefulSet
metadata: { name: db }
spec:
  replicas: ${replicas}
  selector: { matchLabels: { app: db } }
  persistentVolumeClaimRetentionPolicy: ${retention}
  template:
    metadata: { labels: { app: db } }
    spec: { containers: [ { name: c, image: a } ], volumes: [ { name: tmp, emptyDir: {} }, { name: data, emptyDir: {} } ] }
  volumeClaimTemplates:
    - metadata: { name: data, labels: { tier: slow } }
      spec: { accessModes: [ReadWriteOnce], resources: { requests: { storage: 1Gi } } }
`;

function clusterWith(retention?: string): WholeCluster {
  const cluster = new WholeCluster({ claims: true, delay: '1ms' });
  cluster.apply(STORAGE);
  cluster.runTo(1);
  cluster.apply(database(retention));
  cluster.runTo(20);
  return cluster;
}

const claims = (cluster: WholeCluster): string[] =>
  cluster.all(PERSISTENT_VOLUME_CLAIM).map(({ metadata }) => metadata.name);

function scale(cluster: WholeCluster, replicas: number, seconds: number): void {
  cluster.patch(STATEFUL_SET, 'db', { spec: { replicas } });
  cluster.runTo(seconds);
}

describe('claims of the pods of a StatefulSet', () => {
  it('are made before their pods, which have them in place of volumes of these names', () => {
    const cluster = clusterWith();
    expect(claims(cluster)).toEqual(['data-db-0', 'data-db-1']);
    const claim = cluster.stored(PERSISTENT_VOLUME_CLAIM, 'data-db-1');
    expect(claim.metadata.labels).toEqual({ tier: 'slow', app: 'db' });
    expect(claim.spec).toMatchObject({ storageClassName: 'fast', volumeMode: 'Filesystem' });
    const pod = cluster.stored<Pod>(POD, 'db-1');
    expect(pod.metadata.creationTimestampNs).toBeGreaterThan(claim.metadata.creationTimestampNs);
    expect(pod.status.ready).toBe(true);
    expect(pod.spec.shape.spec.volumes).toEqual([
      { name: 'data', persistentVolumeClaim: { claimName: 'data-db-1' } },
      { name: 'tmp', emptyDir: {} },
    ]);
    const events = cluster.all(EVENT).map(({ extra }) => extra?.message);
    expect(events).toContain('create Claim data-db-0 Pod db-0 in StatefulSet db success');
  });

  it('outlive pods and set, and are used again', () => {
    const cluster = clusterWith();
    const before = cluster.stored(PERSISTENT_VOLUME_CLAIM, 'data-db-1').id;
    scale(cluster, 0, 40);
    expect(claims(cluster)).toEqual(['data-db-0', 'data-db-1']);
    scale(cluster, 2, 60);
    expect(cluster.stored(PERSISTENT_VOLUME_CLAIM, 'data-db-1').id).toBe(before);
    cluster.delete(STATEFUL_SET, 'db');
    cluster.runTo(90);
    expect(cluster.all(POD)).toEqual([]);
    expect(claims(cluster)).toHaveLength(2);
  });

  it('go with the set if it says so', () => {
    const cluster = clusterWith('{ whenDeleted: Delete }');
    scale(cluster, 1, 40);
    expect(claims(cluster)).toEqual(['data-db-0', 'data-db-1']);
    cluster.delete(STATEFUL_SET, 'db');
    cluster.runTo(90);
    expect(cluster.all(POD)).toEqual([]);
    // That of the pod which the set had no longer was not marked anew, and goes with the set all the same.
    expect(claims(cluster)).toEqual([]);
  });

  it('go with pods that are no longer wanted if it says so, and are made anew with them', () => {
    const cluster = clusterWith('{ whenScaled: Delete }');
    const before = cluster.stored(PERSISTENT_VOLUME_CLAIM, 'data-db-1').id;
    scale(cluster, 1, 40);
    expect(claims(cluster)).toEqual(['data-db-0']);
    scale(cluster, 2, 60);
    expect(cluster.stored(PERSISTENT_VOLUME_CLAIM, 'data-db-1').id).not.toBe(before);
    expect(cluster.stored<Pod>(POD, 'db-1').status.ready).toBe(true);
    cluster.delete(STATEFUL_SET, 'db');
    cluster.runTo(90);
    expect(claims(cluster)).toHaveLength(2);
  });

  it('stay with pods that only fail or are deleted by somebody', () => {
    const cluster = clusterWith('{ whenScaled: Delete, whenDeleted: Delete }');
    const before = cluster.stored(PERSISTENT_VOLUME_CLAIM, 'data-db-1').id;
    cluster.delete(POD, 'db-1');
    cluster.runTo(40);
    expect(cluster.stored(PERSISTENT_VOLUME_CLAIM, 'data-db-1').id).toBe(before);
    expect(cluster.stored<Pod>(POD, 'db-1').status.ready).toBe(true);
  });
});
