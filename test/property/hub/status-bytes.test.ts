import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DEPLOYMENT, REPLICA_SET } from '../../../src/api/kind.js';
import { ObjectMeta } from '../../../src/api/meta.js';
import { draft } from '../../../src/api/object.js';
import { StatusBytes } from '../../../src/hub/status-bytes.js';

test('a status that is weighed again, after others in its place, is as long as its JSON text', () => {
  const asked = fc.record({
    kind: fc.constantFrom(DEPLOYMENT, REPLICA_SET),
    id: fc.constantFrom(0, 1, 37, 256, 257),
    replicas: fc.constantFrom(1, 10, 100),
  });
  fc.assert(
    fc.property(fc.array(asked, { maxLength: 40 }), (steps) => {
      const bytes = new StatusBytes();
      const statuses = new Map<string, object>();
      for (const { kind, id, replicas } of steps) {
        const key = `${kind.id} ${id} ${replicas}`;
        const status = statuses.get(key) ?? { replicas };
        statuses.set(key, status);
        const object = draft(kind, ObjectMeta.of({ namespace: 'n', name: 'o' }), {}, status);
        expect(bytes.of(object.stamped(id, 1, object.metadata))).toBe(JSON.stringify(status).length);
      }
    }),
    { seed: 1, numRuns: 200 },
  );
});
