import { describe, expect, test } from 'vitest';
import { machineRoom } from './machine-room.js';

const readyAt = (story: readonly string[]) => Number(story.find((line) => line.includes('ready'))?.split(' ')[0]);

describe('readiness gates', () => {
  const GATED = { readinessGates: [{ conditionType: 'example.com/load-balancer' }] };

  test('keep a pod from being ready until somebody opens them', () => {
    const room = machineRoom('kubelet', '100ms', '0s');
    room.createPod('gated', 'node-0', { 'hubsim/gates-after': '5s' }, GATED);
    room.createPod('free', 'node-0', { 'hubsim/gates-after': '5s' });
    room.hub.engine.run();
    expect(readyAt(room.story('gated'))).toBeCloseTo(readyAt(room.story('free')) + 5, 1);
  });

  test('stay shut where nobody says who opens them', () => {
    const room = machineRoom('kubelet', '100ms', '0s');
    room.createPod('gated', 'node-0', {}, GATED);
    room.hub.engine.run();
    expect(room.pod('gated')?.status).toMatchObject({ phase: 'Running', ready: false });
  });
});

describe('a postStart hook', () => {
  test('holds up its pod, which is not reported to run before', () => {
    const room = machineRoom('kubelet', '100ms', '0s');
    room.createPod('p', 'node-0', { 'hubsim/post-start': '7s' });
    room.hub.engine.run();
    expect(room.story('p').filter((line) => line.includes('Running'))).toHaveLength(1);
    expect(readyAt(room.story('p'))).toBeGreaterThanOrEqual(7.1);
    expect(readyAt(room.story('p'))).toBeLessThan(8.2);
  });

  test('of the first container holds up the second, and a manifest says how long it sleeps', () => {
    const room = machineRoom('kubelet', '100ms', '0s');
    const first = { name: 'a', image: 'a:1', lifecycle: { postStart: { sleep: { seconds: 4 } } } };
    room.createPod('p', 'node-0', {}, { containers: [first, { name: 'b', image: 'b:1' }] });
    room.hub.engine.run();
    expect(readyAt(room.story('p'))).toBeGreaterThanOrEqual(4.1);
  });

  test('is not waited for when its container ends, or its machine does', () => {
    const room = machineRoom('kubelet', '100ms', '0s');
    room.createPod('p', 'node-0', { 'hubsim/post-start': '1h', 'hubsim/exit-after': '2s', 'hubsim/exit-runs': '1' });
    room.hub.engine.run(60e9);
    expect(room.hub.engine.nowNs).toBeLessThanOrEqual(60e9);
    expect(room.pod('p')?.status).toMatchObject({ ready: false });
    room.fleet.set(0, false);
    room.kubelets.nodeStopped(0);
    expect(room.hub.engine.workPending).toBe(0);
  });
});

test('volumes are mounted before anything starts', () => {
  const room = machineRoom('kubelet', '100ms', '0s', 1, { volumeMount: '3s' });
  room.createPod('mounts', 'node-0', {}, { volumes: [{ name: 'data', emptyDir: {} }] });
  room.createPod('bare', 'node-0');
  room.hub.engine.run();
  expect(readyAt(room.story('mounts'))).toBeCloseTo(readyAt(room.story('bare')) + 3, 1);
});
