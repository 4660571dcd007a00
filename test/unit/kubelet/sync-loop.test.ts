import { describe, expect, it } from 'vitest';
import { POD } from '../../../src/api/kind.js';
import { percentiles } from '../../../src/stats/percentiles.js';
import { machineRoom } from './machine-room.js';

describe('kubelets with a sync loop', () => {
  it('show a pod running at the relist after its start: up to a second later', () => {
    const room = machineRoom('kubelet', '100ms', '0s', 200);
    for (let i = 0; i < 200; i++) room.createPod(`p${i}`, `node-${i}`);
    room.hub.engine.run();
    const seconds = Array.from({ length: 200 }, (_, i) => room.pod(`p${i}`)!.status.readySinceNs / 1e9);
    expect(Math.min(...seconds)).toBeGreaterThan(0.1);
    expect(Math.max(...seconds)).toBeLessThanOrEqual(1.1);
    expect(Math.max(...seconds) - Math.min(...seconds)).toBeGreaterThan(0.9);
  });

  it('start a pod in 1–2 s at the median and 2–5 s at p99 with the default times', () => {
    const room = machineRoom('kubelet', 'lognormal(p50=0.7s, p99=2.5s)', '0s', 1000);
    for (let i = 0; i < 1000; i++) room.createPod(`p${i}`, `node-${i}`);
    room.hub.engine.run();
    const seconds = Array.from({ length: 1000 }, (_, i) => room.pod(`p${i}`)!.status.readySinceNs / 1e9);
    const [p50, p99] = percentiles(seconds, [50, 99]);
    expect(p50).toBeGreaterThan(1);
    expect(p50).toBeLessThan(2);
    expect(p99).toBeGreaterThan(2);
    expect(p99).toBeLessThan(5);
  });

  it('report a pod twice: as taken, and as running', () => {
    const room = machineRoom('kubelet', '1s', '0s');
    const before = room.hub.store.revision;
    room.createPod('p', 'node-0');
    room.hub.engine.run(0.5e9);
    expect(room.pod('p')?.status).toMatchObject({ phase: 'Pending', startTimeNs: 0 });
    room.hub.engine.run();
    expect(room.hub.store.revision).toBe(before + 3);
  });

  it('let a pod have its grace and no more', () => {
    const room = machineRoom('kubelet', '0s', '2m');
    room.createPod('p', 'node-0');
    room.hub.engine.run();
    const deletedNs = room.hub.engine.nowNs;
    room.user.deleteNamed(POD, 'default', 'p');
    room.hub.engine.run();
    expect(room.pod('p')).toBeUndefined();
    expect(room.hub.engine.nowNs - deletedNs).toBeGreaterThanOrEqual(30e9);
    expect(room.hub.engine.nowNs - deletedNs).toBeLessThanOrEqual(31e9);
  });
});
