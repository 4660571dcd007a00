import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maxSurge, minAvailable } from '../../../src/spokes/controllers/deployment/rollout-bounds.js';
import { ControlPlane } from '../../unit/controllers/control-plane.js';

const bound = fc.oneof(
  fc.integer({ min: 0, max: 5 }),
  fc.integer({ min: 0, max: 100 }).map((percent) => `${percent}%`),
);

describe('a rolling update', () => {
  it('ends with the new pods alone and keeps to its bounds on the way, whatever they and the rate limit are', () => {
    const scenario = fc.record({
      replicas: fc.integer({ min: 1, max: 25 }),
      maxSurge: bound,
      maxUnavailable: bound,
      qps: fc.constantFrom(0, 5, 20),
      resizeTo: fc.option(fc.integer({ min: 1, max: 25 })),
    });
    fc.assert(
      fc.property(scenario, ({ qps, resizeTo, ...spec }) => {
        const plane = new ControlPlane({ qps, burst: 10 });
        plane.create('web', spec);
        plane.runTo(100);
        const before = plane.stored('web').spec;
        plane.onPodChange = () => {
          const active = plane.pods.filter(({ metadata }) => !metadata.deleting);
          expect(active.length).toBeLessThanOrEqual(before.replicas + maxSurge(before));
          expect(active.filter(({ status }) => status.ready).length).toBeGreaterThanOrEqual(minAvailable(before));
        };
        plane.edit('web', { template: plane.template('v2') });
        if (resizeTo !== null) {
          plane.runTo(100.5);
          plane.onPodChange = () => undefined;
          plane.edit('web', { replicas: resizeTo });
        }
        plane.runTo(400);
        const replicas = resizeTo ?? spec.replicas;
        const expected = { replicas, updatedReplicas: replicas, availableReplicas: replicas };
        expect(plane.stored('web').status).toMatchObject(expected);
        const shapes = new Set(plane.pods.map((pod) => pod.spec.shape.spec.containers?.[0]?.image));
        expect([...shapes]).toEqual(['app:v2']);
        expect(plane.hub.engine.workPending).toBe(0);
      }),
      { seed: 7, numRuns: 25 },
    );
  });

  it('is the same in every run', () => {
    const run = () => {
      const plane = new ControlPlane({ qps: 20 });
      plane.create('web', { replicas: 30 });
      plane.runTo(5);
      plane.edit('web', { template: plane.template('v2') });
      plane.runTo(60);
      return plane.hub.engine.fingerprint();
    };
    expect(run()).toBe(run());
  });
});
