import { expect, test } from 'vitest';
import { zoneKey } from '../../../src/api/zone-key.js';

const ZONE = 'topology.kubernetes.io/zone';
const REGION = 'topology.kubernetes.io/region';
const OLD_ZONE = 'failure-domain.beta.kubernetes.io/zone';

test('a node is in the zone that its old label names, where it still has that', () => {
  expect(zoneKey({ [OLD_ZONE]: 'a', [REGION]: 'r' })).toBe(zoneKey({ [ZONE]: 'a', [REGION]: 'r' }));
  expect(zoneKey({ [OLD_ZONE]: 'a', [ZONE]: 'b' })).toBe(zoneKey({ [ZONE]: 'a' }));
  expect(zoneKey({ [OLD_ZONE]: '', [ZONE]: 'b' })).toBe('');
});
