import { describe, expect, it } from 'vitest';
import { CONFIG_MAP, POD, REPLICATION_CONTROLLER, SERVICE_ACCOUNT } from '../../../src/api/kind.js';
import { toManifest } from '../../../src/api/to-manifest.js';
import type { ReplicaSet } from '../../../src/api/workload.js';
import { WholeCluster } from './whole-cluster.js';

const WEB = `apiVersion: v1
kind: ReplicationController
metadata: { name: web }
spec:
  replicas: 3
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [ { name: web, image: web:1 } ] }
`;

describe('a ReplicationController', () => {
  it('keeps its pods, whose labels are its selector if it has none', () => {
    const cluster = new WholeCluster();
    cluster.apply(WEB);
    cluster.runTo(10);
    const stored = cluster.stored<ReplicaSet>(REPLICATION_CONTROLLER, 'web');
    expect(stored.status).toMatchObject({ replicas: 3, availableReplicas: 3 });
    expect(toManifest(stored)).toMatchObject({
      spec: { selector: { app: 'web' } },
      metadata: { labels: { app: 'web' } },
    });
    const [first] = cluster.podsOf(REPLICATION_CONTROLLER);
    cluster.cluster.user.delete(POD, 'default', first!.metadata.name);
    cluster.cluster.user.scale(REPLICATION_CONTROLLER, 'default', 'web', 5);
    cluster.runTo(20);
    expect(cluster.podsOf(REPLICATION_CONTROLLER)).toHaveLength(5);
    cluster.delete(REPLICATION_CONTROLLER, 'web');
    cluster.runTo(40);
    expect(cluster.all(POD)).toEqual([]);
    expect(cluster.unconverged).toBe(0);
  });
});

describe('every namespace', () => {
  it('gets a service account and the certificate of the cluster, again if they are deleted', () => {
    const cluster = new WholeCluster();
    cluster.apply('{ apiVersion: v1, kind: Namespace, metadata: { name: shop } }');
    cluster.runTo(5);
    const homes = (kind: typeof POD) => cluster.all(kind).map(({ metadata }) => metadata.namespace);
    const all = ['default', 'kube-node-lease', 'kube-public', 'kube-system', 'shop'];
    expect(homes(SERVICE_ACCOUNT).sort()).toEqual(all);
    expect(homes(CONFIG_MAP).sort()).toEqual(all);
    cluster.cluster.user.delete(SERVICE_ACCOUNT, 'shop', 'default');
    cluster.runTo(10);
    expect(homes(SERVICE_ACCOUNT).sort()).toEqual(all);
  });
});
