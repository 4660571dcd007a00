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
import { heldBytes } from './held-bytes.js';

const COUNT = 10_000;
const BYTES_MAX = 200;
const SHAPES = new PodShapes();
const numbers = [...Array(COUNT).keys()];

function pod(i: number): Pod {
  const shape = SHAPES.of({ containers: [{ name: 'c', image: 'c:1' }] });
  const metadata = ObjectMeta.of({ namespace: 'default', name: 'p' });
  return draft(POD, metadata, new PodSpec(shape, `node-${i}`), PENDING).stamped(i, i + 1, metadata) as Pod;
}

describe('beside the objects that all share', () => {
  test('a kubelet keeps at most 200 bytes of its node', () => {
    const allocatable = resources({ milliCpu: 4000, memory: 8e9, pods: 110 });
    const stream = new Streams(1).stream('kubelet');
    const fleet = new NodeFleet();
    const admission = new Admission(fleet);
    const pleg = new Pleg(stream);
    for (const i of numbers) {
      fleet.add(`node-${i}`, allocatable);
      admission.take(i, pod(i));
      pleg.untilRelistNs(i, 0);
    }
    expect(heldBytes([fleet, admission, pleg], [stream, allocatable]) / COUNT).toBeLessThan(BYTES_MAX);
  });

  test('a kubelet keeps at most 200 bytes of a pod with one container, whatever room its columns have left', () => {
    const engine = new Engine();
    const table = new PodTable(engine);
    const each: number[] = [];
    for (const i of numbers) {
      table.add(pod(i), i);
      if (i >= COUNT / 2 && i % 100 === 0) each.push(heldBytes(table, [engine]) / (i + 1));
    }
    expect(Math.min(...each)).toBeGreaterThan(100);
    expect(Math.max(...each)).toBeLessThan(BYTES_MAX);
  });
});
