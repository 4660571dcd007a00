import fc from 'fast-check';
import { expect, test } from 'vitest';
import { NODE, POD } from '../../../src/api/kind.js';
import { ObjectMeta } from '../../../src/api/meta.js';
import type { Node } from '../../../src/api/node.js';
import { ApiObject } from '../../../src/api/object.js';
import { PENDING, type Pod, PodSpec } from '../../../src/api/pod.js';
import type { PodSpecManifest } from '../../../src/api/pod-manifest.js';
import { PodShapes } from '../../../src/api/pod-shapes.js';
import { resources } from '../../../src/api/resources.js';
import type { Stream } from '../../../src/random/stream.js';
import { Streams } from '../../../src/random/streams.js';
import { defaultPlugins } from '../../../src/spokes/scheduler/default-profile.js';
import type { Diagnosis } from '../../../src/spokes/scheduler/diagnosis.js';
import { NodeTable } from '../../../src/spokes/scheduler/node-table.js';
import { Nominations } from '../../../src/spokes/scheduler/nominations.js';
import type { PlacedPod } from '../../../src/spokes/scheduler/placed-pod.js';
import { Preemption } from '../../../src/spokes/scheduler/preemption.js';
import { Profile } from '../../../src/spokes/scheduler/profile.js';
import { type Draw, Search } from '../../../src/spokes/scheduler/search.js';
import { labelsOf } from './plain-search.js';

const STEPS = 250;
const NODES_MAX = 300;

/** A cluster too small for its pods, which make room for themselves where they may. */
class FullCluster {
  readonly table: NodeTable;
  readonly nominations: Nominations;
  readonly #random: Stream;
  readonly #shapes: PodShapes;
  readonly #placed: PlacedPod[];
  /** Pods that no node was found for, which are tried again now and then. */
  readonly #waiting: Pod[];
  #nodes: number;
  #pods: number;

  constructor(random: Stream, nodes: number) {
    this.table = new NodeTable();
    this.nominations = new Nominations((nodeName) => this.table.reserved(nodeName));
    this.#random = random;
    this.#shapes = new PodShapes();
    this.#placed = [];
    this.#waiting = [];
    this.#nodes = 0;
    this.#pods = 0;
    for (let i = 0; i < nodes; i++) this.#addNode();
  }

  #chance(percent: number): boolean {
    return this.#random.below(100) < percent;
  }

  #pick<T>(choices: readonly T[]): T {
    return choices[this.#random.below(choices.length)]!;
  }

  #addNode(index: number = this.#nodes++): void {
    const name = `n${index}`;
    const labels = labelsOf({ 'kubernetes.io/hostname': name, zone: this.#pick(['a', 'b']) });
    const allocatable = resources({ milliCpu: this.#pick([400, 500]), memory: 2 ** 30, pods: this.#pick([2, 110]) });
    const status = { capacity: allocatable, allocatable, ready: 'True', readyReason: '', readySinceNs: 0 } as const;
    const spec = { unschedulable: this.#chance(10), taints: [] };
    const meta = ObjectMeta.of({ name, labels });
    const node: Node = new ApiObject(NODE, index, 1, meta, spec, { ...status, readyHeartbeatNs: 0 });
    this.table.setNode(node);
  }

  #newPod(): Pod {
    const id = this.#pods++;
    const priority = this.#pick([0, 0, 1, 2]);
    const requests = { cpu: this.#pick(['100m', '200m', '300m']) };
    const ports = this.#chance(5) ? { ports: [{ containerPort: 80, hostPort: 80 }] } : {};
    const spread = { maxSkew: 1, topologyKey: 'zone', whenUnsatisfiable: 'DoNotSchedule' };
    const manifest: PodSpecManifest = {
      containers: [{ name: 'c', image: 'i', resources: { requests }, ...ports }],
      priority,
      ...(this.#chance(5) ? { nodeSelector: { zone: 'a' } } : {}),
      ...(this.#chance(5) ? { topologySpreadConstraints: [{ ...spread, labelSelector: {} }] } : {}),
    };
    const metadata = ObjectMeta.of({ namespace: 'one', name: `p${id}`, labels: { app: 'web' } });
    return new ApiObject(POD, id, 1, metadata, new PodSpec(this.#shapes.of(manifest), ''), PENDING);
  }

  /** A pod to be tried: a new one, or one that has waited. */
  next(): Pod {
    if (this.#waiting.length === 0 || this.#chance(40)) return this.#newPod();
    return this.#waiting.splice(this.#random.below(this.#waiting.length), 1)[0]!;
  }

  place(pod: Pod, node: number): void {
    this.nominations.delete(pod.id);
    const name = this.table.names[node]!;
    this.#placed.push(this.table.place(pod.withSpec(new PodSpec(pod.spec.shape, name)), name));
  }

  /** The pod waits, for that node if there is one, which it may not know yet; others make room for it at once, or not. */
  wait(pod: Pod, nodeName: string, victims: readonly PlacedPod[]): void {
    const nominatedNodeName = this.#chance(70) ? nodeName : '';
    const waiting = pod.withStatus(pod.status.with({ nominatedNodeName }));
    this.nominations.set({ pod: waiting, kind: this.table.kinds.of(waiting) }, nodeName);
    this.#waiting.push(waiting);
    if (this.#chance(70)) for (const victim of victims) this.#remove(victim);
  }

  #remove(placed: PlacedPod): void {
    this.#placed.splice(this.#placed.indexOf(placed), 1);
    this.table.remove(placed);
  }

  change(): void {
    if (this.#placed.length > 0 && this.#chance(10)) this.#remove(this.#pick(this.#placed));
    if (this.#chance(5)) this.#addNode(this.#random.below(this.#nodes));
    if (this.#chance(2)) this.#addNode();
    if (this.#chance(2) && this.table.size > 1)
      this.table.removeNode(this.table.names[this.#pick([...this.table.order()])]!);
    if (this.#waiting.length > 0 && this.#chance(2)) this.nominations.delete(this.#pick(this.#waiting).id);
  }
}

/** A search with draws of its own. */
function searchIn({ table, nominations }: FullCluster, seed: number): { search: Search; draws: Draw } {
  const draws = new Streams(seed).stream('ties');
  const profile = new Profile('default-scheduler', defaultPlugins(table, true));
  return { search: new Search(table, profile, 0, draws, nominations), draws };
}

test('pods that fit nowhere are told the same as if every node were asked for each of them', () => {
  const known = new Set<Diagnosis>();
  let shared = 0;
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2 ** 31 }), fc.integer({ min: 1, max: NODES_MAX }), (seed, nodes) => {
      const cluster = new FullCluster(new Streams(seed).stream('cluster'), nodes);
      const fast = searchIn(cluster, seed);
      const plain = searchIn(cluster, seed);
      const preemption = new Preemption(cluster.table, fast.search.verdicts, () => [], fast.draws);
      plain.search.watcher = { scoring: () => {} };
      for (let step = 0; step < STEPS + nodes * 3; step++) {
        if (step % 3 === 0) cluster.change();
        const pod = cluster.next();
        const pending = { pod, kind: cluster.table.kinds.of(pod) };
        const decision = fast.search.find(pending);
        const expected = plain.search.find(pending);
        expect(decision).toEqual(expected);
        expect(decision.diagnosis?.message).toBe(expected.diagnosis?.message);
        expect(fast.search.cursor).toEqual(plain.search.cursor);
        if (decision.diagnosis === undefined) {
          cluster.place(pod, decision.node);
          continue;
        }
        if (known.has(decision.diagnosis)) shared++;
        known.add(decision.diagnosis);
        const result = preemption.run(pending, decision.diagnosis);
        // A new one has kept nothing.
        const anew = new Preemption(cluster.table, plain.search.verdicts, () => [], plain.draws);
        expect(result).toEqual(anew.run(pending, decision.diagnosis));
        const nodeName = result.chosen === undefined ? '' : cluster.table.names[result.chosen.node]!;
        cluster.wait(pod, nodeName, result.chosen?.victims ?? []);
      }
    }),
    { seed: 1, numRuns: 12 },
  );
  expect(shared).toBeGreaterThan(STEPS * 8);
});
