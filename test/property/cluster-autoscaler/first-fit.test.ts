import fc from 'fast-check';
import { expect, test } from 'vitest';
import { NODE } from '../../../src/api/kind.js';
import { ObjectMeta } from '../../../src/api/meta.js';
import type { Node } from '../../../src/api/node.js';
import { draft } from '../../../src/api/object.js';
import { PodShapes } from '../../../src/api/pod-shapes.js';
import { resources } from '../../../src/api/resources.js';
import { FirstFit } from '../../../src/spokes/cluster-autoscaler/first-fit.js';
import { FreeRoom } from '../../../src/spokes/cluster-autoscaler/free-room.js';

const machines = fc.record({
  milliCpu: fc.integer({ min: 0, max: 1000 }),
  pods: fc.integer({ min: 0, max: 8 }),
  isTainted: fc.boolean(),
});
const pods = fc.record({ milliCpu: fc.integer({ min: 0, max: 5 }), tolerates: fc.boolean() });
/** A pod that wants a place, or one more machine. */
const steps = fc.array(fc.oneof({ weight: 8, arbitrary: pods }, { weight: 1, arbitrary: machines }), { maxLength: 80 });

function nodeOf({ milliCpu, pods: most, isTainted }: { milliCpu: number; pods: number; isTainted: boolean }): Node {
  const offered = resources({ milliCpu, memory: 2 ** 30, pods: most });
  const heard = { ready: 'True', readyReason: '', readySinceNs: 0, readyHeartbeatNs: 0 } as const;
  const taints = isTainted ? [{ key: 'k', value: '', effect: 'NoSchedule' as const }] : [];
  const status = { capacity: offered, allocatable: offered, ...heard };
  return draft(NODE, ObjectMeta.of({ name: 'n' }), { unschedulable: false, taints }, status);
}

test('pods go to the first room that takes them, as if every room were asked for each', () => {
  const shapes = new PodShapes();
  fc.assert(
    fc.property(fc.array(machines, { maxLength: 12 }), steps, (first, rest) => {
      const plain = first.map((machine) => new FreeRoom(nodeOf(machine), []));
      const fast = new FirstFit(first.map((machine) => new FreeRoom(nodeOf(machine), [])));
      for (const step of rest) {
        if ('pods' in step) {
          plain.push(new FreeRoom(nodeOf(step), []));
          fast.rooms.push(new FreeRoom(nodeOf(step), []));
          continue;
        }
        const requests = { cpu: `${step.milliCpu * 70}m` };
        const tolerations = step.tolerates ? [{ operator: 'Exists' }] : [];
        const shape = shapes.of({ containers: [{ name: 'c', image: 'i', resources: { requests } }], tolerations });
        expect(fast.place(shape)).toBe(plain.some((room) => room.place(shape)));
      }
      expect(fast.rooms).toEqual(plain);
    }),
    { seed: 1, numRuns: 200 },
  );
});
