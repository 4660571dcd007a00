import { describe, expect, it } from 'vitest';
import { LEASE } from '../../../src/api/kind.js';
import type { Lease } from '../../../src/api/node.js';
import { loadProfile } from '../../../src/scenario/profile-file.js';
import { testHub } from './test-hub.js';

const SECOND = 1e9;

describe('the lease of an API server', () => {
  const running = () => {
    const hub = testHub(loadProfile('ideal'), { identityLeases: true });
    hub.apiServer.start();
    const lease = () => hub.store.get(LEASE, 'kube-system', 'apiserver-0') as Lease | undefined;
    return { hub, lease };
  };

  it('is made at once and renewed every 10 s, or up to a twenty-fifth later, and no run waits for it', () => {
    const { hub, lease } = running();
    hub.engine.run(0);
    const made = lease()!;
    expect(made.spec).toEqual({ holderIdentity: 'apiserver-0', leaseDurationSeconds: 3600, renewTimeNs: 0 });
    const writes: number[] = [];
    for (let at = 1; at <= 1000; at++) {
      hub.engine.run(at * 0.1 * SECOND);
      const { renewTimeNs } = lease()!.spec;
      if (renewTimeNs !== (writes.at(-1) ?? 0)) writes.push(renewTimeNs);
    }
    const waits = writes.map((at, index) => at - (writes[index - 1] ?? 0));
    expect(waits).toHaveLength(9);
    for (const wait of waits) {
      expect(wait).toBeGreaterThanOrEqual(10 * SECOND);
      expect(wait).toBeLessThanOrEqual(10.4 * SECOND);
    }
    expect(lease()!.id).toBe(made.id);
    expect(hub.engine.workPending).toBe(0);
  });

  it('is not renewed while the server is dead, and goes on with its next life', () => {
    const { hub, lease } = running();
    hub.engine.run(SECOND);
    const made = lease()!;
    hub.apiServer.kill();
    hub.engine.run(60 * SECOND);
    expect(lease()).toBe(made);
    hub.apiServer.restart();
    hub.engine.run(65 * SECOND);
    expect(lease()!.id).toBe(made.id);
    expect(lease()!.spec.renewTimeNs).toBeGreaterThanOrEqual(60 * SECOND);
  });
});
