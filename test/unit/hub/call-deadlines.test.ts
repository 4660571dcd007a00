import { describe, expect, it } from 'vitest';
import type { RunResult } from '../../../src/measure/run-result.js';
import { simulate } from '../../../src/scenario/simulate.js';
import { load } from '../scenario/scenario-files.js';

/** A load of requests while something keeps etcd from answering. */
function loaded(verb: string, fault: string, apiServer = '', atMost = '62s'): RunResult {
  const objects = verb === 'create' ? '' : ', objects: 5';
  const scenario = `seed: 1
cluster:
  profile: vm-2-core
  nodes: [{ count: 1 }]
  apiServer: { ${apiServer} }
timeline:
  - { at: 0s, ${fault} }
  - { at: 1s, load: closed, clients: 3, verb: ${verb}, resource: configmaps, bytes: 512${objects}, as: alice, for: 1s }
stop: { when: horizon, atMost: ${atMost} }
`;
  return simulate(load({ 'main.yaml': scenario }));
}

/** Answers to the load: how many of each code, and how long those with one took. */
function answers({ summary }: RunResult): { code: number; count: number; max: number }[] {
  return summary.hub.byRequest
    .filter(({ client }) => client === 'load')
    .map(({ code, count, latency }) => ({ code, count, max: latency.max! }));
}

const SLOW_DISK = 'fault: disk-slow, target: etcd/0, factor: 1000000';
const LOCKED = 'fault: defragment, target: etcd/0, for: 10m';

describe('a request that takes too long', () => {
  it('ends with 504 after 34 s if it is a write whose etcd has a very slow disk', () => {
    const result = loaded('create', SLOW_DISK);
    const [late, ...others] = answers(result);
    expect(others).toEqual([]);
    expect(late).toMatchObject({ code: 504, count: 3 });
    expect(late!.max).toBeGreaterThanOrEqual(34);
    expect(late!.max).toBeLessThan(34.1);
  });

  it('comes about all the same when the disk is done', () => {
    const result = loaded('create', 'fault: disk-slow, target: etcd/0, factor: 400000, for: 10s', '', '5m');
    // The entries were on their way to the disk: what nobody waits for any more is written, and who asks again finds it.
    expect(answers(result).map(({ code }) => code)).toEqual([409, 504]);
  });

  it('ends with 504 after 60 s if it is a read that nobody serves', () => {
    const [late, ...others] = answers(loaded('get', LOCKED));
    expect(others).toEqual([]);
    expect(late).toMatchObject({ code: 504, count: 3 });
    expect(late!.max).toBeGreaterThanOrEqual(60);
    expect(late!.max).toBeLessThan(60.1);
  });

  it.each([
    ['get', '8s', 8],
    ['get', '25s', 25],
    ['create', '25s', 25],
    ['create', '50s', 34],
  ])('ends as the flag says: %s with --request-timeout %s', (verb, timeout, seconds) => {
    const late = answers(loaded(verb, LOCKED, `requestTimeout: ${timeout}`));
    expect(late.map(({ code }) => code)).toEqual([504]);
    expect(late[0]!.max).toBeGreaterThanOrEqual(seconds);
    expect(late[0]!.max).toBeLessThan(seconds + 0.1);
  });

  it('keeps its seats no longer', () => {
    const { summary } = loaded('get', LOCKED, 'requestTimeout: 8s');
    // They are made again every eight seconds, three at a time.
    const { seats } = summary.hub.byPriorityLevel.find(({ priorityLevel }) => priorityLevel === 'global-default')!;
    expect(seats.max).toBe(3);
    expect(seats.mean).toBeGreaterThan(2.5);
  });
});
