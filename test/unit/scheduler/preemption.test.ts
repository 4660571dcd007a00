import { describe, expect, test } from 'vitest';
import { NODE, POD } from '../../../src/api/kind.js';
import type { Labels } from '../../../src/api/labels.js';
import { ObjectMeta } from '../../../src/api/meta.js';
import { draft } from '../../../src/api/object.js';
import { type Pod, PodSpec, PodStatus } from '../../../src/api/pod.js';
import type { PodSpecManifest } from '../../../src/api/pod-manifest.js';
import { PodShapes } from '../../../src/api/pod-shapes.js';
import { resources } from '../../../src/api/resources.js';
import { defaultPlugins } from '../../../src/spokes/scheduler/default-profile.js';
import { NodeTable } from '../../../src/spokes/scheduler/node-table.js';
import type { PendingPod } from '../../../src/spokes/scheduler/plugin.js';
import { PREEMPTED, Preemption } from '../../../src/spokes/scheduler/preemption.js';
import { Profile } from '../../../src/spokes/scheduler/profile.js';
import { Search } from '../../../src/spokes/scheduler/search.js';

const SHAPES = new PodShapes();
const FIRST = { below: () => 0 };
const DELETED = { deletionTimestampNs: 0 };
const LABELS = { app: 'web' };

function pod(name: string, spec: Partial<PodSpecManifest>, status: Partial<PodStatus> = {}, meta = {}): Pod {
  return draft(
    POD,
    ObjectMeta.of({ namespace: 'default', name, labels: LABELS, ...meta }),
    new PodSpec(SHAPES.of({ containers: [{ name: 'c' }], ...spec }), ''),
    PodStatus.of({ phase: 'Pending', ...status }),
  );
}

function withPort(port: number): Partial<PodSpecManifest> {
  return { containers: [{ name: 'c', ports: [{ containerPort: port, hostPort: port }] }] };
}

/** Nodes that take two pods each, and what preempts on them. */
class Cluster {
  readonly table: NodeTable;
  readonly search: Search;
  readonly preemption: Preemption;

  constructor() {
    this.table = new NodeTable();
    this.search = new Search(
      this.table,
      new Profile('default-scheduler', defaultPlugins(this.table, true)),
      100,
      FIRST,
    );
    this.preemption = new Preemption(this.table, this.search.verdicts, () => [], FIRST);
  }

  add(name: string, labels: Labels, unschedulable = false): void {
    const offered = resources({ pods: 2 });
    const heard = { ready: 'True', readyReason: '', readySinceNs: 0, readyHeartbeatNs: 0 } as const;
    const status = { capacity: offered, allocatable: offered, ...heard };
    this.table.setNode(draft(NODE, ObjectMeta.of({ name, labels }), { unschedulable, taints: [] }, status));
  }

  pending(waiting: Pod): PendingPod {
    return { pod: waiting, kind: this.table.kinds.of(waiting) };
  }

  victimsOf(waiting: Pod): readonly string[] | undefined {
    const pending = this.pending(waiting);
    const { chosen } = this.preemption.run(pending, this.search.find(pending).diagnosis!);
    return chosen?.victims.map((victim) => victim.pod.metadata.name);
  }
}

describe('a pod that may preempt', () => {
  test('waits for victims on their way out, but not where it may not go any more', () => {
    const cluster = new Cluster();
    cluster.add('n', {});
    cluster.table.place(pod('victim', {}, { reason: PREEMPTED }, DELETED), 'n');
    cluster.table.place(pod('other', {}), 'n');
    const waiting = cluster.pending(pod('waiting', { priority: 1 }, { nominatedNodeName: 'n' }));
    const message = 'not eligible due to a terminating pod on the nominated node.';
    expect(cluster.preemption.ineligible(waiting)).toBe(message);
    const nodeAffinity = {
      requiredDuringSchedulingIgnoredDuringExecution: {
        nodeSelectorTerms: [{ matchFields: [{ key: 'metadata.name', operator: 'In', values: ['elsewhere'] }] }],
      },
    };
    const elsewhere = pod('elsewhere', { priority: 1, affinity: { nodeAffinity } }, { nominatedNodeName: 'n' });
    expect(cluster.preemption.ineligible(cluster.pending(elsewhere))).toBeUndefined();
  });

  test('gains a port by the first of two victims that share it', () => {
    const cluster = new Cluster();
    cluster.add('n', {});
    cluster.table.place(pod('stays', { ...withPort(80), priority: 2 }), 'n');
    cluster.table.place(pod('leaves', withPort(80)), 'n');
    const waiting = pod('waiting', { ...withPort(80), priority: 1 });
    expect(cluster.victimsOf(waiting)).toEqual(['leaves']);
    expect(cluster.search.verdicts.judge(cluster.pending(waiting), 0)?.plugin).toBe('NodePorts');
  });

  test('gains room in a domain by a victim that is being deleted and does not count there any more', () => {
    const cluster = new Cluster();
    cluster.add('a', { zone: 'a' });
    cluster.add('b', { zone: 'b' }, true);
    cluster.table.place(pod('stays', { priority: 2 }), 'a');
    cluster.table.place(pod('leaves', {}, {}, DELETED), 'a');
    const spread = { maxSkew: 1, topologyKey: 'zone', whenUnsatisfiable: 'DoNotSchedule' };
    const topologySpreadConstraints = [{ ...spread, labelSelector: { matchLabels: LABELS } }];
    const waiting = pod('waiting', { topologySpreadConstraints, priority: 1 });
    expect(cluster.victimsOf(waiting)).toEqual(['leaves']);
    expect(cluster.victimsOf(waiting)).toEqual(['leaves']);
  });
});
