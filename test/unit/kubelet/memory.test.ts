import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, test } from 'vitest';
import { POD } from '../../../src/api/kind.js';
import { ObjectMeta } from '../../../src/api/meta.js';
import { draft } from '../../../src/api/object.js';
import { PENDING, type Pod, PodSpec } from '../../../src/api/pod.js';
import { PodShapes } from '../../../src/api/pod-shapes.js';
import { resources } from '../../../src/api/resources.js';
import { Engine } from '../../../src/engine/index.js';
import { Streams } from '../../../src/random/streams.js';
import { Admission } from '../../../src/spokes/kubelet/admission.js';
import { NodeFleet } from '../../../src/spokes/kubelet/node-fleet.js';
import { Pleg } from '../../../src/spokes/kubelet/pleg.js';
import { PodTable } from '../../../src/spokes/kubelet/pod-table.js';

/** So many that columns have just been widened, and the room for more counts in full. */
const COUNT = 60_000;
const BYTES_MAX = 200;

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

function usedBytes(): number {
  collect();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

/** Bytes that each of `COUNT` things takes of all that `make` holds on to. */
function bytesOfEach(make: () => object): number {
  const before = usedBytes();
  const kept = make();
  const bytes = (usedBytes() - before) / COUNT;
  expect(kept).toBeDefined();
  return bytes;
}

const numbers = [...Array(COUNT).keys()];
const names = numbers.map((i) => `node-${i}`);
const fleet = new NodeFleet();

function pod(i: number): Pod {
  const shape = SHAPES.of({ containers: [{ name: 'c', image: 'c:1' }] });
  const metadata = new ObjectMeta({ namespace: 'default', name: 'p' });
  return draft(POD, metadata, new PodSpec(shape, names[i]!), PENDING).stamped(i, i + 1, metadata) as Pod;
}
const SHAPES = new PodShapes();

describe('beside the objects that all share', () => {
  test('a kubelet keeps at most 200 bytes of its node', () => {
    const pods = numbers.map(pod);
    const allocatable = resources({ milliCpu: 4000, memory: 8e9, pods: 110 });
    const bytes = bytesOfEach(() => {
      for (const name of names) fleet.add(name, allocatable);
      const admission = new Admission(fleet);
      const pleg = new Pleg(new Streams(1).stream('kubelet'));
      for (const i of numbers) {
        admission.take(i, pods[i]!);
        pleg.untilRelistNs(i, 0);
      }
      return { admission, pleg };
    });
    expect(bytes).toBeLessThan(BYTES_MAX);
  });

  test('a kubelet keeps at most 200 bytes of a pod with one container', () => {
    const pods = numbers.map(pod);
    const bytes = bytesOfEach(() => {
      const table = new PodTable(new Engine());
      for (const i of numbers) table.add(pods[i]!, i);
      return table;
    });
    expect(bytes).toBeGreaterThan(100);
    expect(bytes).toBeLessThan(BYTES_MAX);
  });
});
