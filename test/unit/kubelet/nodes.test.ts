import { describe, expect, it } from 'vitest';
import { POD } from '../../../src/api/kind.js';
import { resources } from '../../../src/api/resources.js';
import { ContainerRows } from '../../../src/spokes/kubelet/container-rows.js';
import { PodRows } from '../../../src/spokes/kubelet/pod-rows.js';
import { machineRoom } from './machine-room.js';

describe('a node that crashes', () => {
  it('starts its pods anew when it is back, and counts their restarts', () => {
    const room = machineRoom('kubelet', '1s', '0s');
    room.createPod('p', 'node-0');
    room.hub.engine.run();
    room.fleet.set(0, false);
    room.kubelets.nodeStopped(0);
    room.hub.engine.schedule(
      60e9,
      room.hub.engine.register('back', () => {
        room.fleet.set(0, true);
        room.kubelets.nodeBack(0);
      }),
    );
    room.hub.engine.run();
    expect(room.story('p').map((line) => line.split(' ').slice(1).join(' '))).toEqual([
      'Pending',
      'Pending ContainerCreating',
      'Running ready',
      'Running',
      'Running ready restarts=1',
    ]);
  });
});

describe('a node that is cut off', () => {
  it('keeps its pods running, and ends those that were deleted when it hears of it', () => {
    const room = machineRoom('kubelet', '1s', '0s');
    room.createPod('kept', 'node-0');
    room.createPod('deleted', 'node-0');
    room.createPod('forced', 'node-0');
    room.hub.engine.run();
    room.fleet.connect(0, false);
    room.user.deleteNamed(POD, 'default', 'deleted');
    room.user.deleteNamed(POD, 'default', 'forced', { gracePeriodSeconds: 0 });
    room.hub.engine.run();
    expect(room.pod('forced')).toBeUndefined();
    expect(room.pod('deleted')?.status).toMatchObject({ phase: 'Running', ready: true });
    const before = room.story('kept').length;
    room.fleet.connect(0, true);
    room.kubelets.nodeBack(0);
    room.hub.engine.run();
    expect(room.pod('deleted')).toBeUndefined();
    expect(room.story('kept')).toHaveLength(before);
    expect(room.hub.engine.workPending).toBe(0);
  });

  it('tells what has happened to its pods meanwhile', () => {
    const room = machineRoom('kubelet', '0s', '0s');
    room.createPod('p', 'node-0', { 'hubsim/exit-after': '30s' }, { restartPolicy: 'Never' });
    room.hub.engine.run(5e9);
    room.fleet.connect(0, false);
    room.hub.engine.run();
    expect(room.pod('p')?.status.phase).toBe('Running');
    room.fleet.connect(0, true);
    room.kubelets.nodeBack(0);
    room.hub.engine.run();
    expect(room.pod('p')?.status.phase).toBe('Succeeded');
  });
});

describe('a node whose kubelet stands still', () => {
  const frozenFrom = (fromNs: number, toNs: number, room: ReturnType<typeof machineRoom>): void => {
    const { engine } = room.hub;
    engine.run(fromNs);
    room.fleet.freeze(0);
    const thaw = (): void => {
      room.fleet.thaw(0);
      room.kubelets.nodeThawed(0);
      room.kubelets.nodeBack(0);
    };
    engine.schedule(toNs - engine.nowNs, engine.register('thaw', thaw));
    engine.run(toNs + 20e9);
  };
  const at = (line: string): number => Number(line.split(' ')[0]);

  it('restarts what has ended only when it goes on, and at once', () => {
    const room = machineRoom('kubelet', '0s', '0s');
    room.createPod('p', 'node-0', { 'hubsim/exit-after': '30s' });
    frozenFrom(5e9, 100e9, room);
    const after = room.story('p').filter((line) => at(line) > 6);
    expect(after.at(-1)).toContain('Running ready restarts=1');
    expect(at(after[0]!)).toBeGreaterThanOrEqual(100);
    expect(at(after.at(-1)!)).toBeLessThan(103);
  });

  it('starts and ends nothing meanwhile, while containers run on', () => {
    const room = machineRoom('kubelet', '1s', '1s');
    room.createPod('kept', 'node-0');
    room.createPod('deleted', 'node-0');
    room.hub.engine.run(5e9);
    room.fleet.freeze(0);
    room.createPod('late', 'node-0');
    room.user.deleteNamed(POD, 'default', 'deleted');
    room.hub.engine.run(60e9);
    expect(room.pod('late')?.status.phase).toBe('Pending');
    expect(room.pod('deleted')?.status.phase).toBe('Running');
    const before = room.story('kept').length;
    room.fleet.thaw(0);
    room.kubelets.nodeThawed(0);
    room.kubelets.nodeBack(0);
    room.hub.engine.run();
    expect(room.pod('late')?.status).toMatchObject({ phase: 'Running', ready: true });
    expect(room.pod('deleted')).toBeUndefined();
    expect(room.story('kept')).toHaveLength(before);
    expect(room.hub.engine.workPending).toBe(0);
  });

  it('probes nothing meanwhile: what hangs lives on until the next probe', () => {
    const room = machineRoom('kubelet', '0s', '0s');
    const livenessProbe = { periodSeconds: 5, failureThreshold: 2 };
    room.createPod(
      'p',
      'node-0',
      { 'hubsim/hangs-after': '12s' },
      { containers: [{ name: 'c', livenessProbe }], terminationGracePeriodSeconds: 1 },
    );
    frozenFrom(5e9, 200e9, room);
    const restarted = room.story('p').find((line) => line.includes('restarts=1'))!;
    expect(at(restarted)).toBeGreaterThanOrEqual(200);
    expect(at(restarted)).toBeLessThan(210);
  });
});

describe('a node that is switched off', () => {
  it('ends its pods first, the critical ones last', () => {
    const grace = { shutdownGracePeriodNs: 30e9, shutdownGracePeriodCriticalPodsNs: 10e9 };
    const room = machineRoom('kubelet', '0s', '1s', 1, { grace });
    room.createPod('p', 'node-0');
    room.createPod('critical', 'node-0', {}, { priority: 2_000_001_000 });
    room.hub.engine.run();
    const beganSeconds = room.hub.engine.nowNs / 1e9;
    room.kubelets.nodeStopping(0);
    room.hub.engine.run();
    const ended = ['p', 'critical'].map((name) => room.story(name).at(-1)!.split(' '));
    expect(ended.map(([, phase, reason]) => [phase, reason])).toEqual(Array(2).fill(['Failed', 'Terminated']));
    const [first, last] = ended.map(([at]) => Number(at) - beganSeconds);
    expect(first).toBeLessThan(2.1);
    expect(last).toBeGreaterThan(20.9);
    expect(last).toBeLessThan(22.1);
  });
});

describe('a node that is slow', () => {
  it('takes so many times longer to start a pod', () => {
    const room = machineRoom('kubelet', '2s', '0s', 2);
    room.fleet.slow(1, 5);
    room.createPod('p', 'node-0');
    room.createPod('q', 'node-1');
    room.hub.engine.run();
    expect(Array.from(room.hub.measurements.pods.rows().startedNs.slice(0, 2))).toEqual([2e9, 10e9]);
  });
});

describe('a node that is full', () => {
  it('refuses a pod that somebody binds to it all the same, until another has ended', () => {
    const allocatable = resources({ milliCpu: 2000, memory: 2 ** 30, pods: 2 });
    const room = machineRoom('kubelet', '0s', '0s', 1, { allocatable });
    const cpu = { containers: [{ name: 'c', resources: { requests: { cpu: '1500m' } } }] };
    room.createPod('a', 'node-0', {}, cpu);
    room.createPod('b', 'node-0', {}, cpu);
    room.createPod('c', 'node-0');
    room.createPod('d', 'node-0');
    room.hub.engine.run();
    expect(['a', 'b', 'c', 'd'].map((name) => room.pod(name)!.status.reason)).toEqual([
      '',
      'OutOfcpu',
      '',
      'OutOfpods',
    ]);
    room.user.deleteNamed(POD, 'default', 'a');
    room.hub.engine.run();
    room.createPod('e', 'node-0', {}, cpu);
    room.hub.engine.run();
    expect(room.pod('e')?.status.ready).toBe(true);
  });
});

describe('what a kubelet remembers', () => {
  it('fits into 200 bytes for a pod of one container', () => {
    expect(bytesPerRow(new PodRows()) + bytesPerRow(new ContainerRows())).toBeLessThanOrEqual(200);
  });

  it('uses the rows of pods that are gone again', () => {
    const room = machineRoom('kubelet', '0s', '0s');
    for (let round = 0; round < 20; round++) {
      for (let i = 0; i < 100; i++) room.createPod(`p${i}`, 'node-0');
      room.hub.engine.run();
      for (let i = 0; i < 100; i++) room.user.deleteNamed(POD, 'default', `p${i}`);
      room.hub.engine.run();
    }
    const { table } = (room.kubelets as unknown as { workers: { table: { pods: PodRows } } }).workers;
    expect(table.pods.count).toBe(100);
  });
});

/** Bytes of all typed arrays of an object, and of those within it, a row. */
function bytesPerRow(rows: object): number {
  let bytes = 0;
  for (const value of Object.values(rows)) {
    if (ArrayBuffer.isView(value)) bytes += (value as Uint8Array).BYTES_PER_ELEMENT;
    else if (value !== null && typeof value === 'object' && !Array.isArray(value)) bytes += bytesPerRow(value);
  }
  return bytes;
}
