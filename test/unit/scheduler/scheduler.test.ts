import { describe, expect, test } from 'vitest';
import { SmallControlPlane } from './small-control-plane.js';

describe('scheduler', () => {
  test('binds pods in order of priority, then of age', () => {
    const plane = new SmallControlPlane(1);
    plane.addNode('small', 50);
    plane.createPod('old', '100m');
    plane.createPod('young', '100m');
    plane.createPod('important', '100m', { priority: 10 });
    plane.run(30);
    plane.addNode('n', 4000);
    plane.run(0.5);
    // Two tokens are in the bucket; the third binding waits for the next.
    const bound = (): string[] => ['old', 'young', 'important'].filter((name) => plane.nodeOf(name) === 'n');
    expect(bound()).toEqual(['old', 'important']);
    plane.run(1);
    expect(bound()).toEqual(['old', 'young', 'important']);
  });

  test('never puts more on a node than fits, though bindings are still under way', () => {
    const plane = new SmallControlPlane(1);
    plane.addNode('a', 1000);
    plane.addNode('b', 1000);
    for (let i = 0; i < 5; i++) plane.createPod(`p${i}`, '500m');
    plane.run(30);
    const nodes = [0, 1, 2, 3, 4].map((i) => plane.nodeOf(`p${i}`)).sort();
    expect(nodes).toEqual(['', 'a', 'a', 'b', 'b']);
  });

  test('says why a pod fits nowhere, and binds it when a node comes on which it does', () => {
    const plane = new SmallControlPlane();
    plane.addNode('small', 1000);
    plane.addNode('tainted', 8000, {}, { taints: [{ key: 'k', value: '', effect: 'NoSchedule' }] });
    plane.createPod('p', '2');
    plane.run(1);
    expect(plane.pod('p')!.status.unschedulable).toBe(
      '0/2 nodes are available: 1 Insufficient cpu, 1 node(s) had untolerated taint(s). ' +
        'preemption: 0/2 nodes are available: 2 Preemption is not helpful for scheduling.',
    );
    plane.run(20);
    plane.addNode('big', 4000);
    plane.run(0.1);
    expect(plane.nodeOf('p')).toBe('big');
    expect(plane.pod('p')!.status.unschedulable).toBe('');
  });

  test('is not woken by a node that does not help', () => {
    const plane = new SmallControlPlane();
    plane.addNode('small', 1000);
    plane.createPod('p', '2');
    plane.run(20);
    plane.addNode('small too', 1000);
    plane.run(1);
    expect(plane.scheduler.queue.pool('unschedulable')[0]!.attempts).toBe(1);
  });

  test('tries a pod again after five minutes without any event', () => {
    const plane = new SmallControlPlane();
    plane.addNode('small', 1000);
    plane.createPod('p', '2');
    plane.run(299);
    expect(plane.scheduler.queue.pool('unschedulable')[0]!.attempts).toBe(1);
    plane.run(40);
    expect(plane.scheduler.queue.pool('unschedulable')[0]!.attempts).toBe(2);
  });

  test('binds a waiting pod when another leaves', () => {
    const plane = new SmallControlPlane();
    plane.addNode('n', 1000);
    plane.createPod('first', '1');
    plane.run(1);
    plane.createPod('second', '1');
    plane.run(20);
    plane.deletePod('first');
    plane.run(0.1);
    expect(plane.nodeOf('second')).toBe('n');
  });

  test('backs a pod off after each failure, but takes it at once when it has nothing else to do', () => {
    const plane = new SmallControlPlane();
    plane.addNode('small', 1000);
    plane.createPod('p', '2');
    plane.run(0.1);
    // As far as NodeResourcesFit can tell each of these might help, but it takes no such pod.
    for (let i = 0; i < 4; i++) {
      plane.addNode(`tainted-${i}`, 4000, {}, { taints: [{ key: 'k', value: '', effect: 'NoSchedule' }] });
      plane.run(0.01);
    }
    const [queued] = plane.scheduler.queue.pool('unschedulable');
    expect(queued!.attempts).toBe(5);
    // Doubled from 1 s each time, but 10 s at most.
    expect(plane.scheduler.queue.backoffEndNs(queued!)).toBe(10e9);
    plane.addNode('big', 4000);
    plane.run(0.01);
    expect(plane.nodeOf('p')).toBe('big');
  });

  test('drops a pod that is deleted while it waits', () => {
    const plane = new SmallControlPlane();
    plane.addNode('small', 1000);
    plane.createPod('p', '2');
    plane.run(5);
    plane.deletePod('p');
    plane.run(1);
    expect(plane.scheduler.queue.pool('unschedulable')).toEqual([]);
  });

  test('gives the room of a pod back whose binding fails because it is gone', () => {
    const plane = new SmallControlPlane(1);
    plane.addNode('n', 1000);
    plane.createPod('x', '1m');
    plane.createPod('y', '1m');
    plane.run(0.1);
    plane.createPod('gone', '900m');
    plane.run(0.01);
    plane.deletePod('gone');
    plane.run(0.01);
    plane.createPod('next', '900m');
    plane.run(30);
    expect(plane.nodeOf('next')).toBe('n');
  });

  test('leaves pods of other schedulers alone', () => {
    const plane = new SmallControlPlane();
    plane.addNode('n', 1000);
    plane.createPod('other', '1m', { schedulerName: 'mine' });
    plane.run(5);
    expect(plane.nodeOf('other')).toBe('');
  });

  test('queues a gated pod only when its last gate is gone', () => {
    const plane = new SmallControlPlane();
    plane.addNode('n', 1000);
    plane.createPod('gated', '1m', { schedulingGates: [{ name: 'wait' }] });
    plane.run(5);
    expect(plane.nodeOf('gated')).toBe('');
    expect(plane.scheduler.queue.pool('unschedulable')[0]!.attempts).toBe(0);
  });

  test('makes room for a more important pod at the cost of the least important one', () => {
    const plane = new SmallControlPlane();
    plane.addNode('n', 1000);
    plane.createPod('least', '500m', { priority: 1 });
    plane.createPod('less', '500m', { priority: 2 });
    plane.run(1);
    plane.createPod('important', '500m', { priority: 100 });
    plane.run(2);
    expect(plane.pod('least')).toBeUndefined();
    expect([plane.nodeOf('less'), plane.nodeOf('important')]).toEqual(['n', 'n']);
  });

  test('comes to rest when only hopeless pods are left', () => {
    const plane = new SmallControlPlane();
    plane.addNode('small', 1000);
    plane.createPod('p', '2');
    plane.run(1);
    expect(plane.engine.workPending).toBe(0);
  });
});
