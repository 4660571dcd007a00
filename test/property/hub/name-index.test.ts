import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CONFIG_MAP } from '../../../src/api/kind.js';
import { ObjectMeta } from '../../../src/api/meta.js';
import { ApiObject } from '../../../src/api/object.js';
import { NameIndex } from '../../../src/hub/name-index.js';

const NAMES = fc.record({ namespace: fc.constantFrom('', 'a', 'b'), name: fc.stringMatching(/^[a-z0-9.-]{1,2}$/) });

test('finds by namespace and name what a Map finds, whatever comes and goes', () => {
  fc.assert(
    fc.property(fc.array(NAMES, { maxLength: 400 }), (names) => {
      const byId = new Map<number, ApiObject>();
      const index = new NameIndex(byId);
      const twin = new Map<string, ApiObject>();
      for (const [id, { namespace, name }] of names.entries()) {
        const key = `${namespace}/${name}`;
        const known = twin.get(key);
        expect(index.get(namespace, name)).toBe(known);
        if (known === undefined) {
          const object = new ApiObject(CONFIG_MAP, id, 1, ObjectMeta.of({ namespace, name }), undefined, undefined);
          byId.set(id, object);
          twin.set(key, object);
          index.add(object);
        } else {
          index.delete(known);
          byId.delete(known.id);
          twin.delete(key);
        }
      }
      for (const { namespace, name } of names) {
        expect(index.get(namespace, name)).toBe(twin.get(`${namespace}/${name}`));
      }
    }),
    { seed: 1, numRuns: 300 },
  );
});
