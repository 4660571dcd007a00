import { describe, expect, it } from 'vitest';
import { PERSISTENT_VOLUME_CLAIM, POD } from '../../../src/api/kind.js';
import { simulate } from '../../../src/scenario/simulate.js';
import { load } from '../scenario/scenario-files.js';
import { WholeCluster } from './whole-cluster.js';

const CLASS = `apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: { name: fast }
provisioner: disks
volumeBindingMode: WaitForFirstConsumer
`;

const claim = (name: string) => `apiVersion: v1
kind: PersistentVolumeClaim
metadata: { name: ${name} }
spec: { storageClassName: fast, accessModes: [ReadWriteOnce], resources: { requests: { storage: 1Gi } } }
`;

const pod = (name: string, claimName: string, more = '') => `apiVersion: v1
kind: Pod
metadata: { name: ${name}, annotations: { ${more} } }
spec:
  restartPolicy: Never
  containers: [ { name: c, image: a } ]
  volumes: [ { name: data, persistentVolumeClaim: { claimName: ${claimName} } } ]
`;

function clusterWith(...manifests: readonly string[]): WholeCluster {
  const cluster = new WholeCluster({ claims: true, delay: '1ms' });
  cluster.apply([CLASS, ...manifests].join('---\n'));
  cluster.runTo(10);
  return cluster;
}

const claimsOf = (cluster: WholeCluster): string[] =>
  cluster.all(PERSISTENT_VOLUME_CLAIM).map(({ metadata }) => metadata.name);

describe('a PersistentVolumeClaim', () => {
  it('goes at once if no pod has it', () => {
    const cluster = clusterWith(claim('data'));
    expect(cluster.stored(PERSISTENT_VOLUME_CLAIM, 'data').metadata.finalizers).toEqual([
      'kubernetes.io/pvc-protection',
    ]);
    cluster.delete(PERSISTENT_VOLUME_CLAIM, 'data');
    cluster.runTo(11);
    expect(claimsOf(cluster)).toEqual([]);
  });

  it('that a pod has is held until the pod is gone, and no new pod gets it', () => {
    const cluster = clusterWith(claim('data'), pod('first', 'data'));
    cluster.delete(PERSISTENT_VOLUME_CLAIM, 'data');
    cluster.runTo(60);
    expect(cluster.stored(PERSISTENT_VOLUME_CLAIM, 'data').metadata.deleting).toBe(true);
    cluster.apply(pod('second', 'data'));
    cluster.runTo(70);
    expect(cluster.all(POD).map(({ spec }) => (spec as { nodeName: string }).nodeName)).toEqual([
      expect.stringMatching(/node/),
      '',
    ]);
    cluster.delete(POD, 'first');
    cluster.runTo(80);
    expect(claimsOf(cluster)).toEqual([]);
  });

  it('is held by a pod that has ended, too, as long as that is there', () => {
    const cluster = clusterWith(claim('data'), pod('job', 'data', 'hubsim/exit-after: 2s'));
    cluster.runTo(30);
    cluster.delete(PERSISTENT_VOLUME_CLAIM, 'data');
    cluster.runTo(60);
    expect(claimsOf(cluster)).toEqual(['data']);
    cluster.delete(POD, 'job');
    cluster.runTo(70);
    expect(claimsOf(cluster)).toEqual([]);
  });

  it('is let go with others of its namespace after one look at the pods', () => {
    const cluster = clusterWith(claim('a'), claim('b'), claim('c'));
    let lists = 0;
    cluster.measurements.onAnswer = ({ verb, kind, caller }) => {
      if (verb === 'list' && kind === POD && caller.name === 'pvc-protection-controller') lists++;
    };
    for (const name of ['a', 'b', 'c']) cluster.delete(PERSISTENT_VOLUME_CLAIM, name);
    cluster.runTo(20);
    expect(claimsOf(cluster)).toEqual([]);
    expect(lists).toBeLessThanOrEqual(2);
  });

  it('does not keep its namespace from ending', () => {
    const text = [CLASS, claim('data'), pod('first', 'data')]
      .join('---\n')
      .replaceAll(/metadata: \{ name: (data|first)/g, 'metadata: { namespace: shop, name: $1');
    const { summary } = simulate(
      load({
        'main.yaml': `cluster: { nodes: [ { count: 2 } ] }
before: [ { apply: shop.yaml } ]
timeline: [ { at: 0s, delete: namespace/shop } ]
stop: { when: converged, atMost: 10m }
`,
        'shop.yaml': `apiVersion: v1\nkind: Namespace\nmetadata: { name: shop }\n---\n${text}`,
      }),
    );
    expect(summary.end.reason).toBe('converged');
    expect(summary.pods.deleted).toBe(1);
  });
});
