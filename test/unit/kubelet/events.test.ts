import { describe, expect, it } from 'vitest';
import { EVENT, POD } from '../../../src/api/kind.js';
import { resources } from '../../../src/api/resources.js';
import { machineRoom } from './machine-room.js';

const SECOND = 1e9;
const PRESENT = 'Normal Pulled: Container image "" already present on machine and can be accessed by the pod x1';
const STARTED = ['Normal Created: Container created x1', 'Normal Started: Container started x1'];

describe('events of kubelets', () => {
  it('tell of a pod that starts, and of one that is ended', () => {
    const room = machineRoom('kubelet', '1s', '0s');
    room.createPod('p', 'node-0');
    room.hub.engine.run(10 * SECOND);
    expect(room.events('p')).toEqual([PRESENT, ...STARTED]);
    room.user.deleteNamed(POD, 'default', 'p');
    room.hub.engine.run(20 * SECOND);
    expect(room.events('p').slice(3)).toEqual(['Normal Killing: Stopping container c x1']);
  });

  it('are none of hollow kubelets', () => {
    const room = machineRoom('hollow', '1s', '0s');
    room.createPod('p', 'node-0');
    room.hub.engine.run(10 * SECOND);
    expect(room.events('p')).toEqual([]);
  });

  it('tell of images that are pulled, and of those that cannot be', () => {
    const bytes = 1000;
    const layers = [{ digest: 'a', bytes }];
    const image = { name: 'app', layers, bytes, failures: 1, on: [] };
    const room = machineRoom('kubelet', '0s', '0s', 1, { pulls: { images: [image] as never } });
    room.createPod('p', 'node-0', {}, { containers: [{ name: 'c', image: 'app' }] });
    room.hub.engine.run(5 * SECOND);
    const [first, ...others] = room.events('p');
    expect(first).toBe('Normal Pulling: Pulling image "app" x1');
    expect(others.map((event) => event.split(' x')[0])).toEqual([
      'Warning Failed: Failed to pull image "app"',
      'Warning Failed: Error: ErrImagePull',
      'Normal BackOff: Back-off pulling image "app"',
      'Warning Failed: Error: ImagePullBackOff',
    ]);
  });

  it('count what is said again, and no more than 25 of one object', () => {
    const room = machineRoom('kubelet', '0s', '0s');
    room.createPod('p', 'node-0', { 'hubsim/exit-after': '1s', 'hubsim/exit-code': '1' });
    room.hub.engine.run(3600 * SECOND);
    const counts = room.events('p').map((event) => Number(event.split(' x').at(-1)));
    expect(
      room.events('p').some((event) => event.startsWith('Warning BackOff: Back-off restarting failed container c')),
    ).toBe(true);
    // 25 at once, then one every 300 s.
    const total = counts.reduce((sum, count) => sum + count, 0);
    expect(total).toBeGreaterThan(25);
    expect(total).toBeLessThanOrEqual(25 + 12);
  });

  it('come no faster than the node may send them', () => {
    const room = machineRoom('kubelet', '0s', '0s', 2, { eventLimits: { eventRecordQps: 1, eventBurst: 2 } });
    for (let i = 0; i < 4; i++) room.createPod(`p${i}`, 'node-0');
    room.createPod('other', 'node-1');
    room.hub.engine.run(1.5 * SECOND);
    // Twelve are to be sent: two at once, one every second; the other node has a limit of its own.
    expect([...room.hub.store.table(EVENT).values()]).toHaveLength(3 + 3);
    room.hub.engine.run(20 * SECOND);
    expect([...room.hub.store.table(EVENT).values()]).toHaveLength(15);
  });

  it('tell of a node that comes back, and of pods that it has no room for', () => {
    const allocatable = resources({ milliCpu: 1000, pods: 10 });
    const room = machineRoom('kubelet', '0s', '0s', 1, { allocatable });
    room.fleet.set(0, false);
    room.kubelets.nodeStopped(0);
    room.fleet.set(0, true);
    room.kubelets.nodeBack(0);
    room.createPod('p', 'node-0', {}, { containers: [{ name: 'c', resources: { requests: { cpu: '2' } } }] });
    room.hub.engine.run(5 * SECOND);
    const reasons = room.events('node-0').map((event) => event.split(':')[0]);
    expect(reasons).toEqual([
      'Warning Rebooted',
      'Normal Starting',
      'Normal NodeHasSufficientMemory',
      'Normal NodeHasNoDiskPressure',
      'Normal NodeHasSufficientPID',
      'Normal NodeAllocatableEnforced',
      'Normal NodeReady',
    ]);
    expect(room.events('p')).toEqual(['Warning OutOfcpu: Pod was rejected: Node lacks resources x1']);
  });

  it('wait while the API server cannot be reached', () => {
    const room = machineRoom('kubelet', '2s', '0s');
    room.createPod('p', 'node-0');
    room.hub.engine.run(SECOND);
    room.fleet.connect(0, false);
    room.hub.engine.run(30 * SECOND);
    const before = room.events('p').length;
    room.fleet.connect(0, true);
    room.kubelets.nodeBack(0);
    room.hub.engine.run(40 * SECOND);
    expect(before).toBe(1);
    expect(room.events('p')).toHaveLength(3);
  });

  it('keep no run from its end', () => {
    const room = machineRoom('kubelet', '0s', '0s', 1, { eventLimits: { eventRecordQps: 0.001, eventBurst: 1 } });
    room.createPod('p', 'node-0');
    room.hub.engine.run(5 * SECOND);
    expect(room.hub.engine.workPending).toBe(0);
  });
});
