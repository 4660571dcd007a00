import { describe, expect, it } from 'vitest';
import { machineRoom, type RoomOptions } from './machine-room.js';

const IMAGE = {
  name: 'x:1',
  layers: [
    { name: 'base', bytes: 800 },
    { name: 'x', bytes: 200 },
  ],
  failures: 0,
  on: [],
};
const OTHER = {
  name: 'y:1',
  layers: [
    { name: 'base', bytes: 800 },
    { name: 'y', bytes: 100 },
  ],
  failures: 0,
  on: [],
};

/** Rooms where a node fetches 100 bytes a second, and pods that say when they ran. */
function pulling(pulls: RoomOptions['pulls'], nodes = 1) {
  const room = machineRoom('kubelet', '0s', '0s', nodes, {
    pulls: { nodeBandwidth: 100, images: [IMAGE, OTHER], ...pulls },
  });
  return {
    room,
    pod(name: string, node: number, image: string, imagePullPolicy = 'IfNotPresent') {
      room.createPod(name, `node-${node}`, {}, { containers: [{ name: 'c', image, imagePullPolicy }] });
    },
    startedSeconds: (id: number) => room.hub.measurements.pods.rows().startedNs[id]! / 1e9,
  };
}

describe('image pulls', () => {
  it('are made one at a time, and each layer once a node', () => {
    const { room, pod, startedSeconds } = pulling({});
    pod('a', 0, 'x:1');
    pod('b', 0, 'y:1');
    pod('c', 0, 'x:1');
    room.hub.engine.run();
    expect([0, 1, 2].map(startedSeconds)).toEqual([10, 11, 11]);
  });

  it('share the bandwidth of their node when they are not serialized', () => {
    const { room, pod, startedSeconds } = pulling({
      parallel: 2,
      images: [IMAGE, { ...IMAGE, name: 'z', layers: [{ name: 'z', bytes: 500 }] }],
    });
    pod('a', 0, 'x:1');
    pod('b', 0, 'z');
    room.hub.engine.run();
    expect([0, 1].map(startedSeconds)).toEqual([15, 10]);
  });

  it('take no time where nothing is limited', () => {
    const { room, pod, startedSeconds } = pulling({ nodeBandwidth: Number.POSITIVE_INFINITY });
    pod('a', 0, 'x:1');
    pod('b', 0, 'y:1');
    room.hub.engine.run();
    expect([0, 1].map(startedSeconds)).toEqual([0, 0]);
  });

  it('share the bandwidth of the registry', () => {
    const { room, pod, startedSeconds } = pulling({ registryBandwidth: 200 }, 4);
    for (let node = 0; node < 4; node++) pod(`p${node}`, node, 'x:1');
    room.hub.engine.run();
    expect([0, 1, 2, 3].map(startedSeconds)).toEqual([20, 20, 20, 20]);
  });

  it('are not needed for images without a size, or that a node has', () => {
    const { room, pod, startedSeconds } = pulling({ images: [{ ...IMAGE, on: [0] }] });
    pod('a', 0, 'unknown');
    pod('b', 0, 'x:1');
    room.hub.engine.run();
    expect([0, 1].map(startedSeconds)).toEqual([0, 0]);
  });

  it('that fail are made again after 10 s, 20 s, …, and the pod says so', () => {
    const { room, pod } = pulling({ images: [{ ...IMAGE, failures: 1 }] });
    pod('p', 0, 'x:1');
    room.hub.engine.run(60e9);
    expect(room.pod('p')?.status).toMatchObject({ phase: 'Pending', waiting: 'ImagePullBackOff' });
    expect(room.hub.engine.workPending).toBe(1);
  });

  it('never happen for a policy of Never', () => {
    const { room, pod } = pulling({});
    pod('p', 0, 'x:1', 'Never');
    room.hub.engine.run(100e9);
    expect(room.pod('p')?.status.phase).toBe('Pending');
  });

  it('fail beyond registryPullQps, and succeed later', () => {
    const { room, pod } = pulling({ registryPullQps: 1, registryBurst: 2, images: [{ ...IMAGE, on: [0] }] });
    for (let i = 0; i < 5; i++) pod(`p${i}`, 0, 'x:1', 'Always');
    room.hub.engine.run(2e9);
    const phases = Array.from({ length: 5 }, (_, i) => room.pod(`p${i}`)!.status.phase);
    expect(phases).toEqual(['Running', 'Running', 'Pending', 'Pending', 'Pending']);
    room.hub.engine.run();
    expect(room.pod('p4')?.status.ready).toBe(true);
  });
});
