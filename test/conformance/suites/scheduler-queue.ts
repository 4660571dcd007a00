import { NODE, POD } from '../../../src/api/kind.js';
import type { Labels } from '../../../src/api/labels.js';
import { ObjectMeta } from '../../../src/api/meta.js';
import type { Node } from '../../../src/api/node.js';
import { ApiObject } from '../../../src/api/object.js';
import { PENDING, type Pod, PodSpec } from '../../../src/api/pod.js';
import { PodShapes } from '../../../src/api/pod-shapes.js';
import { resources } from '../../../src/api/resources.js';
import { ASSIGNED_POD_DELETE, NODE_ADD } from '../../../src/spokes/scheduler/cluster-event.js';
import { defaultPlugins } from '../../../src/spokes/scheduler/default-profile.js';
import { NodeTable } from '../../../src/spokes/scheduler/node-table.js';
import type { Plugin } from '../../../src/spokes/scheduler/plugin.js';
import { Profile } from '../../../src/spokes/scheduler/profile.js';
import { backoffDurationNs } from '../../../src/spokes/scheduler/queue/backoff-queue.js';
import { DEFAULT_QUEUE_OPTIONS } from '../../../src/spokes/scheduler/queue/queue-options.js';
import type { QueuedPod } from '../../../src/spokes/scheduler/queue/queued-pod.js';
import {
  BACKOFF_FLUSH_PERIOD_NS,
  SchedulingQueue,
  UNSCHEDULABLE_FLUSH_PERIOD_NS,
} from '../../../src/spokes/scheduler/queue/scheduling-queue.js';
import { Search } from '../../../src/spokes/scheduler/search.js';
import { feasibleNodesToFind } from '../../../src/spokes/scheduler/search-size.js';
import { type Case, Skip, type Suite } from '../suite.js';

export const schedulerQueue: Suite = { name: 'scheduler-queue', answer };

function answer({ tags, input }: Case): unknown {
  switch (tags[0]) {
    case 'numFeasibleNodesToFind':
      return feasibleNodes(input as FeasibleNodesInput);
    case 'nodeOrder':
      return nodeOrder(input as NodeOrderInput);
    case 'queueSort':
      return queueSort(input as QueueSortInput);
    case 'backoffDuration':
      return backoffDurations(input as BackoffInput);
    case 'search':
      return search(input as SearchInput);
    case 'queueTrace':
      return queueTrace(input as TraceInput);
    default:
      return new Skip(`question ${tags[0]} is not answered yet`);
  }
}

interface FeasibleNodesInput {
  readonly numAllNodes: readonly number[];
  readonly percentageOfNodesToScore: number;
}

function feasibleNodes({ numAllNodes, percentageOfNodesToScore }: FeasibleNodesInput): unknown {
  return { numNodes: numAllNodes.map((nodes) => feasibleNodesToFind(nodes, percentageOfNodesToScore)) };
}

interface NodeOrderInput {
  readonly ops: readonly { readonly op: string; readonly node: string; readonly labels?: Labels }[];
}

function nodeOf(id: number, name: string, labels: Labels): Node {
  const allocatable = resources({ milliCpu: 4000, memory: 2 ** 34, pods: 110 });
  const status = { capacity: allocatable, allocatable, ready: 'True', readyReason: '', readySinceNs: 0 } as const;
  const spec = { unschedulable: false, taints: [] };
  return new ApiObject(NODE, id, 1, ObjectMeta.of({ name, labels }), spec, { ...status, readyHeartbeatNs: 0 });
}

function nodeOrder({ ops }: NodeOrderInput): unknown {
  const table = new NodeTable();
  ops.forEach(({ op, node, labels }, id) => {
    if (op === 'remove') table.removeNode(node);
    else table.setNode(nodeOf(id, node, labels ?? {}));
  });
  return { order: Array.from(table.order(), (node) => table.names[node]) };
}

function podOf(shapes: PodShapes, id: number, name: string, spec: object): Pod {
  const shape = shapes.of({ containers: [{ name: 'c', image: 'i' }], ...spec });
  return new ApiObject(POD, id, 1, ObjectMeta.of({ namespace: 'default', name }), new PodSpec(shape, ''), PENDING);
}

interface QueueSortInput {
  readonly pods: readonly { readonly name: string; readonly priority: number | null; readonly timestampNs: number }[];
}

function queueSort({ pods }: QueueSortInput): unknown {
  const queue = new SchedulingQueue(new Map(), DEFAULT_QUEUE_OPTIONS);
  const shapes = new PodShapes();
  pods.forEach(({ name, priority, timestampNs }, id) => {
    queue.add(podOf(shapes, id, name, { priority: priority ?? 0 }), timestampNs);
  });
  return { order: pods.map(() => queue.pop()!.pod.metadata.name) };
}

interface BackoffInput {
  readonly count: string;
  readonly initialNs: number;
  readonly maxNs: number;
}

function backoffDurations({ count, initialNs, maxNs }: BackoffInput): unknown {
  const [first, last] = count.split('..').map(Number) as [number, number];
  const counts = Array.from({ length: last - first + 1 }, (_, i) => first + i);
  return { durationsNs: counts.map((failures) => backoffDurationNs(failures, { initialNs, maxNs })) };
}

interface SearchInput {
  readonly nodes: number;
  readonly infeasible: readonly number[];
}

/** Six cycles on a cluster in which some nodes do not match the pod's selector. */
function search({ nodes, infeasible }: SearchInput): unknown {
  const bad = new Set(infeasible);
  const table = new NodeTable();
  const name = (index: number): string => `n${String(index).padStart(4, '0')}`;
  for (let i = 0; i < nodes; i++) table.setNode(nodeOf(i, name(i), { ok: String(!bad.has(i)) }));
  const feasible: number[][] = [];
  const watcher: Plugin = {
    name: 'Watcher',
    reach: 'cluster',
    score(_, found, count) {
      feasible.push(Array.from(found.subarray(0, count)));
      return undefined;
    },
  };
  const weighted = [...defaultPlugins(table, true), { plugin: watcher, weight: 1 }];
  const finder = new Search(table, new Profile('default-scheduler', weighted), 0, { below: () => 0 });
  const pod = podOf(new PodShapes(), 0, 'p', { nodeSelector: { ok: 'true' } });
  const cycles = Array.from({ length: 6 }, () => {
    const start = finder.cursor.position;
    const decision = finder.find({ pod, kind: table.kinds.of(pod) });
    // The only node that fits is not scored.
    const found = feasible.pop() ?? [decision.node];
    const [first, last] = [table.names[found[0]!] ?? '', table.names[found.at(-1)!] ?? ''];
    const { filtered: processed, feasible: count } = decision;
    return { feasible: count, first, last, nextStart: finder.cursor.position, processed, start };
  });
  return { cycles };
}

type TraceOp =
  | { readonly op: 'advance'; readonly ns: number }
  | { readonly op: 'add'; readonly pod: string; readonly priority: number }
  | { readonly op: 'pop' }
  | { readonly op: 'failed'; readonly pod: string; readonly unschedulablePlugins: readonly string[] }
  | { readonly op: 'scheduled'; readonly pod: string }
  | { readonly op: 'event'; readonly event: string };

interface TraceInput {
  readonly startNs: number;
  readonly ops: readonly TraceOp[];
}

/** The two plugins of the traces: A is woken by new nodes, B by pods that leave. */
const TRACE_PLUGINS: readonly Plugin[] = [
  { name: 'A', reach: 'cluster', wakes: [{ resource: 'Node', actions: NODE_ADD.action }] },
  {
    name: 'B',
    reach: 'cluster',
    wakes: [
      { resource: 'Node', actions: NODE_ADD.action, hint: () => false },
      { resource: 'Pod', actions: ASSIGNED_POD_DELETE.action },
    ],
  },
];

const TRACE_PROFILES = new Map([
  [
    'default-scheduler',
    new Profile(
      'default-scheduler',
      TRACE_PLUGINS.map((plugin) => ({ plugin, weight: 0 })),
    ),
  ],
]);

/** Replays one trace with a clock that it steps itself. */
class Trace {
  readonly queue: SchedulingQueue;
  readonly startNs: number;
  nowNs: number;
  readonly #shapes: PodShapes;
  readonly #popped: Map<string, QueuedPod>;
  #pods: number;

  constructor(startNs: number) {
    this.queue = new SchedulingQueue(TRACE_PROFILES, DEFAULT_QUEUE_OPTIONS);
    this.startNs = startNs;
    this.nowNs = startNs;
    this.#shapes = new PodShapes();
    this.#popped = new Map();
    this.#pods = 0;
  }

  run(op: TraceOp): unknown {
    switch (op.op) {
      case 'advance':
        this.#advance(this.nowNs + op.ns);
        return {};
      case 'add':
        this.nowNs += 1000;
        this.queue.add(podOf(this.#shapes, this.#pods++, op.pod, { priority: op.priority }), this.nowNs);
        return {};
      case 'pop':
        return this.#pop();
      case 'failed':
        return this.#fail(op.pod, op.unschedulablePlugins);
      case 'scheduled':
        this.queue.done(this.#popped.get(op.pod)!);
        return {};
      case 'event': {
        const event = op.event === 'Node/Add' ? NODE_ADD : ASSIGNED_POD_DELETE;
        this.queue.notify(event, { before: undefined, after: undefined }, this.nowNs);
        return {};
      }
    }
  }

  pools(): object {
    const names = (pods: readonly QueuedPod[]): string[] => pods.map(({ pod }) => pod.metadata.name).sort();
    const { queue } = this;
    return {
      active: names(queue.pool('active')),
      backoff: names(queue.pool('backoff')),
      unschedulable: names(queue.pool('unschedulable')),
    };
  }

  #pop(): object {
    const queued = this.queue.pop()!;
    this.#popped.set(queued.pod.metadata.name, queued);
    return { popped: queued.pod.metadata.name, attempts: queued.attempts };
  }

  #fail(name: string, rejectors: readonly string[]): object {
    this.nowNs += 1000;
    const queued = this.#popped.get(name)!;
    this.queue.failed(queued, new Set(rejectors), this.nowNs);
    const endNs = this.queue.backoffEndNs(queued);
    return { backoffExpiresNs: endNs < 0 ? null : endNs };
  }

  /** Flushes at every whole second and every 30 s since the start that lie on the way. */
  #advance(untilNs: number): void {
    const next = (period: number, from: number): number =>
      from + (Math.floor((this.nowNs - from) / period) + 1) * period;
    for (;;) {
      const second = next(BACKOFF_FLUSH_PERIOD_NS, 0);
      const flush = next(UNSCHEDULABLE_FLUSH_PERIOD_NS, this.startNs);
      const due = Math.min(second, flush);
      if (due > untilNs) break;
      this.nowNs = due;
      if (due === second) this.queue.flushBackoff(due);
      if (due === flush) this.queue.flushUnschedulable(due);
    }
    this.nowNs = untilNs;
  }
}

function queueTrace({ startNs, ops }: TraceInput): unknown {
  const trace = new Trace(startNs);
  return { results: ops.map((op) => ({ ...(trace.run(op) as object), ...trace.pools() })) };
}
