import { describe, expect, test } from 'vitest';
import type { Labels } from '../../../src/api/labels.js';
import { SmallControlPlane } from './small-control-plane.js';

const ZONE = 'topology.kubernetes.io/zone';

function claim(name: string, spec: string, accessMode = 'ReadWriteOnce'): string {
  const resources = 'resources: { requests: { storage: 5Gi } }';
  return `
apiVersion: v1
kind: PersistentVolumeClaim
metadata: { name: ${name}, namespace: default }
spec: { accessModes: [ ${accessMode} ], ${resources}, ${spec} }`;
}

function volume(name: string, size: string, spec: string, labels: Labels = {}): string {
  return `
apiVersion: v1
kind: PersistentVolume
metadata: { name: ${name}, labels: ${JSON.stringify(labels)} }
spec: { capacity: { storage: ${size} }, accessModes: [ ReadWriteOnce, ReadWriteOncePod ], ${spec} }`;
}

function on(node: string): string {
  const expression = `{ key: kubernetes.io/hostname, operator: In, values: [ ${node} ] }`;
  return `nodeAffinity: { required: { nodeSelectorTerms: [ { matchExpressions: [ ${expression} ] } ] } }`;
}

function storageClass(name: string, mode: string, provisioner = 'kubernetes.io/no-provisioner'): string {
  return `
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: { name: ${name} }
provisioner: ${provisioner}
volumeBindingMode: ${mode}`;
}

/** Two nodes in a zone each, and what is given of storage. */
function planeWith(...manifests: readonly string[]): SmallControlPlane {
  const plane = new SmallControlPlane();
  for (const name of ['a', 'b']) plane.addNode(name, 4000, { 'kubernetes.io/hostname': name, [ZONE]: `zone-${name}` });
  plane.apply(manifests.join('\n---'));
  plane.run(1);
  return plane;
}

function pod(plane: SmallControlPlane, name: string, claimName: string): void {
  plane.createPod(name, '1m', { volumes: [{ name: 'data', persistentVolumeClaim: { claimName } }] });
  plane.run(1);
}

function verdict(plane: SmallControlPlane, name: string): string {
  return plane.pod(name)!.status.unschedulable.replace(/ preemption:.*/, '');
}

describe('a pod with claims', () => {
  test('goes where its bound volume is', () => {
    const plane = planeWith(claim('c', 'volumeName: v'), volume('v', '5Gi', on('b')));
    pod(plane, 'p', 'c');
    expect(plane.nodeOf('p')).toBe('b');
  });

  test('waits for a claim that is not there, and goes on when it comes', () => {
    const plane = planeWith(volume('v', '5Gi', on('b')));
    pod(plane, 'p', 'c');
    expect(verdict(plane, 'p')).toBe('0/2 nodes are available: persistentvolumeclaim "c" not found.');
    plane.run(20);
    plane.apply(claim('c', 'volumeName: v'));
    plane.run(1);
    expect(plane.nodeOf('p')).toBe('b');
  });

  test('fits nowhere when its volume does not exist, or none is left for an immediate class', () => {
    const plane = planeWith(
      claim('lost', 'volumeName: v'),
      claim('unmet', 'storageClassName: now'),
      storageClass('now', 'Immediate'),
    );
    pod(plane, 'p', 'lost');
    pod(plane, 'q', 'unmet');
    const missing = 'node(s) unavailable due to one or more pvc(s) bound to non-existent pv(s)';
    expect(verdict(plane, 'p')).toBe(`0/2 nodes are available: 2 ${missing}.`);
    expect(verdict(plane, 'q')).toBe('0/2 nodes are available: pod has unbound immediate PersistentVolumeClaims.');
  });

  test('takes the smallest volume that fits on a node, and no other pod gets it', () => {
    const local = 'storageClassName: local';
    const plane = planeWith(
      storageClass('local', 'WaitForFirstConsumer'),
      claim('c', local),
      claim('d', local),
      claim('e', local),
      volume('small', '1Gi', `${local}, ${on('a')}`),
      volume('large', '50Gi', `${local}, ${on('a')}`),
      volume('medium', '5Gi', `${local}, ${on('a')}`),
    );
    for (const [name, claimName] of ['c', 'd', 'e'].map((one) => [`p-${one}`, one] as const))
      pod(plane, name, claimName);
    expect([plane.nodeOf('p-c'), plane.nodeOf('p-d'), plane.nodeOf('p-e')]).toEqual(['a', 'a', '']);
    const none = "2 node(s) didn't find available persistent volumes to bind";
    expect(verdict(plane, 'p-e')).toBe(`0/2 nodes are available: ${none}.`);
    plane.apply(volume('more', '9Gi', `${local}, ${on('b')}`));
    plane.run(12);
    expect(plane.nodeOf('p-e')).toBe('b');
  });

  test('gets a volume made for its node, to whose zone all users of the claim are bound', () => {
    const plane = planeWith(
      storageClass('cloud', 'WaitForFirstConsumer', 'disk.example.com'),
      claim('c', 'storageClassName: cloud'),
    );
    plane.createPod('first', '1m', {
      nodeSelector: { [ZONE]: 'zone-b' },
      volumes: [{ name: 'data', persistentVolumeClaim: { claimName: 'c' } }],
    });
    plane.run(1);
    pod(plane, 'second', 'c');
    expect([plane.nodeOf('first'), plane.nodeOf('second')]).toEqual(['b', 'b']);
  });

  test('goes to the zone that its volume is labelled with', () => {
    const plane = planeWith(claim('c', 'volumeName: v'), volume('v', '5Gi', '', { [ZONE]: 'zone-x__zone-y' }));
    pod(plane, 'p', 'c');
    expect(verdict(plane, 'p')).toBe('0/2 nodes are available: 2 node(s) had no available volume zone.');
    plane.addNode('y', 1000, { [ZONE]: 'zone-y' });
    plane.run(12);
    expect(plane.nodeOf('p')).toBe('y');
  });

  test('has a ReadWriteOncePod claim for itself until it is gone', () => {
    const plane = planeWith(claim('c', 'volumeName: v', 'ReadWriteOncePod'), volume('v', '5Gi', ''));
    pod(plane, 'p', 'c');
    pod(plane, 'q', 'c');
    const used = 'ReadWriteOncePod access mode already in-use by another pod';
    expect(verdict(plane, 'q')).toContain(`2 node(s) unavailable due to PersistentVolumeClaim with ${used}.`);
    plane.deletePod('p');
    plane.run(12);
    expect(plane.nodeOf('q')).not.toBe('');
  });

  test('does not go where the driver takes no more volumes', () => {
    const csi = (handle: string): string => `csi: { driver: disk.example.com, volumeHandle: ${handle} }`;
    const limit = (node: string): string => `
apiVersion: storage.k8s.io/v1
kind: CSINode
metadata: { name: ${node} }
spec: { drivers: [ { name: disk.example.com, nodeID: ${node}, allocatable: { count: 1 } } ] }`;
    const names = ['1', '2', '3'];
    const plane = planeWith(
      limit('a'),
      limit('b'),
      ...names.flatMap((i) => [claim(`c${i}`, `volumeName: v${i}`), volume(`v${i}`, '5Gi', csi(`h${i}`))]),
    );
    for (const i of names) pod(plane, `p${i}`, `c${i}`);
    expect(new Set([plane.nodeOf('p1'), plane.nodeOf('p2')])).toEqual(new Set(['a', 'b']));
    expect(verdict(plane, 'p3')).toBe('0/2 nodes are available: 2 node(s) exceed max volume count.');
  });
});
