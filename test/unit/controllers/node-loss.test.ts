import { describe, expect, it } from 'vitest';
import { LEASE, NODE, POD } from '../../../src/api/kind.js';
import { ObjectMeta } from '../../../src/api/meta.js';
import type { Lease, Node } from '../../../src/api/node.js';
import { type ApiObject, draft } from '../../../src/api/object.js';
import { type Pod, PodSpec, PodStatus } from '../../../src/api/pod.js';
import { NO_RESOURCES } from '../../../src/api/resources.js';
import { EventRecorder } from '../../../src/client/event-recorder.js';
import { PodsByNode } from '../../../src/client/pods-by-node.js';
import { NodeLifecycleController } from '../../../src/spokes/controllers/node-lifecycle/node-lifecycle-controller.js';
import { PodGarbageCollector } from '../../../src/spokes/controllers/pod-gc/pod-garbage-collector.js';
import { TaintEvictionController } from '../../../src/spokes/controllers/taint-eviction/taint-eviction-controller.js';
import { testHub } from '../hub/test-hub.js';

const SETTINGS = {
  nodeMonitorPeriodNs: 5e9,
  nodeMonitorGracePeriodNs: 50e9,
  nodeStartupGracePeriodNs: 60e9,
  nodeEvictionRate: 0.1,
  secondaryNodeEvictionRate: 0.01,
  largeClusterSizeThreshold: 50,
  unhealthyZoneThreshold: 0.55,
};

/** Nodes with one pod each, whose kubelets do nothing but renew leases every 10 s until they stop. */
class Fleet {
  readonly hub: ReturnType<typeof testHub>;
  /** Renewals end here, seconds by node. */
  readonly stopAt: Map<number, number>;
  readonly user;

  constructor(count: number, tolerationSeconds: number | undefined) {
    this.hub = testHub();
    this.stopAt = new Map();
    this.user = this.hub.program('user').client('user', 'system:masters', 0, 0);
    for (let i = 0; i < count; i++) this.addNode(i, tolerationSeconds);
    const manager = this.hub.program('kube-controller-manager');
    const identity = () => {
      const client = manager.client('node-controller', 'node-controller', 20, 30);
      return { client, events: new EventRecorder(manager.process, client) };
    };
    const { process } = manager;
    const nodes = manager.informer<Node>(NODE);
    const leases = manager.informer<Lease>(LEASE);
    const pods = manager.informer<Pod>(POD);
    const podsByNode = new PodsByNode(pods);
    new NodeLifecycleController({ process, ...identity(), nodes, leases, podsByNode, settings: SETTINGS });
    new TaintEvictionController({ process, ...identity(), nodes, pods, podsByNode });
    const { client } = identity();
    new PodGarbageCollector({ process, client, nodes, pods, podsByNode, terminatedPodGcThreshold: 0 });
    manager.start();
    for (let second = 1; second <= 1000; second += 10)
      for (let i = 0; i < count; i++) this.at(second, () => this.renew(i));
  }

  node(index: number): Node {
    return this.hub.store.get(NODE, '', `node-${index}`) as Node;
  }

  pod(index: number): Pod | undefined {
    return this.hub.store.get(POD, 'default', `pod-${index}`) as Pod | undefined;
  }

  taints(index: number): readonly string[] {
    return this.node(index).spec.taints.map(({ key, effect }) => `${key.slice(key.indexOf('/') + 1)}:${effect}`);
  }

  runTo(seconds: number): void {
    this.hub.engine.run(seconds * 1e9);
  }

  private at(second: number, action: () => void): void {
    const kind = this.hub.engine.register(`test at ${second}`, action, 'timer');
    this.hub.engine.scheduleAs(true, second * 1e9, kind);
  }

  private addNode(index: number, tolerationSeconds: number | undefined): void {
    const { store, shapes } = this.hub;
    const name = `node-${index}`;
    const ready = { ready: 'True' as const, readyReason: '', readySinceNs: 0, readyHeartbeatNs: 0 };
    const status = { capacity: NO_RESOURCES, allocatable: NO_RESOURCES, ...ready };
    store.create(draft(NODE, ObjectMeta.of({ name }), { unschedulable: false, taints: [] }, status));
    const lease = { holderIdentity: name, leaseDurationSeconds: 40, renewTimeNs: 0 };
    store.create(draft(LEASE, ObjectMeta.of({ namespace: 'kube-node-lease', name }), lease, undefined));
    const toleration = { key: 'node.kubernetes.io/unreachable', operator: 'Exists', effect: 'NoExecute' as const };
    const tolerations = tolerationSeconds === undefined ? [] : [{ ...toleration, tolerationSeconds }];
    const shape = shapes.of({ containers: [{ name: 'c' }], tolerations });
    const meta = ObjectMeta.of({ namespace: 'default', name: `pod-${index}` });
    const running = PodStatus.of({ phase: 'Running', ready: true, readySinceNs: 0 });
    store.create(draft(POD, meta, new PodSpec(shape, name), running));
  }

  private renew(index: number): void {
    const nowNs = this.hub.engine.nowNs;
    if (nowNs >= (this.stopAt.get(index) ?? Number.POSITIVE_INFINITY) * 1e9) return;
    const renewed = (current: ApiObject): ApiObject => {
      const lease = current as Lease;
      return lease.withSpec({ ...lease.spec, renewTimeNs: nowNs });
    };
    this.user.patchNamed(LEASE, 'kube-node-lease', `node-${index}`, { apply: renewed });
  }
}

describe('a node that has gone silent', () => {
  it('is Unknown and its pod not ready at the first pass after 50 s without news', () => {
    const fleet = new Fleet(4, 300);
    fleet.stopAt.set(2, 30);
    // The last renewal is at 21 s; the pass at 25.1 s sees it, and the one at 80.1 s finds it more than 50 s ago.
    fleet.runTo(80);
    expect(fleet.node(2).status.ready).toBe('True');
    fleet.runTo(80.2);
    expect(fleet.node(2).status.ready).toBe('Unknown');
    expect(fleet.pod(2)!.status.ready).toBe(false);
    expect(fleet.node(1).status.ready).toBe('True');
  });

  it('is found as well when a node before it in the order has gone, and when its lease has', () => {
    const fleet = new Fleet(4, 300);
    fleet.stopAt.set(2, 30);
    fleet.runTo(20);
    fleet.hub.store.delete(NODE, '', 'node-0', {});
    fleet.runTo(40);
    fleet.hub.store.delete(LEASE, 'kube-node-lease', 'node-3', {});
    fleet.runTo(80.2);
    expect([1, 2, 3].map((index) => fleet.node(index).status.ready)).toEqual(['True', 'Unknown', 'True']);
    // The pass at 35.1 s saw its last renewal.
    fleet.runTo(90);
    expect(fleet.node(3).status.ready).toBe('True');
    fleet.runTo(90.2);
    expect([1, 3].map((index) => fleet.node(index).status.ready)).toEqual(['True', 'Unknown']);
  });

  it('gets its NoSchedule taint at once and its NoExecute taint at the next tick of 100 ms', () => {
    const fleet = new Fleet(4, 300);
    fleet.stopAt.set(2, 30);
    fleet.runTo(80.15);
    expect(fleet.taints(2)).toEqual(['unreachable:NoSchedule']);
    fleet.runTo(80.25);
    expect(fleet.taints(2)).toEqual(['unreachable:NoSchedule', 'unreachable:NoExecute']);
  });

  it('loses its pods when their toleration has run out', () => {
    const fleet = new Fleet(4, 60);
    fleet.stopAt.set(2, 30);
    fleet.runTo(140.15);
    expect(fleet.pod(2)!.metadata.deleting).toBe(false);
    fleet.runTo(140.25);
    expect(fleet.pod(2)).toMatchObject({ metadata: { deleting: true }, status: { reason: 'DeletionByTaintManager' } });
  });

  it('keeps its pods when it is back before that, and loses its taints', () => {
    const fleet = new Fleet(4, 60);
    fleet.stopAt.set(2, 30);
    fleet.runTo(100);
    const ready = (current: ApiObject): ApiObject => {
      const node = current as Node;
      return node.withStatus({ ...node.status, ready: 'True', readyHeartbeatNs: fleet.hub.engine.nowNs });
    };
    fleet.user.patchNamed(NODE, '', 'node-2', { apply: ready }, 'status');
    fleet.stopAt.delete(2);
    fleet.runTo(300);
    expect(fleet.taints(2)).toEqual([]);
    expect(fleet.pod(2)!.metadata.deleting).toBe(false);
  });
});

describe('many nodes that go silent', () => {
  it('are tainted one every 10 s', () => {
    const fleet = new Fleet(8, 300);
    for (const index of [0, 1, 2]) fleet.stopAt.set(index, 30);
    const tainted = () => [0, 1, 2].filter((index) => fleet.taints(index).includes('unreachable:NoExecute')).length;
    const counts: number[] = [];
    for (const seconds of [81, 90, 91, 100, 101]) {
      fleet.runTo(seconds);
      counts.push(tainted());
    }
    expect(counts).toEqual([1, 1, 2, 2, 3]);
  });

  it('are not tainted at all when they are most of a small zone', () => {
    const fleet = new Fleet(5, 300);
    for (const index of [0, 1, 2, 3]) fleet.stopAt.set(index, 30);
    fleet.runTo(200);
    const tainted = [0, 1, 2, 3].filter((index) => fleet.taints(index).includes('unreachable:NoExecute'));
    expect(tainted.length).toBeLessThanOrEqual(1);
  });

  it('keep all their pods when no node is left', () => {
    const fleet = new Fleet(3, 10);
    for (const index of [0, 1, 2]) fleet.stopAt.set(index, 30);
    fleet.runTo(300);
    expect([0, 1, 2].map((index) => fleet.pod(index)!.metadata.deleting)).toEqual([false, false, false]);
  });
});

describe('a node that is deleted', () => {
  it('has its pods collected after two looks 40 s apart', () => {
    const fleet = new Fleet(2, 300);
    fleet.runTo(5);
    fleet.user.deleteNamed(NODE, '', 'node-1');
    fleet.runTo(59);
    expect(fleet.pod(1)).toBeDefined();
    fleet.runTo(61);
    expect(fleet.pod(1)).toBeUndefined();
    expect(fleet.pod(0)).toBeDefined();
  });
});
