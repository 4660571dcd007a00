import { expect, it } from 'vitest';
import { Call } from '../../../src/api/call.js';
import { CONFIG_MAP } from '../../../src/api/kind.js';
import { ObjectMeta } from '../../../src/api/meta.js';
import { type ApiObject, draft } from '../../../src/api/object.js';
import type { Patch } from '../../../src/api/patch.js';
import { CallCosts, MASTERS } from '../../../src/hub/call-costs.js';
import { jsonBytes, ObjectBytes } from '../../../src/hub/object-bytes.js';
import { OwnStreams } from '../../../src/random/own-streams.js';
import { Streams } from '../../../src/random/streams.js';
import { loadProfile } from '../../../src/scenario/profile-file.js';
import { testHub } from './test-hub.js';

const CALLER = { name: 'kubectl', user: MASTERS, stream: 'kubectl' };
const bytes = new ObjectBytes();
const hub = testHub();
const costs = { ...loadProfile('ideal').apiServer, patchNs: 7, encodeKilobyteNs: 1000, decodeKilobyteNs: 10_000 };
const callCosts = new CallCosts(costs, new OwnStreams(new Streams(1), 'api server'), hub.store, bytes);

function configMap(name: string, length: number): ApiObject {
  const data = { text: 'x'.repeat(length) };
  const metadata = ObjectMeta.of({ namespace: 'default', name });
  return hub.store.create(draft(CONFIG_MAP, metadata, undefined, undefined, { data })).object!;
}

function patchNs(name: string, patch: Patch): number {
  return callCosts.requestNs(new Call(CALLER, 'patch', CONFIG_MAP, '', 'default', name, patch, false, 0));
}

const small: Patch = { apply: (current) => current };

it('a patch should cost the object as JSON, out and in, and its own text', () => {
  const object = configMap('a', 50_000);
  expect(patchNs('a', { ...small, bytes: 3000 })).toBe(7 + 11 * jsonBytes(bytes.of(object)) + 10 * 3000);
  expect(patchNs('a', small)).toBe(7 + 11 * jsonBytes(bytes.of(object)) + 10 * 200);
});

it('a patch of nothing should cost its own text alone', () => {
  expect(patchNs('gone', { ...small, bytes: 3000 })).toBe(7 + 10 * 3000);
});
