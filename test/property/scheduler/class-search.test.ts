import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { NODE, POD, REPLICA_SET } from '../../../src/api/kind.js';
import { ObjectMeta } from '../../../src/api/meta.js';
import type { Node } from '../../../src/api/node.js';
import { ApiObject } from '../../../src/api/object.js';
import { PENDING, type Pod, PodSpec } from '../../../src/api/pod.js';
import { PodShapes } from '../../../src/api/pod-shapes.js';
import { resources } from '../../../src/api/resources.js';
import { Streams } from '../../../src/random/streams.js';
import { defaultPlugins } from '../../../src/spokes/scheduler/default-profile.js';
import { NodeClasses } from '../../../src/spokes/scheduler/node-classes.js';
import { NodeTable } from '../../../src/spokes/scheduler/node-table.js';
import type { PlacedPod } from '../../../src/spokes/scheduler/placed-pod.js';
import { Profile } from '../../../src/spokes/scheduler/profile.js';
import { Search } from '../../../src/spokes/scheduler/search.js';
import { labelsOf } from './plain-search.js';
import { RANDOM_LISTERS } from './random-cluster.js';

const APPS = ['web', 'db', 'cache'];
const STEPS = 400;

/** A large cluster of few sorts of nodes, and pods of few sorts. */
class Cluster {
  readonly table: NodeTable;
  readonly placed: PlacedPod[];
  readonly #random: ReturnType<Streams['stream']>;
  readonly #shapes: PodShapes;
  #nodes: number;
  #pods: number;

  constructor(streams: Streams, nodes: number) {
    this.table = new NodeTable();
    this.placed = [];
    this.#random = streams.stream('cluster');
    this.#shapes = new PodShapes();
    this.#nodes = 0;
    this.#pods = 0;
    for (let i = 0; i < nodes; i++) this.table.setNode(this.#node(this.#nodes++));
  }

  #pick<T>(choices: readonly T[]): T {
    return choices[this.#random.below(choices.length)]!;
  }

  #node(index: number): Node {
    const name = `n${index}`;
    const labels = labelsOf({
      'kubernetes.io/hostname': name,
      'topology.kubernetes.io/zone': this.#pick(['a', 'b', 'c', undefined]),
    });
    const allocatable = resources({
      milliCpu: this.#pick([2000, 4000]),
      memory: 8 * 2 ** 30,
      pods: this.#pick([2, 110]),
    });
    const status = { capacity: allocatable, allocatable, ready: 'True', readyReason: '', readySinceNs: 0 } as const;
    const spec = { unschedulable: this.#random.below(20) === 0, taints: [] };
    return new ApiObject(NODE, index, 1, ObjectMeta.of({ name, labels }), spec, { ...status, readyHeartbeatNs: 0 });
  }

  pod(): Pod {
    const id = this.#pods++;
    const app = this.#random.below(APPS.length);
    const owner = { kindId: REPLICA_SET.id, id: app, name: 'rs', controller: true, blockOwnerDeletion: true };
    const ownerReferences = this.#random.below(4) === 0 ? [] : [owner];
    const labels = { app: APPS[app]! };
    const metadata = ObjectMeta.of({ namespace: 'one', name: `p${id}`, labels, ownerReferences });
    const requests = { cpu: ['100m', '300m', '300m'][app]!, memory: '256Mi' };
    const shape = this.#shapes.of({ containers: [{ name: 'c', image: 'i', resources: { requests } }] });
    return new ApiObject(POD, id, 1, metadata, new PodSpec(shape, ''), PENDING);
  }

  place(pod: Pod, node: string): void {
    this.placed.push(this.table.place(pod.withSpec(new PodSpec(pod.spec.shape, node)), node));
  }

  /** Now and then a pod goes, more seldom a node changes, comes or goes. */
  change(): void {
    if (this.placed.length > 0 && this.#random.below(3) === 0) {
      const [gone] = this.placed.splice(this.#random.below(this.placed.length), 1);
      this.table.remove(gone!);
    }
    if (this.#random.below(10) === 0) this.table.setNode(this.#node(this.#random.below(this.#nodes)));
    if (this.#random.below(40) === 0) this.table.setNode(this.#node(this.#nodes++));
    if (this.#random.below(40) === 0) this.table.removeNode(this.table.names[this.#pick([...this.table.order()])]!);
  }
}

test('a search by classes of nodes chooses as one that looks at every node', () => {
  const counted = vi.spyOn(NodeClasses.prototype, 'count');
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2 ** 31 }), fc.integer({ min: 280, max: 460 }), (seed, nodes) => {
      const streams = new Streams(seed);
      const cluster = new Cluster(streams, nodes);
      const searchWith = (): Search => {
        const profile = new Profile('default-scheduler', defaultPlugins(cluster.table, true, RANDOM_LISTERS));
        return new Search(cluster.table, profile, 0, new Streams(seed).stream('ties'));
      };
      const [byClass, byNode] = [searchWith(), searchWith()];
      byNode.watcher = { scoring: () => {} };
      for (let step = 0; step < STEPS; step++) {
        cluster.change();
        const pod = cluster.pod();
        const pending = { pod, kind: cluster.table.kinds.of(pod) };
        const decision = byClass.find(pending);
        expect(decision).toEqual(byNode.find(pending));
        expect(byClass.cursor).toEqual(byNode.cursor);
        if (decision.node >= 0) cluster.place(pod, cluster.table.names[decision.node]!);
      }
    }),
    { seed: 1, numRuns: 12 },
  );
  const { results } = counted.mock;
  expect(results.filter(({ value }) => value === true).length).toBeGreaterThan(results.length * 0.9);
  expect(results.length).toBeGreaterThan(STEPS * 3);
});
