import { describe, expect, test } from 'vitest';
import { NODE as NODE_KIND } from '../../../src/api/kind.js';
import { ObjectMeta } from '../../../src/api/meta.js';
import type { Node } from '../../../src/api/node.js';
import { draft } from '../../../src/api/object.js';
import { resources } from '../../../src/api/resources.js';
import { noScheduleChange } from '../../../src/spokes/controllers/node-lifecycle/node-taints.js';
import { type EvictionCandidate, evictedBefore } from '../../../src/spokes/kubelet/eviction-order.js';
import { type MachineRoom, machineRoom, type RoomOptions } from './machine-room.js';

const MIB = 2 ** 20;
const NODE = resources({ milliCpu: 4000, memory: 1000 * MIB, ephemeralStorage: 1000 * MIB, pods: 110 });
const APP = { name: 'app', image: 'app:1' };
const asking = (memory: string) => ({ containers: [{ ...APP, resources: { requests: { memory } } }] });

function room(options: RoomOptions = {}): MachineRoom {
  return machineRoom('kubelet', '100ms', '0s', 1, { allocatable: NODE, ...options });
}

const phases = (one: MachineRoom, names: readonly string[]) =>
  names.map((name) => `${one.pod(name)?.status.phase} ${one.pod(name)?.status.reason}`.trim());

describe('who is evicted first', () => {
  const pod = (usage: number, request: number, priority = 0, unmeasured = false): EvictionCandidate => ({
    row: 0,
    usage,
    request,
    priority,
    unmeasured,
  });
  test.each([
    ['what uses more than it asked for, whatever its priority', pod(11, 10, 5), pod(90, 100, 0)],
    ['the lower priority, among those that do', pod(11, 10, 0), pod(900, 10, 1)],
    ['whoever is furthest above its request', pod(30, 10), pod(100, 90)],
    ['whoever is least below its request', pod(90, 100), pod(5, 100)],
    ['a pod of which nothing is known', pod(0, 0, 9, true), pod(900, 10)],
  ])('is %s', (_, first, second) => {
    expect(evictedBefore(first, second)).toBeLessThan(0);
    expect(evictedBefore(second, first)).toBeGreaterThan(0);
  });
});

describe('a kubelet whose node runs out of memory', () => {
  test('evicts one pod at a time until enough is left, those beyond their requests first', () => {
    const pressures: [number, number][] = [];
    const one = room({ pressures });
    const uses = { 'hubsim/memory': '400Mi' };
    one.createPod('modest', 'node-0', uses, asking('500Mi'));
    one.createPod('greedy', 'node-0', { 'hubsim/memory': '300Mi' }, asking('100Mi'));
    one.createPod('plain', 'node-0', { 'hubsim/memory': '250Mi' });
    one.hub.engine.run();
    // 950 of 1,000 MiB are used, and 100 must be left: `plain` is 250 beyond its request, `greedy` 200.
    expect(phases(one, ['modest', 'greedy', 'plain'])).toEqual(['Running', 'Running', 'Failed Evicted']);
    expect(pressures.map(([, pressure]) => pressure)).toEqual([4, 0]);
    expect(pressures[0]![0]).toBeLessThanOrEqual(10.2);
    // It is said to be under pressure for five minutes after it was last.
    const lastSeconds = pressures[1]![0] - pressures[0]![0];
    expect(lastSeconds).toBeGreaterThanOrEqual(300);
    expect(lastSeconds).toBeLessThanOrEqual(320);
  });

  test('goes on to the next pod as soon as the first has gone', () => {
    const one = room();
    for (const name of ['a', 'b', 'c']) one.createPod(name, 'node-0', { 'hubsim/memory': '600Mi' });
    one.hub.engine.run();
    expect(phases(one, ['a', 'b', 'c']).filter((each) => each === 'Failed Evicted')).toHaveLength(2);
    const ends = ['a', 'b', 'c'].map((name) => one.story(name).find((line) => line.includes('Evicted')));
    const seconds = ends.filter((line) => line !== undefined).map((line) => Number(line.split(' ')[0]));
    expect(Math.abs(seconds[0]! - seconds[1]!)).toBeLessThan(5);
  });

  test.each([
    ['memory', {}],
    ['memory', { limits: { memory: '900Mi' } }],
    ['disk', {}],
    ['disk', { limits: { 'ephemeral-storage': '900Mi' } }],
  ])('by a leak of %s so slow that virtual time would be over first, waits for nothing: %j', (what, resources) => {
    const one = room();
    one.createPod('slow', 'node-0', { [`hubsim/${what}-growth`]: '1' }, { containers: [{ ...APP, resources }] });
    expect(one.hub.engine.run(3600e9).reason).toBe('horizon');
    expect(phases(one, ['slow'])).toEqual(['Running']);
  });

  test('leaves critical pods alone', () => {
    const one = room();
    one.createPod('critical', 'node-0', { 'hubsim/memory': '950Mi' }, { priority: 2_000_000_000 });
    one.hub.engine.run(60e9);
    expect(phases(one, ['critical'])).toEqual(['Running']);
  });

  test('foresees when a leak comes to its threshold', () => {
    const one = room();
    one.createPod('leak', 'node-0', { 'hubsim/memory': '100Mi', 'hubsim/memory-growth': '10Mi' });
    one.hub.engine.run();
    const end = one.story('leak').find((line) => line.includes('Evicted'))!;
    // 800 MiB more at 10 a second, the next look, and a second of grace with a relist.
    expect(Number(end.split(' ')[0])).toBeGreaterThan(80);
    expect(Number(end.split(' ')[0])).toBeLessThan(93);
  });

  test('waits for the grace of a soft threshold', () => {
    const one = room({
      eviction: {
        evictionHard: {},
        evictionSoft: { 'memory.available': { bytes: 300 * MIB } },
        evictionSoftGracePeriod: { 'memory.available': 90e9 },
      },
    });
    one.createPod('soft', 'node-0', { 'hubsim/memory': '800Mi' });
    one.hub.engine.run();
    const end = Number(
      one
        .story('soft')
        .find((line) => line.includes('Evicted'))!
        .split(' ')[0],
    );
    expect(end).toBeGreaterThan(90);
    expect(end).toBeLessThan(115);
  });

  test('refuses pods that ask for nothing, and takes others', () => {
    const one = room();
    one.createPod('full', 'node-0', { 'hubsim/memory': '950Mi' });
    one.hub.engine.run(30e9);
    one.createPod('beggar', 'node-0');
    one.createPod('payer', 'node-0', {}, asking('10Mi'));
    one.hub.engine.run(40e9);
    expect(phases(one, ['beggar', 'payer'])).toEqual(['Failed Evicted', 'Running']);
  });
});

test('a kubelet whose disk is full evicts for that, at 15 % as at 10 %', () => {
  const pressures: [number, number][] = [];
  const one = room({ pressures });
  one.createPod('log', 'node-0', { 'hubsim/disk': '870Mi' });
  one.createPod('idle', 'node-0');
  one.hub.engine.run();
  expect(phases(one, ['log', 'idle'])).toEqual(['Failed Evicted', 'Running']);
  expect(pressures.map(([, pressure]) => pressure)).toEqual([8, 0]);
});

describe('a pod that writes more than its limit of disk', () => {
  const limited = (limit: string, name = 'app') => ({
    ...APP,
    name,
    resources: { limits: { 'ephemeral-storage': limit } },
  });
  const evictedAt = (one: MachineRoom, name: string): number =>
    Number(
      one
        .story(name)
        .find((line) => line.includes('Evicted'))
        ?.split(' ')[0],
    );

  test('is evicted when the kubelet looks next, though its node has room enough', () => {
    const pressures: [number, number][] = [];
    const one = room({ pressures });
    one.createPod('log', 'node-0', { 'hubsim/disk-growth': '1Mi' }, { containers: [limited('50Mi')] });
    one.createPod('free', 'node-0', { 'hubsim/disk-growth': '1Mi' });
    one.hub.engine.run(120e9);
    expect(evictedAt(one, 'log')).toBeGreaterThan(50);
    expect(evictedAt(one, 'log')).toBeLessThan(63);
    expect(phases(one, ['log', 'free'])).toEqual(['Failed Evicted', 'Running']);
    expect(pressures).toEqual([]);
  });

  test('stays as long as it keeps to it', () => {
    const one = room();
    one.createPod('log', 'node-0', { 'hubsim/disk': '50Mi' }, { containers: [limited('50Mi')] });
    one.hub.engine.run(600e9);
    expect(phases(one, ['log'])).toEqual(['Running']);
    expect(one.hub.engine.workPending).toBe(0);
  });

  test('goes as well when all its containers together write more than all may', () => {
    const one = room();
    const containers = [limited('50Mi', 'a'), { ...APP, name: 'b' }];
    one.createPod('p', 'node-0', { 'hubsim/disk.a': '30Mi', 'hubsim/disk.b': '30Mi' }, { containers });
    one.createPod('q', 'node-0', { 'hubsim/disk.b': '30Mi' }, { containers });
    one.hub.engine.run(60e9);
    expect(phases(one, ['p', 'q'])).toEqual(['Failed Evicted', 'Running']);
  });

  test('is spared where it is critical', () => {
    const one = room();
    const spec = { containers: [limited('50Mi')], priority: 2_000_000_000 };
    one.createPod('critical', 'node-0', { 'hubsim/disk': '60Mi' }, spec);
    one.hub.engine.run(60e9);
    expect(phases(one, ['critical'])).toEqual(['Running']);
  });
});

describe('a kubelet whose disk can take few files more', () => {
  // 64,000 of them in 1,000 MiB, of which 3,200 must be left.
  test('evicts who has written any, of the lower priority first, and is said to be under disk pressure', () => {
    const pressures: [number, number][] = [];
    const one = room({ pressures });
    one.createPod('cache', 'node-0', { 'hubsim/inodes': '100', 'hubsim/inodes-growth': '1k' }, { priority: 5 });
    one.createPod('mail', 'node-0', { 'hubsim/inodes': '30k' });
    one.createPod('few', 'node-0', { 'hubsim/inodes': '10' });
    one.createPod('none', 'node-0', { 'hubsim/memory': '1Mi' });
    one.hub.engine.run(60e9);
    expect(phases(one, ['cache', 'mail', 'few', 'none'])).toEqual(['Running', 'Failed Evicted', 'Running', 'Running']);
    one.hub.engine.run();
    expect(phases(one, ['cache', 'few', 'none'])).toEqual(['Failed Evicted', 'Failed Evicted', 'Running']);
    expect(new Set(pressures.map(([, pressure]) => pressure))).toEqual(new Set([8, 0]));
  });

  test('looks as far as a threshold says', () => {
    const written = (inodes: string): string[] => {
      const one = room({ eviction: { evictionHard: { 'nodefs.inodesFree': { bytes: 40_000 } } } });
      one.createPod('mail', 'node-0', { 'hubsim/inodes': inodes });
      one.hub.engine.run(60e9);
      return phases(one, ['mail']);
    };
    expect([...written('24000'), ...written('24001')]).toEqual(['Running', 'Failed Evicted']);
  });
});

describe('a kubelet that has too few process numbers left', () => {
  // 4 cores: a kernel with 32,768 of them.
  const few: RoomOptions = { eviction: { evictionHard: { 'pid.available': { fraction: 0.1 } } } };

  test('evicts who has most among those of the lowest priority, and is said to be under pressure', () => {
    const pressures: [number, number][] = [];
    const one = room({ ...few, pressures });
    one.createPod('bomb', 'node-0', { 'hubsim/pids': '10', 'hubsim/pids-growth': '1k' }, { priority: 5 });
    one.createPod('thrifty', 'node-0', { 'hubsim/pids': '10' });
    one.createPod('greedy', 'node-0', { 'hubsim/pids': '1000' });
    one.hub.engine.run();
    expect(phases(one, ['bomb', 'thrifty', 'greedy'])).toEqual(['Failed Evicted', 'Failed Evicted', 'Failed Evicted']);
    const evicted = ['greedy', 'thrifty', 'bomb'].map((name) =>
      Number(
        one
          .story(name)
          .find((line) => line.includes('Evicted'))!
          .split(' ')[0],
      ),
    );
    expect(evicted).toEqual([...evicted].sort((a, b) => a - b));
    // 29,491 are used after 28.5 s.
    expect(evicted[0]).toBeGreaterThan(28);
    expect(evicted[0]).toBeLessThan(43);
    expect(pressures.map(([, pressure]) => pressure)).toEqual([32, 0]);
  });

  test('does not look at them without a threshold', () => {
    const one = room();
    one.createPod('many', 'node-0', { 'hubsim/pids': '1M' });
    one.hub.engine.run();
    expect(phases(one, ['many'])).toEqual(['Running']);
  });
});

test('nothing is looked at where nobody says what pods use', () => {
  const one = room();
  one.createPod('p', 'node-0');
  one.hub.engine.run(3e9);
  const { eventsExecuted } = one.hub.engine;
  one.hub.engine.run(3000e9);
  expect(one.hub.engine.eventsExecuted).toBe(eventsExecuted);
});

test('a container at its limit of memory is killed, and starts again', () => {
  const one = room();
  const limited = { containers: [{ ...APP, resources: { limits: { memory: '200Mi' } } }] };
  one.createPod('leak', 'node-0', { 'hubsim/memory': '100Mi', 'hubsim/memory-growth': '10Mi' }, limited);
  one.hub.engine.run(15e9);
  expect(one.pod('leak')?.status).toMatchObject({ phase: 'Running', restarts: 1 });
  const task = { ...limited, restartPolicy: 'Never' };
  one.createPod('task', 'node-0', { 'hubsim/memory': '1Gi' }, task);
  one.hub.engine.run(20e9);
  expect(one.pod('task')?.status).toMatchObject({ phase: 'Failed', exitCode: 137 });
});

test('a node that is said to be under pressure is tainted, as long as somebody hears of it', () => {
  const status = { capacity: NODE, allocatable: NODE, readyReason: '', readySinceNs: 0, readyHeartbeatNs: 0 };
  const keys = (ready: 'True' | 'Unknown') => {
    const spec = { unschedulable: false, taints: [] };
    const node = draft(NODE_KIND, ObjectMeta.of({ name: 'n' }), spec, {
      ...status,
      ready,
      memoryPressure: true,
      diskPressure: true,
      pidPressure: true,
    });
    return noScheduleChange(node as Node, 0).add.map(({ key }) => key);
  };
  const suffers = ['memory', 'disk', 'pid'].map((what) => `node.kubernetes.io/${what}-pressure`);
  expect(keys('True')).toEqual(suffers);
  expect(keys('Unknown')).toEqual(['node.kubernetes.io/unreachable']);
});
