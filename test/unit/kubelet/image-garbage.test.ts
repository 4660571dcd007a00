import { describe, expect, test } from 'vitest';
import { POD } from '../../../src/api/kind.js';
import { resources } from '../../../src/api/resources.js';
import { mistake } from '../scenario/scenario-files.js';
import { machineRoom, type RoomOptions } from './machine-room.js';

const NODE = resources({ milliCpu: 4000, memory: 2 ** 30, ephemeralStorage: 1000, pods: 110 });
const image = (name: string, bytes: number, base = 0) => ({
  name,
  layers: [{ name, bytes }, ...(base === 0 ? [] : [{ name: 'base', bytes: base }])],
  failures: 0,
  on: [] as readonly number[],
});

/** A node whose disk has 1,000 bytes, and what its kubelet has to do to start a pod. */
function disk(images: readonly ReturnType<typeof image>[], options: RoomOptions = {}) {
  const room = machineRoom('kubelet', '0s', '0s', 1, { allocatable: NODE, pulls: { images }, ...options });
  const { engine } = room.hub;
  return {
    room,
    /** Runs a pod of an image until it has been up for a second, and deletes it. */
    use(name: string): void {
      room.createPod(name, 'node-0', {}, { containers: [{ name: 'c', image: name }] });
      engine.run(engine.nowNs + 4e9);
      room.user.deleteNamed(POD, 'default', name);
      engine.run(engine.nowNs + 4e9);
    },
    keep(name: string): void {
      room.createPod(`kept-${name}`, 'node-0', {}, { containers: [{ name: 'c', image: name }] });
    },
    runMinutes(minutes: number): void {
      engine.run(engine.nowNs + minutes * 60e9);
    },
    /** Which of the images the node would not have to pull. */
    there: (): readonly string[] => images.map(({ name }) => name).filter((name) => isThere(room, name)),
  };
}

function isThere(room: ReturnType<typeof machineRoom>, name: string): boolean {
  const { workers } = room.kubelets as unknown as {
    workers: { lives: { images: { has(node: number, name: string, policy: string): boolean } } };
  };
  return workers.lives.images.has(0, name, 'IfNotPresent');
}

/** A kubelet without thresholds evicts nothing. */
const CALM: RoomOptions = { eviction: { evictionHard: {} } };

describe('the image garbage of a kubelet', () => {
  test('is left where it is below 85 % of the disk', () => {
    const one = disk([image('a', 400), image('b', 440)], CALM);
    one.use('a');
    one.use('b');
    one.runMinutes(20);
    expect(one.there()).toEqual(['a', 'b']);
  });

  test('goes at 85 %, what was used longest ago first, until 80 % should be enough', () => {
    const one = disk([image('a', 300), image('b', 300), image('c', 300)], CALM);
    one.use('a');
    one.use('b');
    one.keep('a');
    one.runMinutes(11);
    // At two looks `a` was in use, and is not any more.
    one.room.user.deleteNamed(POD, 'default', 'kept-a');
    one.use('c');
    one.runMinutes(11);
    expect(one.there()).toEqual(['a', 'c']);
  });

  test('does not include what a pod uses, even one that has ended', () => {
    const one = disk([image('a', 500), image('b', 400)], CALM);
    one.room.createPod(
      'task',
      'node-0',
      { 'hubsim/exit-after': '1s' },
      { containers: [{ name: 'c', image: 'a' }], restartPolicy: 'Never' },
    );
    one.keep('b');
    one.runMinutes(20);
    expect(one.room.pod('task')?.status.phase).toBe('Succeeded');
    expect(one.there()).toEqual(['a', 'b']);
    one.room.user.deleteNamed(POD, 'default', 'task');
    one.runMinutes(6);
    expect(one.there()).toEqual(['b']);
  });

  test('goes at the second look at the earliest: the first does not know how old it is', () => {
    const one = disk([image('a', 900)], CALM);
    one.use('a');
    const goneAfter = (): number => {
      for (let seconds = 0; ; seconds += 10) {
        if (one.there().length === 0) return seconds;
        one.runMinutes(1 / 6);
      }
    };
    const seconds = goneAfter();
    expect(seconds).toBeGreaterThan(295);
    expect(seconds).toBeLessThanOrEqual(600);
  });

  test('keeps the layers that another image has, though they count as freed', () => {
    const images = [image('a', 200, 400), image('b', 150, 400), image('c', 150, 400)];
    const one = disk(images, CALM);
    for (const name of ['a', 'b', 'c']) one.use(name);
    one.runMinutes(11);
    // 900 bytes: 100 must go, and `a` says that it takes 600 of them.
    expect(one.there()).toEqual(['b', 'c']);
    one.keep('a');
    one.runMinutes(11);
    // Which is 900 bytes again, and `b` is no longer needed by anybody.
    expect(one.there()).toEqual(['a', 'c']);
  });

  test('goes by age alone where there is a maximum', () => {
    const one = disk([image('a', 10), image('b', 10)], { ...CALM, imageGarbage: { imageMaximumGcAgeNs: 1200e9 } });
    one.use('a');
    one.keep('b');
    one.runMinutes(19);
    expect(one.there()).toEqual(['a', 'b']);
    one.runMinutes(12);
    expect(one.there()).toEqual(['b']);
  });

  test('stays for ever at 100 %, and where nobody says how large the disk is', () => {
    const all = [image('a', 900)];
    const never = disk(all, { ...CALM, imageGarbage: { imageGcHighThresholdPercent: 100 } });
    const endless = disk(all, { ...CALM, allocatable: undefined });
    for (const one of [never, endless]) {
      one.use('a');
      one.runMinutes(30);
      expect(one.there()).toEqual(['a']);
      expect(one.room.hub.engine.workPending).toBe(0);
    }
  });
});

describe('a kubelet whose disk is nearly full', () => {
  test('throws away all unused images before it evicts a pod', () => {
    const pressures: [number, number][] = [];
    const one = disk([image('old', 500), image('new', 450)], { pressures });
    one.use('old');
    one.runMinutes(8);
    expect(one.there()).toEqual(['old']);
    one.keep('new');
    one.runMinutes(2);
    expect(one.there()).toEqual(['new']);
    expect(one.room.pod('kept-new')?.status).toMatchObject({ phase: 'Running', ready: true });
    expect(pressures.map(([, pressure]) => pressure)).toEqual([8]);
    one.runMinutes(6);
    expect(pressures.map(([, pressure]) => pressure)).toEqual([8, 0]);
  });

  test('evicts pods when images are no help, and then throws away what they needed', () => {
    const one = disk([image('new', 950)]);
    one.keep('new');
    one.runMinutes(1);
    expect(one.room.pod('kept-new')?.status).toMatchObject({ phase: 'Failed', reason: 'Evicted' });
    one.runMinutes(12);
    expect(one.there()).toEqual([]);
    expect(one.room.hub.engine.workPending).toBe(0);
  });
});

test('thresholds that contradict each other are refused', () => {
  const kubelet = (text: string) =>
    mistake({ 'main.yaml': `cluster: { nodes: [ { count: 1 } ], kubelet: { ${text} } }\n` });
  expect(kubelet('imageGcHighThresholdPercent: 70')).toContain('main.yaml:1:46: cluster.kubelet: imageGcLow');
  expect(kubelet('imageMaximumGcAge: 1m')).toContain('not above imageMinimumGcAge');
});
