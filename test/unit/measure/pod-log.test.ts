import { expect, test } from 'vitest';
import { POD } from '../../../src/api/kind.js';
import { ObjectMeta } from '../../../src/api/meta.js';
import { ApiObject } from '../../../src/api/object.js';
import { PENDING, type Pod, PodSpec } from '../../../src/api/pod.js';
import { PodShapes } from '../../../src/api/pod-shapes.js';
import type { WatchEvent } from '../../../src/api/watch.js';
import { PodLog } from '../../../src/measure/pod-log.js';
import { PAGE_ROWS, PodPage } from '../../../src/measure/pod-page.js';

const shape = new PodShapes().of({ containers: [{ name: 'c', image: 'i' }] });

function pod(id: number, node: string): Pod {
  const metadata = ObjectMeta.of({ namespace: `ns-${id % 3}`, name: `p${id}` });
  return new ApiObject(POD, id, 1, metadata, new PodSpec(shape, node), PENDING);
}

function event(type: WatchEvent['type'], object: Pod, committedNs: number): WatchEvent {
  return { type, object, committedNs } as unknown as WatchEvent;
}

test('tells of pods that went long ago what it told when they were there, and of what a kubelet says late', () => {
  const log = new PodLog(() => '');
  const pods = 5 * PAGE_ROWS + 7;
  for (let id = 0; id < pods; id++) log.committed(event('ADDED', pod(id, ''), id));
  for (let id = 0; id < pods; id++) log.committed(event('MODIFIED', pod(id, `n${id % 5}`), 1e9 + id));
  for (let id = 0; id < 4 * PAGE_ROWS; id++) log.committed(event('DELETED', pod(id, `n${id % 5}`), 2 ** 45 + 3 * id));
  for (const id of [0, PAGE_ROWS - 1, 4 * PAGE_ROWS - 1, pods - 1]) log.containersStarted(id, 2e9 + id);
  const rows = log.rows();
  expect(rows.count).toBe(pods);
  for (let id = 0; id < pods; id++) {
    const isGone = id < 4 * PAGE_ROWS;
    const started = [0, PAGE_ROWS - 1, 4 * PAGE_ROWS - 1, pods - 1].includes(id) ? 2e9 + id : -1;
    const { namespace, name, owner, node, createdNs, boundNs, startedNs, runningNs, deletedNs, goneNs } = rows;
    expect([namespace[id], name[id], owner[id], node[id]]).toEqual([`ns-${id % 3}`, `p${id}`, '', `n${id % 5}`]);
    expect([createdNs[id], boundNs[id], startedNs[id], runningNs[id], deletedNs[id], goneNs[id]]).toEqual([
      id,
      1e9 + id,
      started,
      -1,
      -1,
      isGone ? 2 ** 45 + 3 * id : -1,
    ]);
  }
});

test('a packed page takes less than a tenth of an open one', () => {
  const page = new PodPage();
  for (let row = 0; row < PAGE_ROWS; row++) {
    page.namespace.push('default');
    page.name.push(`web-5d4f8-${row}`);
    page.owner.push('ReplicaSet/web-5d4f8');
    page.node.push(`node-${row % 100}`);
    for (let moment = 0; moment < 7; moment++) page.mark(moment, row, 1e12 + row * 1e9 + moment * 1_234_567);
  }
  const bytes = page.packed();
  expect(bytes.length).toBeLessThan(page.times.byteLength / 5);
  expect({ ...PodPage.unpacked(bytes), gone: 0 }).toEqual({ ...page });
});
