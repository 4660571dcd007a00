import { describe, expect, it } from 'vitest';
import {
  CONFIG_MAP,
  DEPLOYMENT,
  EVENT,
  type Kind,
  PERSISTENT_VOLUME_CLAIM,
  POD,
  REPLICA_SET,
  RESOURCE_QUOTA,
  SERVICE,
} from '../../../src/api/kind.js';
import type { ResourceQuota } from '../../../src/api/resource-quota.js';
import type { Deployment, ReplicaSet } from '../../../src/api/workload.js';
import { WholeCluster } from './whole-cluster.js';

const quota = (spec: string, name = 'team') =>
  `apiVersion: v1\nkind: ResourceQuota\nmetadata: { name: ${name} }\nspec: ${spec}\n`;

const deployment = (name: string, replicas: number, resources = '{}', podSpec = '') => `apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name} }
spec:
  replicas: ${replicas}
  selector: { matchLabels: { app: ${name} } }
  template:
    metadata: { labels: { app: ${name} } }
    spec: { ${podSpec} containers: [ { name: c, image: a, resources: ${resources} } ] }
`;

function clusterWith(...manifests: readonly string[]): WholeCluster {
  const cluster = new WholeCluster({ quotas: true });
  for (const [index, manifest] of manifests.entries()) {
    cluster.apply(manifest);
    cluster.runTo((index + 1) * 2);
  }
  return cluster;
}

function used(cluster: WholeCluster, name = 'team'): unknown {
  return cluster.stored<ResourceQuota>(RESOURCE_QUOTA, name).status?.used;
}

/** Messages of the answers with a code to creates of a kind from now on. */
function refusals(cluster: WholeCluster, kind: Kind, code = 403): string[] {
  const messages: string[] = [];
  cluster.measurements.onAnswer = (call) => {
    if (call.verb === 'create' && call.kind === kind && call.code === code) messages.push(call.message);
  };
  return messages;
}

/** Codes and messages of the answers to the user's changes of a kind from now on. */
function changes(cluster: WholeCluster, kind: Kind): string[] {
  const answers: string[] = [];
  cluster.measurements.onAnswer = ({ verb, subresource, kind: changed, code, message }) => {
    if (verb === 'patch' && changed === kind && subresource === '') answers.push(`${code} ${message}`);
  };
  return answers;
}

describe('a ResourceQuota', () => {
  it('lets so many pods in and refuses the rest, of which events and conditions tell', () => {
    const cluster = clusterWith(quota('{ hard: { pods: "3", requests.cpu: "1" } }'));
    const messages = refusals(cluster, POD);
    cluster.apply(deployment('web', 5, '{ requests: { cpu: 250m } }'));
    cluster.runTo(10);
    expect(cluster.podsOf(REPLICA_SET)).toHaveLength(3);
    expect(used(cluster)).toEqual({ pods: '3', 'requests.cpu': '750m' });
    expect(messages[0]).toMatch(
      /^pods "web-[0-9a-z]+-[0-9a-z]{5}" is forbidden: exceeded quota: team, requested: pods=1, used: pods=3, limited: pods=3$/,
    );
    const [replicaSet] = cluster.all<ReplicaSet>(REPLICA_SET);
    expect(replicaSet!.status.failure).toMatchObject({ reason: 'FailedCreate', message: messages[0] });
    const { conditions } = cluster.stored<Deployment>(DEPLOYMENT, 'web').status;
    expect(conditions.find(({ type }) => type === 'ReplicaFailure')).toMatchObject({ status: 'True' });
    const events = cluster.all(EVENT).map(({ extra }) => `${extra?.reason}: ${extra?.message}`);
    expect(events).toContain(`FailedCreate: Error creating: ${messages[0]}`);
  });

  it('makes the ReplicaSet try again after a backoff that doubles, and then take the room there is', () => {
    const cluster = clusterWith(quota('{ hard: { pods: "3" } }'));
    const at: number[] = [];
    cluster.measurements.onAnswer = (call) => {
      if (call.verb === 'create' && call.kind === POD && call.code === 403) at.push(cluster.engine.nowNs / 1e6);
    };
    cluster.apply(deployment('web', 4));
    cluster.runTo(20);
    const waits = at.slice(1).map((time, index) => time - at[index]!);
    const [first, second, third] = waits.slice(-3);
    expect(second! / first!).toBeCloseTo(2, 1);
    expect(third! / second!).toBeCloseTo(2, 1);
    cluster.apply(quota('{ hard: { pods: "4" } }'));
    cluster.runTo(60);
    expect(cluster.podsOf(REPLICA_SET)).toHaveLength(4);
    expect(cluster.unconverged).toBe(0);
  });

  it('gets back what deleted and finished pods had', () => {
    const pod = (name: string, annotations = '{}') =>
      `{ apiVersion: v1, kind: Pod, metadata: { name: ${name}, annotations: ${annotations} }, spec: { restartPolicy: Never, containers: [ { name: c, image: a } ] } }`;
    const cluster = clusterWith(
      quota('{ hard: { pods: "5", count/pods: "5" } }'),
      pod('a'),
      pod('b'),
      pod('c', '{ hubsim/exit-after: 5s }'),
    );
    expect(used(cluster)).toEqual({ pods: '3', 'count/pods': '3' });
    cluster.delete(POD, 'a');
    cluster.runTo(60);
    expect(used(cluster)).toEqual({ pods: '1', 'count/pods': '2' });
  });

  it('counts objects of any kind', () => {
    const cluster = clusterWith(
      quota('{ hard: { count/deployments.apps: "1", configmaps: "3" } }'),
      deployment('a', 0),
    );
    const messages = refusals(cluster, DEPLOYMENT);
    cluster.apply(deployment('b', 0));
    cluster.runTo(10);
    expect(messages).toEqual([
      'deployments.apps "b" is forbidden: exceeded quota: team, requested: count/deployments.apps=1, used: count/deployments.apps=1, limited: count/deployments.apps=1',
    ]);
    // One is the certificate that every namespace has.
    expect(used(cluster)).toEqual({ 'count/deployments.apps': '1', configmaps: '1' });
    expect(cluster.all(CONFIG_MAP).some(({ metadata }) => metadata.namespace === 'default')).toBe(true);
  });

  it('counts in its scopes alone', () => {
    const cluster = clusterWith(
      quota('{ hard: { pods: "9" }, scopes: [BestEffort] }', 'best-effort'),
      quota('{ hard: { pods: "9" }, scopes: [NotBestEffort, NotTerminating] }', 'rest'),
      quota('{ hard: { pods: "9" }, scopes: [Terminating] }', 'short'),
      quota(
        '{ hard: { pods: "9" }, scopeSelector: { matchExpressions: [ { scopeName: PriorityClass, operator: In, values: [high] } ] } }',
        'high',
      ),
      '{ apiVersion: scheduling.k8s.io/v1, kind: PriorityClass, metadata: { name: high }, value: 1000 }',
      deployment('a', 2),
      deployment('b', 3, '{ requests: { cpu: 100m } }'),
      deployment('c', 1, '{ requests: { cpu: 100m } }', 'priorityClassName: high,'),
      '{ apiVersion: v1, kind: Pod, metadata: { name: d }, spec: { activeDeadlineSeconds: 1000, containers: [ { name: c, image: a } ] } }',
    );
    const counts = ['best-effort', 'rest', 'short', 'high'].map((name) => used(cluster, name));
    expect(counts).toEqual([{ pods: '3' }, { pods: '4' }, { pods: '1' }, { pods: '1' }]);
  });

  it('wants containers to state what it limits', () => {
    const cluster = clusterWith(quota('{ hard: { requests.cpu: "1", limits.memory: 1Gi } }'));
    const messages = refusals(cluster, POD);
    cluster.apply(
      '{ apiVersion: v1, kind: Pod, metadata: { name: p }, spec: { containers: [ { name: c, image: a } ] } }',
    );
    cluster.runTo(10);
    expect(messages).toEqual([
      'pods "p" is forbidden: failed quota: team: must specify limits.memory for: c; requests.cpu for: c',
    ]);
  });

  it('is charged by each of several that are asked at once, and no more is let in', () => {
    const cluster = new WholeCluster({ quotas: true, delay: '1ms' });
    cluster.apply(`${quota('{ hard: { pods: "7" } }', 'one')}---\n${quota('{ hard: { count/pods: "8" } }', 'two')}`);
    cluster.runTo(2);
    cluster.apply(`${deployment('a', 10)}---\n${deployment('b', 10)}`);
    cluster.runTo(30);
    expect(cluster.podsOf(REPLICA_SET)).toHaveLength(7);
    expect(used(cluster, 'one')).toEqual({ pods: '7' });
  });

  it('is charged with what a claim grows by, and refuses what is too much', () => {
    const claim =
      '{ apiVersion: v1, kind: PersistentVolumeClaim, metadata: { name: data }, spec: { accessModes: [ReadWriteOnce], resources: { requests: { storage: 3Gi } } } }';
    const cluster = clusterWith(quota('{ hard: { requests.storage: 10Gi, persistentvolumeclaims: "1" } }'), claim);
    const answers = changes(cluster, PERSISTENT_VOLUME_CLAIM);
    const grow = (storage: string) =>
      cluster.patch(PERSISTENT_VOLUME_CLAIM, 'data', { spec: { resources: { requests: { storage } } } });
    grow('8Gi');
    cluster.runTo(10);
    expect(used(cluster)).toEqual({ persistentvolumeclaims: '1', 'requests.storage': '8Gi' });
    grow('11Gi');
    cluster.runTo(20);
    expect(answers).toEqual([
      '200 ',
      '403 persistentvolumeclaims "data" is forbidden: exceeded quota: team, requested: requests.storage=3Gi, used: requests.storage=8Gi, limited: requests.storage=10Gi',
    ]);
    expect(cluster.stored(PERSISTENT_VOLUME_CLAIM, 'data').spec).toMatchObject({
      resources: { requests: { storage: '8Gi' } },
    });
  });

  it('is charged when a Service becomes of another type, and gets that back from who counts', () => {
    const service =
      '{ apiVersion: v1, kind: Service, metadata: { name: web }, spec: { selector: { app: web }, ports: [ { port: 80 } ] } }';
    const cluster = clusterWith(
      quota('{ hard: { services: "2", services.loadbalancers: "0", services.nodeports: "1" } }'),
      service,
    );
    const answers = changes(cluster, SERVICE);
    const become = (type: string, seconds: number) => {
      cluster.patch(SERVICE, 'web', { spec: { type } });
      cluster.runTo(seconds);
    };
    become('LoadBalancer', 10);
    expect(answers.pop()).toBe(
      '403 services "web" is forbidden: exceeded quota: team, requested: services.loadbalancers=1, used: services.loadbalancers=0, limited: services.loadbalancers=0',
    );
    become('NodePort', 20);
    expect(used(cluster)).toEqual({ services: '1', 'services.loadbalancers': '0', 'services.nodeports': '1' });
    become('ClusterIP', 30);
    expect(used(cluster)).toEqual({ services: '1', 'services.loadbalancers': '0', 'services.nodeports': '0' });
    expect(answers).toEqual(['200 ', '200 ']);
  });

  it('is charged in full by a pod that comes into its scope, and by no other change of a pod', () => {
    const pod = '{ apiVersion: v1, kind: Pod, metadata: { name: p }, spec: { containers: [ { name: c, image: a } ] } }';
    const cluster = clusterWith(
      quota('{ hard: { pods: "0" }, scopes: [Terminating] }', 'short'),
      quota('{ hard: { pods: "2" } }', 'all'),
      pod,
    );
    const answers = changes(cluster, POD);
    cluster.patch(POD, 'p', { metadata: { labels: { a: 'b' } } });
    cluster.runTo(20);
    cluster.patch(POD, 'p', { spec: { activeDeadlineSeconds: 100 } });
    cluster.runTo(30);
    expect(answers).toEqual([
      '200 ',
      '403 pods "p" is forbidden: exceeded quota: short, requested: pods=1, used: pods=0, limited: pods=0',
    ]);
    expect(used(cluster, 'all')).toEqual({ pods: '1' });
  });

  it('is counted anew every five minutes, whatever it says', () => {
    const cluster = clusterWith(quota('{ hard: { pods: "7" } }'), deployment('a', 2));
    const store = cluster.cluster.hub.store;
    const stored = cluster.stored<ResourceQuota>(RESOURCE_QUOTA, 'team');
    store.updateStatus(stored.withStatus({ hard: { pods: '7' }, used: { pods: '6' } }));
    cluster.runTo(200);
    expect(used(cluster)).toEqual({ pods: '6' });
    cluster.runTo(310);
    expect(used(cluster)).toEqual({ pods: '2' });
  });
});
