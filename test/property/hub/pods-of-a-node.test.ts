import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Pod } from '../../../src/api/pod.js';
import { WatchCache } from '../../../src/hub/watch-cache.js';
import { samplePod } from '../../unit/controllers/sample-pod.js';

const NODES = ['', 'a', 'b'];
const step = fc.record({ id: fc.nat(7), node: fc.nat(2), goes: fc.boolean(), asks: fc.boolean() });

test('the pods of a node are those that a look at all of a watch cache finds, in its order', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60, size: 'max' }), (steps) => {
      const cache = new WatchCache(0, []);
      let revision = 0;
      for (const { id, node, goes, asks } of steps) {
        const known = cache.state.get(id) as Pod | undefined;
        revision++;
        if (known === undefined || !goes) {
          // Nobody moves a pod that is bound.
          const nodeName = known === undefined || known.spec.nodeName === '' ? NODES[node]! : known.spec.nodeName;
          const pod = samplePod(`p${id}`, { id, nodeName });
          const object = pod.stamped(id, revision, pod.metadata);
          cache.take({ type: known === undefined ? 'ADDED' : 'MODIFIED', object, chore: false } as never, 0);
        } else {
          const object = known.stamped(id, revision, known.metadata);
          cache.take({ type: 'DELETED', object, chore: false } as never, 0);
        }
        if (!asks) continue;
        for (const name of NODES.slice(1))
          expect(cache.onNode(name)).toEqual([...cache.values()].filter((pod) => (pod as Pod).spec.nodeName === name));
      }
    }),
    { seed: 6, numRuns: 200 },
  );
});
