import { NODE, POD } from '../../src/api/kind.js';
import { ObjectMeta } from '../../src/api/meta.js';
import { ApiObject } from '../../src/api/object.js';
import { PENDING, type Pod, PodSpec } from '../../src/api/pod.js';
import type { PodSpecManifest } from '../../src/api/pod-manifest.js';
import { PodShapes } from '../../src/api/pod-shapes.js';
import { resources } from '../../src/api/resources.js';
import { AleaStream } from '../../src/random/stream.js';
import { defaultPlugins } from '../../src/spokes/scheduler/default-profile.js';
import { NodeTable } from '../../src/spokes/scheduler/node-table.js';
import type { PlacedPod } from '../../src/spokes/scheduler/placed-pod.js';
import { Profile } from '../../src/spokes/scheduler/profile.js';
import { type Cursor, Search } from '../../src/spokes/scheduler/search.js';
import type { BenchCase, Contestant, Work } from '../bench-case.js';

const ZONES = 10;
const ZONE = 'topology.kubernetes.io/zone';
const HOST = 'kubernetes.io/hostname';
const LABELS = { app: 'web' };
const SELECTOR = { matchLabels: LABELS };

/** Three sorts of pods, one at a time. */
const WORKLOADS: Readonly<Record<string, Partial<PodSpecManifest>>> = {
  identical: {},
  spread: {
    topologySpreadConstraints: [
      { maxSkew: 1, topologyKey: ZONE, whenUnsatisfiable: 'DoNotSchedule', labelSelector: SELECTOR },
      { maxSkew: 1, topologyKey: HOST, whenUnsatisfiable: 'ScheduleAnyway', labelSelector: SELECTOR },
    ],
  },
  affine: {
    affinity: {
      podAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: [{ topologyKey: ZONE, labelSelector: SELECTOR }],
      },
      podAntiAffinity: {
        preferredDuringSchedulingIgnoredDuringExecution: [
          { weight: 100, podAffinityTerm: { topologyKey: HOST, labelSelector: SELECTOR } },
        ],
      },
    },
  },
};

/** A cluster that is filled with pods and emptied again. */
class Filling {
  protected readonly table: NodeTable;
  protected readonly profile: Profile;
  private readonly pods: readonly Pod[];

  constructor(nodes: number, pods: number, spec: Partial<PodSpecManifest>) {
    this.table = new NodeTable();
    for (let i = 0; i < nodes; i++) this.table.setNode(node(i));
    this.profile = new Profile('default-scheduler', defaultPlugins(this.table, true));
    const shapes = new PodShapes();
    this.pods = Array.from({ length: pods }, (_, i) => pod(shapes, i, spec));
  }

  /** Places all pods, each as `search` would, and takes them away again. */
  protected fill(searchFor: () => Search): Work {
    const placed: PlacedPod[] = [];
    let hash = 0;
    for (const one of this.pods) {
      const { node } = searchFor().find({ pod: one, kind: this.table.kinds.of(one) });
      hash = (Math.imul(hash, 31) + node) | 0;
      placed.push(this.table.place(one, this.table.names[node]!));
    }
    for (const one of placed) this.table.remove(one);
    return { operations: this.pods.length, hash };
  }

  protected newSearch(ties: AleaStream, cursor: Cursor): Search {
    return new Search(this.table, this.profile, 0, ties, undefined, cursor);
  }
}

/** As the simulation does it: answers and counts are kept and only what changed is worked out again. */
class Kept extends Filling implements Contestant {
  readonly name = 'hubsim';

  run(): Work {
    const search = this.newSearch(new AleaStream('bench/ties'), { position: 0 });
    return this.fill(() => search);
  }
}

/** The plain twin: asks every plugin about every node and counts all pods anew for each placement, as the Go code does. */
class Plain extends Filling implements Contestant {
  readonly name = 'plain twin';

  run(): Work {
    const ties = new AleaStream('bench/ties');
    const cursor = { position: 0 };
    return this.fill(() => {
      this.table.recount();
      return this.newSearch(ties, cursor);
    });
  }
}

function node(index: number): ApiObject<never, never> {
  const name = `n${index}`;
  const labels = { [HOST]: name, [ZONE]: `z${index % ZONES}` };
  const allocatable = resources({ milliCpu: 4_000, memory: 32 * 2 ** 30, pods: 110 });
  const status = { capacity: allocatable, allocatable, ready: 'True', readyReason: '', readySinceNs: 0 };
  const spec = { unschedulable: false, taints: [] };
  return new ApiObject(
    NODE,
    index,
    1,
    ObjectMeta.of({ name, labels }),
    spec as never,
    {
      ...status,
      readyHeartbeatNs: 0,
    } as never,
  );
}

function pod(shapes: PodShapes, index: number, spec: Partial<PodSpecManifest>): Pod {
  const requests = { cpu: '100m', memory: '500Mi' };
  const shape = shapes.of({ containers: [{ name: 'c', image: 'pause', resources: { requests } }], ...spec });
  const metadata = ObjectMeta.of({ namespace: 'default', name: `p${index}`, labels: LABELS });
  return new ApiObject(POD, index, 1, metadata, new PodSpec(shape, ''), PENDING);
}

/** Placements of pods of each sort on empty nodes of 4 cores; the plain twin counts so slowly that it gets fewer. */
export function placementCases(nodes: number, pods: number, podsToCount: number): BenchCase[] {
  return Object.entries(WORKLOADS).map(([sort, spec]) => {
    const number = sort === 'identical' ? pods : podsToCount;
    return {
      group: 'scheduler',
      name: `${number} ${sort} pods on ${nodes} nodes`,
      contestants: () => [new Kept(nodes, number, spec), new Plain(nodes, number, spec)],
    };
  });
}
