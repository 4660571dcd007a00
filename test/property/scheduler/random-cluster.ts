import { NODE, POD, REPLICA_SET } from '../../../src/api/kind.js';
import type { LabelSelector } from '../../../src/api/label-selector.js';
import { ObjectMeta } from '../../../src/api/meta.js';
import type { Node } from '../../../src/api/node.js';
import { ApiObject } from '../../../src/api/object.js';
import { PENDING, type Pod, PodSpec } from '../../../src/api/pod.js';
import type { PodSpecManifest } from '../../../src/api/pod-manifest.js';
import { PodShapes } from '../../../src/api/pod-shapes.js';
import { resources } from '../../../src/api/resources.js';
import type { TaintEffect } from '../../../src/api/taint.js';
import type { Stream } from '../../../src/random/stream.js';
import type { Listers } from '../../../src/spokes/scheduler/listers.js';
import { labelsOf } from './plain-search.js';

const APPS = ['web', 'db', 'cache'];
const KEYS = ['kubernetes.io/hostname', 'topology.kubernetes.io/zone', 'disk'];

/** ReplicaSets that own pods of an app each; the last one is unknown to the scheduler. */
export const RANDOM_LISTERS: Listers = {
  version: 0,
  ownerSelector: (_, { id }) => (id < 2 ? { matchLabels: { app: APPS[id]! } } : undefined),
  serviceSelectors: () => [],
  namespaceLabels: () => undefined,
};

/** Draws nodes and pods that use every feature the plugins look at, small enough to collide often. */
export class RandomCluster {
  readonly #stream: Stream;
  readonly #shapes: PodShapes;
  #podIds: number;

  constructor(stream: Stream) {
    this.#stream = stream;
    this.#shapes = new PodShapes();
    this.#podIds = 0;
  }

  chance(percent: number): boolean {
    return this.#stream.below(100) < percent;
  }

  pick<T>(choices: readonly T[]): T {
    return choices[this.#stream.below(choices.length)]!;
  }

  node(index: number): Node {
    const name = `n${index}`;
    const labels = labelsOf({
      'kubernetes.io/hostname': this.chance(95) ? name : undefined,
      'topology.kubernetes.io/zone': this.chance(90) ? this.pick(['a', 'b', 'c']) : undefined,
      disk: this.chance(60) ? this.pick(['ssd', 'hdd']) : undefined,
    });
    const taints = this.chance(30)
      ? [{ key: 'gpu', value: '', effect: this.pick<TaintEffect>(['NoSchedule', 'PreferNoSchedule', 'NoExecute']) }]
      : [];
    const allocatable = resources({
      milliCpu: this.pick([1000, 2000, 4000]),
      memory: this.pick([2, 4, 8]) * 2 ** 30,
      pods: this.pick([3, 6, 110]),
      extended: new Map(this.chance(30) ? [['example.com/gpu', 2]] : []),
    });
    const status = { capacity: allocatable, allocatable, ready: 'True', readyReason: '', readySinceNs: 0 } as const;
    const spec = { unschedulable: this.chance(8), taints };
    return new ApiObject(NODE, index, 1, ObjectMeta.of({ name, labels }), spec, { ...status, readyHeartbeatNs: 0 });
  }

  pod(): Pod {
    const id = this.#podIds++;
    const app = this.#stream.below(APPS.length);
    const labels = this.chance(85) ? { app: APPS[app]! } : {};
    const owner = { kindId: REPLICA_SET.id, id: app, name: 'rs', controller: true, blockOwnerDeletion: true };
    const metadata = ObjectMeta.of({
      namespace: this.pick(['one', 'two']),
      name: `p${id}`,
      labels,
      ownerReferences: this.chance(40) ? [owner] : [],
    });
    return new ApiObject(POD, id, 1, metadata, new PodSpec(this.#shapes.of(this.#spec()), ''), PENDING);
  }

  #spec(): PodSpecManifest {
    const requests: Record<string, string> = {};
    if (this.chance(80)) requests.cpu = this.pick(['50m', '100m', '500m', '1']);
    if (this.chance(80)) requests.memory = this.pick(['64Mi', '500Mi', '1Gi']);
    if (this.chance(10)) requests['example.com/gpu'] = '1';
    const ports = this.chance(10) ? { ports: [{ containerPort: 80, hostPort: this.pick([80, 81]) }] } : {};
    return {
      containers: [{ name: 'c', image: 'i', resources: { requests }, ...ports }],
      ...(this.chance(15) ? { nodeSelector: { disk: this.pick(['ssd', 'hdd']) } } : {}),
      ...(this.chance(30) ? { tolerations: [{ key: 'gpu', operator: 'Exists' }] } : {}),
      ...(this.chance(45) ? { affinity: this.#affinity() } : {}),
      ...(this.chance(30) ? { topologySpreadConstraints: this.#spreads() } : {}),
    };
  }

  #selector(): LabelSelector {
    return { matchLabels: { app: this.pick(APPS) } };
  }

  #spreads(): readonly object[] {
    return Array.from({ length: 1 + this.#stream.below(2) }, (_, i) => ({
      maxSkew: 1 + this.#stream.below(2),
      topologyKey: KEYS[i + this.#stream.below(2)],
      whenUnsatisfiable: this.pick(['DoNotSchedule', 'ScheduleAnyway']),
      labelSelector: this.#selector(),
      ...(this.chance(20) ? { minDomains: 3 } : {}),
      ...(this.chance(30) ? { nodeTaintsPolicy: 'Honor' } : {}),
      ...(this.chance(30) ? { nodeAffinityPolicy: 'Ignore' } : {}),
    }));
  }

  #term(): object {
    return { labelSelector: this.#selector(), topologyKey: this.pick(KEYS) };
  }

  #pods(): object {
    const weighted = { weight: 1 + this.#stream.below(50), podAffinityTerm: this.#term() };
    return this.chance(40)
      ? { requiredDuringSchedulingIgnoredDuringExecution: [this.#term()] }
      : { preferredDuringSchedulingIgnoredDuringExecution: [weighted] };
  }

  #affinity(): NonNullable<PodSpecManifest['affinity']> {
    const expression = { key: 'disk', operator: 'In', values: ['ssd'] };
    const preference = { matchExpressions: [expression] };
    return {
      ...(this.chance(40)
        ? { nodeAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 10, preference }] } }
        : {}),
      ...(this.chance(40) ? { podAffinity: this.#pods() } : {}),
      ...(this.chance(50) ? { podAntiAffinity: this.#pods() } : {}),
    };
  }
}
