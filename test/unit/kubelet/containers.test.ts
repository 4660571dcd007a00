import { describe, expect, it } from 'vitest';
import { POD } from '../../../src/api/kind.js';
import { machineRoom } from './machine-room.js';

/** The story without its times. */
function states(story: readonly string[]): string[] {
  return story.map((line) => line.slice(line.indexOf(' ') + 1));
}

function secondsOf(line: string | undefined): number {
  return Number(line?.split(' ')[0]);
}

describe('a pod with several containers', () => {
  it('runs its init containers one after the other, a sidecar beside them, and only then the app', () => {
    const room = machineRoom('kubelet', '100ms', '100ms');
    room.createPod(
      'p',
      'node-0',
      { 'hubsim/exit-after.a': '3s', 'hubsim/exit-after.b': '2s' },
      {
        initContainers: [{ name: 'a' }, { name: 's', restartPolicy: 'Always' }, { name: 'b' }],
        containers: [{ name: 'c' }, { name: 'd' }],
      },
    );
    room.hub.engine.run();
    expect(states(room.story('p'))).toEqual(['Pending', 'Pending PodInitializing', 'Running ready']);
    // 3 s and 2 s of init, and a relist of up to a second after each of the four steps.
    expect(secondsOf(room.story('p')[2])).toBeGreaterThan(6);
    expect(secondsOf(room.story('p')[2])).toBeLessThan(9.1);
  });

  it('starts an init container again that fails, and fails with it if it may not', () => {
    const room = machineRoom('kubelet', '0s', '0s');
    const annotations = { 'hubsim/exit-code.a': '1', 'hubsim/exit-after.a': '1s' };
    const spec = { initContainers: [{ name: 'a' }] };
    room.createPod('p', 'node-0', annotations, spec);
    room.createPod('q', 'node-0', annotations, { ...spec, restartPolicy: 'Never' });
    room.hub.engine.run(30e9);
    expect(states(room.story('p'))).toContain('Pending CrashLoopBackOff restarts=1');
    expect(room.pod('q')?.status).toMatchObject({ phase: 'Failed', exitCode: 1 });
  });

  it('ends the sidecar of a task after the task, and succeeds', () => {
    const room = machineRoom('kubelet', '0s', '5s');
    const spec = { initContainers: [{ name: 's', restartPolicy: 'Always' }], restartPolicy: 'Never' };
    room.createPod('p', 'node-0', { 'hubsim/exit-after': '2s' }, spec);
    room.hub.engine.run();
    expect(room.pod('p')?.status).toMatchObject({ phase: 'Succeeded', exitCode: 0 });
    expect(room.hub.engine.nowNs).toBeGreaterThan(7e9);
  });
});

describe('a container that ends', () => {
  it('is started again at once, then after 10 s, doubling, each late by up to a half', () => {
    const room = machineRoom('kubelet', '0s', '0s');
    room.createPod('p', 'node-0', { 'hubsim/exit-after': '2s', 'hubsim/exit-code': '1', 'hubsim/exit-runs': '5' });
    room.hub.engine.run();
    const ready = room
      .story('p')
      .filter((line) => line.includes('ready'))
      .map(secondsOf);
    const waits = ready.slice(1).map((at, index) => at - ready[index]!);
    expect(waits).toHaveLength(5);
    for (const [index, backoff] of [0, 10, 20, 40, 80].entries()) {
      expect(waits[index]).toBeGreaterThanOrEqual(backoff + 2 - 1.1);
      expect(waits[index]).toBeLessThanOrEqual(1.5 * backoff + 2 + 2.1);
    }
    expect(room.pod('p')?.status).toMatchObject({ phase: 'Running', ready: true, restarts: 5 });
  });

  it('is not started again when its policy says so', () => {
    const room = machineRoom('kubelet', '0s', '0s');
    const bad = { 'hubsim/exit-after': '2s', 'hubsim/exit-code': '3', 'hubsim/exit-runs': '1' };
    room.createPod('never', 'node-0', bad, { restartPolicy: 'Never' });
    room.createPod('onFailure', 'node-0', bad, { restartPolicy: 'OnFailure' });
    room.createPod('done', 'node-0', { 'hubsim/exit-after': '2s' }, { restartPolicy: 'OnFailure' });
    room.hub.engine.run();
    expect(room.pod('never')?.status).toMatchObject({ phase: 'Failed', exitCode: 3 });
    expect(room.pod('onFailure')?.status).toMatchObject({ phase: 'Running', restarts: 1 });
    expect(room.pod('done')?.status.phase).toBe('Succeeded');
  });

  it('is nothing to wait for when it will run for hours before', () => {
    const room = machineRoom('kubelet', '0s', '0s');
    room.createPod('p', 'node-0', { 'hubsim/exit-after': 'exponential(mean=100h)' });
    room.hub.engine.run(10e9);
    expect(room.hub.engine.workPending).toBe(0);
    room.hub.engine.run(3600e9 * 1000);
    expect(room.pod('p')!.status.restarts).toBeGreaterThan(1);
  });
});

describe('probes', () => {
  const probes = {
    startupProbe: { periodSeconds: 5, failureThreshold: 10 },
    readinessProbe: { periodSeconds: 5 },
    livenessProbe: { periodSeconds: 10 },
  };

  it('make a pod ready once it has started and is ready, and not before', () => {
    const room = machineRoom('kubelet', '100ms', '0s');
    const annotations = { 'hubsim/started-after': '12s', 'hubsim/ready-after': '30s' };
    room.createPod('p', 'node-0', annotations, { containers: [{ name: 'c', ...probes }] });
    room.hub.engine.run();
    // Started at the probe 15 s after the pod was taken; from there every 5 s.
    expect(states(room.story('p')).slice(2)).toEqual(['Running', 'Running ready']);
    expect(secondsOf(room.story('p').at(-1))).toBe(35);
  });

  it('restart a container that hangs, after its grace', () => {
    const room = machineRoom('kubelet', '100ms', '0s');
    room.createPod('p', 'node-0', { 'hubsim/hangs-after': '60s' }, { containers: [{ name: 'c', ...probes }] });
    room.hub.engine.run(124e9);
    const [, , , , unready, restarted] = room.story('p');
    // Not ready after three failures from 60.1 s on; dead after three more of its own, and killed 30 s later.
    expect(secondsOf(unready)).toBe(75);
    expect(secondsOf(restarted)).toBeGreaterThan(120);
    expect(states(room.story('p')).at(-1)).toBe('Running restarts=1');
  });

  it('give up on a container that never starts', () => {
    const room = machineRoom('kubelet', '0s', '0s');
    room.createPod('p', 'node-0', { 'hubsim/started-after': '1h' }, { containers: [{ name: 'c', ...probes }] });
    room.hub.engine.run(120e9);
    expect(room.pod('p')?.status).toMatchObject({ phase: 'Running', ready: false });
    expect(room.pod('p')!.status.restarts).toBeGreaterThanOrEqual(1);
  });

  it('heed the initial delay, and count successes', () => {
    const room = machineRoom('kubelet', '0s', '0s');
    const readinessProbe = { periodSeconds: 10, initialDelaySeconds: 25, successThreshold: 3 };
    room.createPod('p', 'node-0', {}, { containers: [{ name: 'c', readinessProbe }] });
    room.hub.engine.run();
    const [running, ready] = room.story('p').slice(2).map(secondsOf);
    // Probes every 10 s from when it was seen running: the first after 25 s is the third, and it takes three.
    expect(ready! - running!).toBeCloseTo(50, 1);
  });
});

describe('a pod that is deleted', () => {
  it('ends when its hook and its containers have, and no later than its grace', () => {
    const room = machineRoom('kubelet', '0s', '3s');
    const slow = { containers: [{ name: 'c', lifecycle: { preStop: { sleep: { seconds: 5 } } } }] };
    const late = { containers: [{ name: 'c', lifecycle: { preStop: { sleep: { seconds: 50 } } } }] };
    room.createPod('p', 'node-0', {}, slow);
    room.createPod('q', 'node-0', {}, late);
    room.hub.engine.run();
    const deletedNs = room.hub.engine.nowNs;
    room.user.deleteNamed(POD, 'default', 'p');
    room.user.deleteNamed(POD, 'default', 'q');
    room.hub.engine.run();
    const gone = ['p', 'q'].map((name) => secondsOf(room.story(name).at(-1)) - deletedNs / 1e9);
    expect(gone[0]).toBeGreaterThan(7.9);
    expect(gone[0]).toBeLessThan(9.1);
    // The hook takes all of the grace; at least 2 s are left to the process.
    expect(gone[1]).toBeGreaterThan(31.9);
    expect(gone[1]).toBeLessThan(33.1);
  });

  it('is gone soon when it never started', () => {
    const room = machineRoom('kubelet', '1h', '0s');
    room.createPod('p', 'node-0');
    room.hub.engine.run(5e9);
    room.user.deleteNamed(POD, 'default', 'p');
    room.hub.engine.run(7e9);
    expect(room.pod('p')).toBeUndefined();
    expect(room.hub.engine.workPending).toBe(0);
  });
});
