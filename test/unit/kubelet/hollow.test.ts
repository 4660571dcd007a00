import { describe, expect, it } from 'vitest';
import { POD } from '../../../src/api/kind.js';
import { machineRoom } from './machine-room.js';

describe('hollow kubelets', () => {
  it('patch a bound pod Running and Ready after podStart, once', () => {
    const room = machineRoom('hollow', '2s', '0s');
    const before = room.hub.store.revision;
    room.createPod('p', 'node-0');
    room.hub.engine.run();
    expect(room.pod('p')?.status).toMatchObject({ phase: 'Running', ready: true, readySinceNs: 2e9 });
    expect(room.hub.store.revision).toBe(before + 2);
  });

  it('delete a terminating pod for good after podStop', () => {
    const room = machineRoom('hollow', '0s', '3s');
    room.createPod('p', 'node-0');
    room.hub.engine.run();
    room.user.deleteNamed(POD, 'default', 'p');
    room.hub.engine.run(2.9e9);
    expect(room.pod('p')?.metadata.deleting).toBe(true);
    room.hub.engine.run();
    expect(room.pod('p')).toBeUndefined();
  });

  it('end a pod with an exit annotation that long after it ran', () => {
    const room = machineRoom('hollow', '1s', '0s');
    room.createPod('good', 'node-0', { 'hubsim/exit-after': '5s' });
    room.createPod('bad', 'node-0', { 'hubsim/exit-after': '7s', 'hubsim/exit-code': '1' });
    room.hub.engine.run();
    expect([room.pod('good')?.status.phase, room.pod('bad')?.status.phase]).toEqual(['Succeeded', 'Failed']);
    expect(room.hub.engine.nowNs).toBe(8e9);
  });

  it('do nothing on a machine that is down, and take up its pods when it is back', () => {
    const room = machineRoom('hollow', '1s', '0s', 2);
    room.fleet.set(1, false);
    room.createPod('up', 'node-0');
    room.createPod('down', 'node-1');
    room.hub.engine.run();
    expect([room.pod('up')?.status.phase, room.pod('down')?.status.phase]).toEqual(['Running', 'Pending']);
    room.fleet.set(1, true);
    room.kubelets.nodeBack(1);
    room.hub.engine.run();
    expect(room.pod('down')?.status.phase).toBe('Running');
  });
});
