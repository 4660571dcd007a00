import { describe, expect, it } from 'vitest';
import { LEASE } from '../../../src/api/kind.js';
import { loadProfile } from '../../../src/scenario/profile-file.js';
import { testHub } from '../hub/test-hub.js';

describe('a program that leads', () => {
  it('takes its lease and renews it every 2 s, as a chore', () => {
    const hub = testHub(loadProfile('vm-2-core'));
    const program = hub.program('kube-scheduler');
    program.lead(() => {});
    program.start();
    hub.measurements.begin(0);
    hub.engine.run(60e9);
    expect(hub.store.get(LEASE, 'kube-system', 'kube-scheduler')).toBeDefined();
    const { requests } = hub.measurements;
    const renewals = requests.keys.findIndex(({ verb, code }) => verb === 'update' && code === 200);
    expect(requests.latencyOf(renewals).count).toBe(29);
    expect(hub.engine.workPending).toBe(0);
  });

  it('goes on with its lease when the API server comes back', () => {
    const hub = testHub(loadProfile('vm-2-core'));
    const program = hub.program('kube-scheduler');
    program.lead(() => {});
    program.start();
    hub.engine.run(10e9);
    hub.apiServer.kill();
    hub.engine.run(13e9);
    hub.apiServer.restart();
    hub.engine.run(40e9);
    const lease = hub.store.get(LEASE, 'kube-system', 'kube-scheduler');
    expect((lease!.spec as { renewTimeNs: number }).renewTimeNs).toBeGreaterThan(37e9);
  });

  it('ends when it could not renew its lease for 10 s', () => {
    const hub = testHub(loadProfile('vm-2-core'));
    const program = hub.program('kube-scheduler');
    const lostNs: number[] = [];
    program.lead(() => lostNs.push(hub.engine.nowNs));
    program.start();
    hub.engine.run(10e9);
    hub.apiServer.kill();
    hub.engine.run(60e9);
    expect(lostNs).toHaveLength(1);
    expect(lostNs[0]).toBeGreaterThan(18e9);
    expect(lostNs[0]).toBeLessThan(22e9);
  });
});
