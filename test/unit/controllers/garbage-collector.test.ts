import { describe, expect, it } from 'vitest';
import { DEPLOYMENT, EVENT, POD, REPLICA_SET } from '../../../src/api/kind.js';
import { ObjectMeta, type OwnerReference } from '../../../src/api/meta.js';
import { draft } from '../../../src/api/object.js';
import { PENDING, type Pod, PodSpec } from '../../../src/api/pod.js';
import { WEB } from '../scenario/scenario-files.js';
import { ControlPlane } from './control-plane.js';
import { WholeCluster } from './whole-cluster.js';

function owner(id: number, name: string, controller: boolean): OwnerReference {
  return { kindId: REPLICA_SET.id, id, name, controller, blockOwnerDeletion: true };
}

function createPod(plane: ControlPlane, ownerReferences: readonly OwnerReference[]): void {
  const { labels, shape } = plane.template('v1');
  const metadata = ObjectMeta.of({ namespace: 'default', name: 'orphan', labels, ownerReferences });
  plane.user.create(draft(POD, metadata, new PodSpec(shape, ''), PENDING));
}

function stored(plane: ControlPlane): Pod | undefined {
  return plane.hub.store.get(POD, 'default', 'orphan') as Pod | undefined;
}

describe('the garbage collector', () => {
  it('deletes an object whose owner does not exist', () => {
    const plane = new ControlPlane();
    createPod(plane, [owner(999, 'never-was', true)]);
    plane.runTo(5);
    expect(stored(plane)).toBeUndefined();
  });

  it('only takes the missing owner out of an object that has another one', () => {
    const plane = new ControlPlane();
    plane.create('web', { replicas: 0 });
    plane.runTo(1);
    const alive = plane.replicaSets[0]!;
    createPod(plane, [owner(999, 'never-was', true), owner(alive.id, alive.metadata.name, false)]);
    plane.runTo(5);
    expect(stored(plane)!.metadata.ownerReferences.map(({ id }) => id)).toEqual([alive.id]);
  });

  it('lets an object without owners be', () => {
    const plane = new ControlPlane();
    createPod(plane, []);
    plane.runTo(5);
    expect(stored(plane)).toBeDefined();
  });
});

describe('propagation of a deletion', () => {
  /** What is deleted, in order. */
  function deletions(propagationPolicy: 'Background' | 'Foreground' | 'Orphan') {
    const cluster = new WholeCluster({ delay: '1ms', podStart: '1s' });
    cluster.apply(WEB);
    cluster.runTo(20);
    const gone: string[] = [];
    cluster.measurements.onCommit = ({ type, object }) => {
      if (type === 'DELETED' && object.kind !== EVENT) gone.push(object.kind.name);
    };
    cluster.cluster.user.delete(DEPLOYMENT, 'default', 'web', { propagationPolicy });
    cluster.runTo(60);
    return { cluster, gone };
  }

  it('in the background takes the owner first', () => {
    expect(deletions('Background').gone).toEqual(['Deployment', 'ReplicaSet', 'Pod', 'Pod', 'Pod']);
  });

  it('in the foreground takes the owner last', () => {
    const { cluster, gone } = deletions('Foreground');
    expect(gone).toEqual(['Pod', 'Pod', 'Pod', 'ReplicaSet', 'Deployment']);
    expect(cluster.quiet).toBe(true);
  });

  it('that orphans leaves the rest alone, without an owner', () => {
    const { cluster, gone } = deletions('Orphan');
    expect(gone).toEqual(['Deployment']);
    const [replicaSet] = cluster.all(REPLICA_SET);
    expect(replicaSet!.metadata.ownerReferences).toEqual([]);
    expect(cluster.podsOf(REPLICA_SET)).toHaveLength(3);
    expect(cluster.unconverged).toBe(0);
  });
});
