import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Pod } from '../../../src/api/pod.js';
import { ObjectCache } from '../../../src/client/object-cache.js';
import { samplePod } from '../../unit/controllers/sample-pod.js';

const NAMESPACES = ['default', 'shop'];
const LABELS = [{ app: 'a' }, { app: 'b' }, { app: 'b', tier: 'web' }];
const move = fc.record({ id: fc.nat(9), labels: fc.nat(2), goes: fc.boolean(), asks: fc.boolean() });

test('what a namespace has with some labels is what a look at all objects finds, in their order', () => {
  fc.assert(
    fc.property(fc.array(move, { maxLength: 60, size: 'max' }), (moves) => {
      const cache = new ObjectCache<Pod>();
      for (const { id, labels, goes, asks } of moves) {
        const previous = cache.byId(id);
        const namespace = NAMESPACES[id % 2]!;
        if (goes && previous !== undefined) cache.remove(previous);
        else if (!goes) cache.put(samplePod(`p${id}`, { id, meta: { namespace, labels: LABELS[labels]! } }), previous);
        if (!asks) continue;
        const all = [...cache.values()].filter(({ metadata }) => metadata.namespace === namespace);
        expect(cache.inNamespace(namespace)).toEqual(all);
        const ofB = all.filter(({ metadata }) => metadata.labels.app === 'b');
        expect(cache.inNamespace(namespace, ({ app }) => app === 'b')).toEqual(ofB);
      }
    }),
    { seed: 5, numRuns: 300 },
  );
});
