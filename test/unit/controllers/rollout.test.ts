import { describe, expect, it } from 'vitest';
import { ControlPlane } from './control-plane.js';

const REVISION = 'deployment.kubernetes.io/revision';

describe('a Deployment', () => {
  it('is complete when its pods are', () => {
    const plane = new ControlPlane();
    plane.create('web', { replicas: 10 });
    plane.runTo(10);
    const { status, metadata } = plane.stored('web');
    expect(status).toMatchObject({ replicas: 10, updatedReplicas: 10, availableReplicas: 10, unavailableReplicas: 0 });
    expect(status.conditions.map(({ type, status: truth, reason }) => `${type}=${truth}:${reason}`)).toEqual([
      'Available=True:MinimumReplicasAvailable',
      'Progressing=True:NewReplicaSetAvailable',
    ]);
    expect(metadata.annotations[REVISION]).toBe('1');
    expect(plane.hub.engine.workPending).toBe(0);
  });

  it('of 1000 pods is created at 20 a second: 18 requests beside the pods, 30 tokens at the start', () => {
    const plane = new ControlPlane();
    plane.create('web', { replicas: 1000 });
    plane.runTo(60);
    expect(plane.podsCreatedAt).toHaveLength(1000);
    expect(Math.max(...plane.podsCreatedAt)).toBeCloseTo(49.4, 1);
    expect(plane.stored('web').status.availableReplicas).toBe(1000);
  });

  it('shows nothing of a creation until the batch of 500 is through', () => {
    const plane = new ControlPlane();
    plane.create('web', { replicas: 1000 });
    plane.runTo(23);
    expect(plane.stored('web').status.availableReplicas).toBe(0);
  });

  it('rolls over to another template within its bounds, and keeps the old ReplicaSet for a rollback', () => {
    const plane = new ControlPlane({ qps: 0 });
    plane.create('web', { replicas: 12, maxSurge: 3, maxUnavailable: 0 });
    plane.runTo(1);
    let most = 0;
    plane.onPodChange = () => {
      const active = plane.pods.filter((pod) => !pod.metadata.deleting);
      most = Math.max(most, active.length);
      expect(active.filter((pod) => pod.status.ready).length).toBeGreaterThanOrEqual(12);
    };
    plane.edit('web', { template: plane.template('v2') });
    plane.runTo(20);
    expect(most).toBe(15);
    const replicas = plane.replicaSets.map(({ metadata, spec }) => [metadata.annotations[REVISION], spec.replicas]);
    expect(replicas).toEqual([
      ['1', 0],
      ['2', 12],
    ]);
  });

  it('takes the old ReplicaSet up again when it is rolled back, under a new revision', () => {
    const plane = new ControlPlane({ qps: 0 });
    plane.create('web', { replicas: 4 });
    plane.runTo(1);
    plane.edit('web', { template: plane.template('v2') });
    plane.runTo(10);
    plane.edit('web', { template: plane.template('v1') });
    plane.runTo(20);
    const [first, second] = plane.replicaSets;
    expect(first!.spec.replicas).toBe(4);
    expect(first!.metadata.annotations).toMatchObject({
      [REVISION]: '3',
      'deployment.kubernetes.io/revision-history': '1',
    });
    expect(second!.spec.replicas).toBe(0);
  });

  it('with Recreate starts new pods only when the old ones are gone', () => {
    const plane = new ControlPlane({ qps: 0 });
    plane.create('web', { replicas: 5, strategy: 'Recreate' });
    plane.runTo(1);
    plane.onPodChange = () => expect(new Set(plane.pods.map((pod) => pod.spec.shape.id)).size).toBeLessThanOrEqual(1);
    plane.edit('web', { template: plane.template('v2') });
    plane.runTo(10);
    expect(plane.stored('web').status).toMatchObject({ replicas: 5, updatedReplicas: 5, availableReplicas: 5 });
  });

  it('says after its deadline that it does not get on', () => {
    const plane = new ControlPlane({ qps: 0 });
    plane.broken = () => true;
    plane.create('web', { replicas: 2, progressDeadlineSeconds: 30 });
    plane.runTo(25);
    const progressing = () => plane.stored('web').status.conditions.find(({ type }) => type === 'Progressing')!.reason;
    expect(progressing()).toBe('ReplicaSetUpdated');
    plane.runTo(35);
    expect(progressing()).toBe('ProgressDeadlineExceeded');
  });

  it('whose deadline is the only thing left leaves no work pending', () => {
    const plane = new ControlPlane({ qps: 0 });
    plane.broken = () => true;
    plane.create('web', { replicas: 2 });
    plane.runTo(5);
    expect(plane.hub.engine.workPending).toBe(0);
  });

  it('counts pods as available minReadySeconds after they got ready', () => {
    const plane = new ControlPlane({ qps: 0 });
    plane.create('web', { replicas: 3, minReadySeconds: 20 });
    plane.runTo(19);
    expect(plane.stored('web').status).toMatchObject({ readyReplicas: 3, availableReplicas: 0 });
    plane.runTo(21);
    expect(plane.stored('web').status).toMatchObject({ readyReplicas: 3, availableReplicas: 3 });
  });

  it('deletes ReplicaSets beyond its history', () => {
    const plane = new ControlPlane({ qps: 0 });
    plane.create('web', { replicas: 1, revisionHistoryLimit: 1 });
    for (let version = 2; version <= 4; version++) {
      plane.runTo(version * 10);
      plane.edit('web', { template: plane.template(`v${version}`) });
    }
    plane.runTo(60);
    expect(plane.replicaSets.map(({ metadata }) => metadata.annotations[REVISION])).toEqual(['3', '4']);
  });

  it('that is scaled down deletes all surplus pods at once', () => {
    const plane = new ControlPlane({ nodes: ['a', 'b', 'c', 'd'] });
    plane.create('web', { replicas: 60 });
    plane.runTo(30);
    plane.edit('web', { replicas: 20 });
    plane.runTo(45);
    expect(plane.pods).toHaveLength(20);
    expect(plane.stored('web').status).toMatchObject({ replicas: 20, availableReplicas: 20 });
  });

  it('that is scaled in the middle of a rollout shares the pods out in proportion', () => {
    // The example of the documentation: concepts/workloads/controllers/deployment, "Proportional scaling".
    const plane = new ControlPlane({ qps: 0 });
    plane.create('web', { replicas: 10, maxSurge: 3, maxUnavailable: 2 });
    plane.runTo(1);
    plane.broken = (pod) => pod.spec.shape.images.includes('app:v2');
    plane.edit('web', { template: plane.template('v2') });
    plane.runTo(10);
    const sizes = () => plane.replicaSets.map(({ spec }) => spec.replicas);
    expect(sizes()).toEqual([8, 5]);
    plane.edit('web', { replicas: 15 });
    plane.runTo(20);
    expect(sizes()).toEqual([11, 7]);
    plane.edit('web', { replicas: 10 });
    plane.runTo(30);
    expect(sizes()).toEqual([8, 5]);
    plane.broken = () => false;
    plane.edit('web', { template: plane.template('v3') });
    plane.runTo(60);
    expect(sizes()).toEqual([0, 0, 10]);
    expect(plane.stored('web').status).toMatchObject({ replicas: 10, availableReplicas: 10 });
  });

  it('that is deleted takes its ReplicaSets and pods along', () => {
    const plane = new ControlPlane({ qps: 0 });
    plane.create('web', { replicas: 7 });
    plane.runTo(5);
    plane.user.delete(plane.stored('web'));
    plane.runTo(30);
    expect([plane.replicaSets.length, plane.pods.length]).toEqual([0, 0]);
  });
});
