import { describe, expect, it } from 'vitest';
import { POD, REPLICA_SET } from '../../../src/api/kind.js';
import { ObjectMeta, type OwnerReference } from '../../../src/api/meta.js';
import { draft } from '../../../src/api/object.js';
import { PENDING, type Pod, PodSpec } from '../../../src/api/pod.js';
import { ControlPlane } from './control-plane.js';

function owner(id: number, name: string, controller: boolean): OwnerReference {
  return { kindId: REPLICA_SET.id, id, name, controller, blockOwnerDeletion: true };
}

function createPod(plane: ControlPlane, ownerReferences: readonly OwnerReference[]): void {
  const { labels, shape } = plane.template('v1');
  const metadata = new ObjectMeta({ namespace: 'default', name: 'orphan', labels, ownerReferences });
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
