import { describe, expect, it } from 'vitest';
import type { Pod } from '../../../../src/api/pod.js';
import type { StatefulSet } from '../../../../src/api/stateful-set.js';
import { isMemberOf, ordinalOf } from '../../../../src/spokes/controllers/statefulset/ordinal.js';

const pod = (name: string): Pod => ({ metadata: { name } }) as Pod;

describe('the ordinal of a pod', () => {
  it.each(['db-0', 'db-07', 'my-db-1234', 'db', 'db-', 'db-x1', 'db-1x', 'db-2-3', '-4', 'db--5', ''])(
    'of %j is what the pattern of Kubernetes finds',
    (name) => {
      const parts = /^(.*)-([0-9]+)$/.exec(name);
      expect(ordinalOf(pod(name))).toBe(parts === null ? -1 : Number(parts[2]));
      for (const set of ['db', 'my-db', 'db-2', 'd', '', 'db-'])
        expect(isMemberOf({ metadata: { name: set } } as StatefulSet, pod(name))).toBe(parts?.[1] === set);
    },
  );
});
