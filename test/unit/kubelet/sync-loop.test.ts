import { describe, expect, it } from 'vitest';
import { POD } from '../../../src/api/kind.js';
import { percentiles } from '../../../src/stats/percentiles.js';
import { ToldRun } from '../scenario/told-run.js';
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

  it('do so in a scenario that says nothing of it, on idle nodes that have the image', () => {
    const run = new ToldRun(`cluster: { profile: ideal, nodes: [ { count: 500 } ] }
timeline:
  - at: 0s
    apply:
      apiVersion: apps/v1
      kind: DaemonSet
      metadata: { name: agent }
      spec:
        selector: { matchLabels: { app: agent } }
        template:
          metadata: { labels: { app: agent } }
          spec: { containers: [ { name: agent, image: "agent:1" } ] }
`);
    const { running, boundToRunning } = run.summary.pods;
    expect(running).toBe(500);
    expect(boundToRunning.p50).toBeGreaterThan(1);
    expect(boundToRunning.p50).toBeLessThan(2);
    expect(boundToRunning.p99).toBeGreaterThan(2);
    expect(boundToRunning.p99).toBeLessThan(5);
  });

  it('draw the sawtooth of the relist: how late a start is seen is spread evenly over a second', () => {
    const nodes = 2000;
    const room = machineRoom('kubelet', 'lognormal(p50=0.7s, p99=2.5s)', '0s', nodes);
    for (let i = 0; i < nodes; i++) room.createPod(`p${i}`, `node-${i}`);
    room.hub.engine.run();
    const tenths = Array<number>(10).fill(0);
    const { startedNs } = room.hub.measurements.pods.rows();
    for (let i = 0; i < nodes; i++) {
      const lateNs = room.pod(`p${i}`)!.status.readySinceNs - startedNs[i]!;
      expect(lateNs).toBeGreaterThan(0);
      expect(lateNs).toBeLessThanOrEqual(1e9);
      tenths[Math.min(9, Math.floor(lateNs / 1e8))]!++;
    }
    // Each tenth has 200 of 2,000, give or take four standard deviations of a binomial.
    for (const count of tenths) expect(Math.abs(count - nodes / 10)).toBeLessThan(54);
  });

  it('show the pods of one node together, a second apart', () => {
    const room = machineRoom('kubelet', 'uniform(min=0s, max=3s)', '0s');
    for (let i = 0; i < 100; i++) room.createPod(`p${i}`, 'node-0');
    room.hub.engine.run();
    const moments = new Set(Array.from({ length: 100 }, (_, i) => room.pod(`p${i}`)!.status.readySinceNs));
    const [first, ...rest] = [...moments].sort((a, b) => a - b);
    expect(rest.map((atNs, index) => atNs - first! - (index + 1) * 1e9)).toEqual(rest.map(() => 0));
    expect(moments.size).toBeLessThanOrEqual(4);
  });

  it('report a pod twice: as taken, and as running', () => {
    const room = machineRoom('kubelet', '1s', '0s');
    room.createPod('p', 'node-0');
    room.hub.engine.run(0.5e9);
    expect(room.pod('p')?.status).toMatchObject({ phase: 'Pending', startTimeNs: 0 });
    room.settle();
    expect(room.story('p')).toHaveLength(3);
  });

  it('let a pod have its grace and no more', () => {
    const room = machineRoom('kubelet', '0s', '2m');
    room.createPod('p', 'node-0');
    room.settle();
    const deletedNs = room.hub.engine.nowNs;
    room.user.deleteNamed(POD, 'default', 'p');
    room.settle();
    expect(room.pod('p')).toBeUndefined();
    expect(room.hub.engine.nowNs - deletedNs).toBeGreaterThanOrEqual(30e9);
    expect(room.hub.engine.nowNs - deletedNs).toBeLessThanOrEqual(31e9);
  });
});
