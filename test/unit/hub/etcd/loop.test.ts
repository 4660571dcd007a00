import { expect, it } from 'vitest';
import { CONFIG_MAP } from '../../../../src/api/kind.js';
import { ObjectMeta } from '../../../../src/api/meta.js';
import { draft } from '../../../../src/api/object.js';
import type { EtcdCosts } from '../../../../src/hub/etcd/etcd-costs.js';
import { Constant } from '../../../../src/random/constant.js';
import { loadProfile } from '../../../../src/scenario/profile-file.js';
import { testHub } from '../test-hub.js';
import { at } from './writer.js';

const IDEAL = loadProfile('ideal');
const MS = 1e6;

/** A hub with an etcd alone, on which only that takes time. Answers are in milliseconds, in the order in which they came. */
function loopHub(costs: Partial<EtcdCosts>) {
  const fsync = new Constant(10 * MS, '10ms');
  const hub = testHub({ ...IDEAL, etcd: { ...IDEAL.etcd, fsync, ...costs } });
  hub.measurements.begin(0);
  const client = hub.program('p').client('p', 'p', 0, 0);
  const answers: [name: string, ms: number][] = [];
  const answerTo = (name: string) => ({ answered: () => void answers.push([name, hub.engine.nowNs / MS]) });
  const put = (name: string): void => {
    const object = draft(CONFIG_MAP, ObjectMeta.of({ namespace: 'default', name }), undefined, undefined);
    client.create(object).answerTo = answerTo(name);
  };
  const get = (name: string): void => {
    client.get(CONFIG_MAP, 'default', name).answerTo = answerTo(`read of ${name}`);
  };
  return { hub, put, get, answers };
}

it('allows a read when the fsync under way is done, as all that is allowed comes with the next Ready', () => {
  const { hub, put, get, answers } = loopHub({});
  at(hub, 5, () => put('a'));
  at(hub, 17, () => put('b'));
  at(hub, 20, () => get('a'));
  at(hub, 40, () => get('a'));
  hub.engine.run();
  expect(answers).toEqual([
    ['a', 15],
    ['read of a', 27],
    ['b', 27],
    ['read of a', 40],
  ]);
});

it('writes the next batch while the one before is applied', () => {
  const { hub, put, answers } = loopHub({ putNs: 4 * MS });
  at(hub, 10, () => put('a'));
  at(hub, 15, () => put('b'));
  hub.engine.run();
  // 2 ms to take it in and 2 ms to apply it; the second batch is on its way to disk from 22 ms on, when the first is there.
  expect(answers).toEqual([
    ['a', 24],
    ['b', 34],
  ]);
});

it('takes proposals in beside its loop, so that those that come during an fsync are ready for the next', () => {
  const { hub, put, answers } = loopHub({ putNs: 4 * MS });
  at(hub, 10, () => put('a'));
  at(hub, 11, () => put('b'));
  at(hub, 13, () => put('c'));
  hub.engine.run();
  expect(answers).toEqual([
    ['a', 24],
    ['b', 36],
    ['c', 36],
  ]);
  expect(hub.measurements.fsyncs.count).toBe(2);
});
