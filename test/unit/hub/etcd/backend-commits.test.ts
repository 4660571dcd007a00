import { expect, it } from 'vitest';
import { CONFIG_MAP } from '../../../../src/api/kind.js';
import { ObjectMeta } from '../../../../src/api/meta.js';
import { draft } from '../../../../src/api/object.js';
import { Constant } from '../../../../src/random/constant.js';
import { loadProfile } from '../../../../src/scenario/profile-file.js';
import { type TestHub, testHub } from '../test-hub.js';

const IDEAL = loadProfile('ideal');

/** A hub that is ideal but for its disk and what a commit of the database costs; it writes down when each put is answered. */
function hubWith(commitPutNs: number, fsyncNs: number): { hub: TestHub; put: () => void; answersNs: number[] } {
  const hub = testHub({ ...IDEAL, etcd: { ...IDEAL.etcd, commitPutNs, fsync: new Constant(fsyncNs, `${fsyncNs}ns`) } });
  hub.measurements.begin(0);
  const client = hub.program('p').client('p', 'p', 0, 0);
  const answersNs: number[] = [];
  const answerTo = { answered: () => void answersNs.push(hub.engine.nowNs) };
  let made = 0;
  const put = (): void => {
    const name = `c${made++}`;
    client.create(draft(CONFIG_MAP, ObjectMeta.of({ namespace: 'default', name }), undefined, undefined)).answerTo =
      answerTo;
  };
  return { hub, put, answersNs };
}

function at(hub: TestHub, timeNs: number, what: () => void): void {
  hub.engine.schedule(timeNs, hub.engine.register(`at ${timeNs}`, what));
}

const latencies = ({ measurements }: TestHub): [count: number, maxNs: number] => [
  measurements.databaseCommits.count,
  measurements.databaseCommits.max,
];

it('writes the database every 100 ms while there is something to write, with two fsyncs', () => {
  const { hub, put, answersNs } = hubWith(1000, 2e6);
  for (const ms of [10, 20, 150, 950]) at(hub, ms * 1e6, put);
  hub.engine.run();
  expect(answersNs).toEqual([12e6, 22e6, 152e6, 952e6]);
  // At 100 ms of two puts, at 204.002 ms of one, and then whole periods later of one, at 1,008.003 ms.
  expect(latencies(hub)).toEqual([3, 4.002e6]);
  expect(hub.engine.nowNs).toBe(1012.004e6);
});

it('applies nothing and begins no read meanwhile, but writes its log', () => {
  const { hub, put, answersNs } = hubWith(1000, 20e6);
  at(hub, 10e6, put);
  // The database is written from 100 ms to 140.001 ms; the second put is in the log at 125 ms.
  at(hub, 105e6, put);
  const reads: number[] = [];
  at(hub, 110e6, () => {
    const read = hub.program('q').client('q', 'q', 0, 0).get(CONFIG_MAP, 'default', 'c0');
    read.answerTo = { answered: () => void reads.push(hub.engine.nowNs) };
  });
  hub.engine.run();
  expect([answersNs, reads]).toEqual([[30e6, 140.001e6], [140.001e6]]);
});

it('writes at once when 10,000 changes wait', () => {
  const { hub, put } = hubWith(1, 0);
  at(hub, 1e6, () => hub.etcd.members[0]!.database.add(9_999));
  at(hub, 2e6, put);
  hub.engine.run();
  expect([latencies(hub), hub.engine.nowNs]).toEqual([[1, 10_000], 2.01e6]);
});

it('takes no part where it costs nothing', () => {
  const { hub, put } = hubWith(0, 2e6);
  at(hub, 1e6, put);
  hub.engine.run();
  expect([latencies(hub)[0], hub.engine.nowNs]).toEqual([0, 3e6]);
});

it('is lost with its member, which begins anew', () => {
  const { hub, put, answersNs } = hubWith(1000, 20e6);
  at(hub, 10e6, put);
  at(hub, 110e6, () => hub.etcd.kill(0));
  at(hub, 120e6, () => hub.etcd.restart(0));
  at(hub, 130e6, put);
  hub.engine.run();
  expect(answersNs).toEqual([30e6, 150e6]);
  expect(latencies(hub)[0]).toBe(1);
});
