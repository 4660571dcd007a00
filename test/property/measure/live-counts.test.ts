import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Pod } from '../../../src/api/pod.js';
import type { WatchEvent } from '../../../src/api/watch.js';
import { LiveCounts } from '../../../src/measure/live-counts.js';
import { samplePod } from '../../unit/controllers/sample-pod.js';

const step = fc.record({
  id: fc.nat(7),
  nodeName: fc.constantFrom('', 'a'),
  phase: fc.constantFrom('Pending' as const, 'Running' as const, 'Failed' as const),
  ready: fc.boolean(),
  unschedulable: fc.constantFrom('', 'no room'),
  goes: fc.boolean(),
  missed: fc.nat(9).map((dice) => dice === 0),
  asks: fc.boolean(),
});

/** What is counted is what there is, whatever came to the ears of who counts. */
test('live counts are those of a new count, also after a change that was missed', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60, size: 'max' }), (steps) => {
      const counts = new LiveCounts();
      const pods = new Map<number, Pod>();
      let revision = 0;
      for (const { id, nodeName, phase, ready, unschedulable, goes, missed, asks } of steps) {
        const previous = pods.get(id);
        const sample = samplePod(`p${id}`, { id, nodeName, status: { phase, ready, unschedulable } });
        const object = sample.stamped(id, ++revision, sample.metadata);
        const isGone = goes && previous !== undefined;
        if (isGone) pods.delete(id);
        else pods.set(id, object);
        const type = isGone ? 'DELETED' : previous === undefined ? 'ADDED' : 'MODIFIED';
        const event: WatchEvent = { type, object, previous, committedNs: 0, cause: 0, chore: false };
        if (!missed) counts.committed(event);
        if (asks)
          expect(counts.at(revision, pods.values(), [])).toEqual(new LiveCounts().at(revision, pods.values(), []));
      }
    }),
    { seed: 9, numRuns: 300 },
  );
});
