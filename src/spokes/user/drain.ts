import type { Call } from '../../api/call.js';
import { DAEMON_SET, NODE, POD } from '../../api/kind.js';
import { controllerOf, type ObjectMeta } from '../../api/meta.js';
import { isMirror } from '../../api/mirror-pod.js';
import type { Pod } from '../../api/pod.js';
import type { ApiClient } from '../../client/api-client.js';
import type { Process } from '../../client/process.js';
import { sleep, type Task, type TaskOwner, TaskRunner, type Wait } from '../../client/task.js';
import { Cordon } from './cordon.js';

/** A refused eviction is tried again after that (kubectl/pkg/cmd/drain EvictErrorRetryDelay). */
const RETRY_NS = 5e9;
/** So often it looks whether an evicted pod has gone (kubectl/pkg/drain evictPods). */
const POLL_NS = 1e9;

export interface DrainOptions {
  /** Evicts pods that no controller will make again. */
  readonly force: boolean;
  /** -1 leaves each pod its own. */
  readonly gracePeriodSeconds: number;
  /** After that no eviction is tried again; 0 = never give up. */
  readonly timeoutNs: number;
}

/** One kubectl: its clientset has a bucket for each API group, 5 requests a second after a first 10. */
export interface DrainClients {
  readonly core: ApiClient;
  readonly apps: ApiClient;
  readonly policy: ApiClient;
}

/**
 * `kubectl drain --ignore-daemonsets --delete-emptydir-data` (kubectl/pkg/drain): cordons all nodes, then takes one
 * after the other: evicts its pods all at once, those that a budget refuses again every 5 s, and waits until they
 * have gone.
 */
export class Drain implements TaskOwner {
  private readonly process: Process;
  private readonly runner: TaskRunner;
  private readonly clients: DrainClients;
  private readonly nodes: readonly string[];
  private readonly options: DrainOptions;
  private readonly complain: (complaint: string) => void;
  private readonly giveUpNs: number;
  private drained: number;
  private evicting: number;

  constructor(
    process: Process,
    clients: DrainClients,
    nodes: readonly string[],
    options: DrainOptions,
    complain: (complaint: string) => void,
  ) {
    this.process = process;
    this.runner = new TaskRunner(process);
    this.clients = clients;
    this.nodes = nodes;
    this.options = options;
    this.complain = complain;
    this.giveUpNs = options.timeoutNs === 0 ? Number.POSITIVE_INFINITY : process.engine.nowNs + options.timeoutNs;
    this.drained = 0;
    this.evicting = 0;
  }

  start(): void {
    this.runner.start(this.cordonAll());
  }

  /** A pod has gone, or never will. */
  taskEnded(): void {
    if (--this.evicting === 0) this.drainNext();
  }

  private *cordonAll(): Task {
    for (const node of this.nodes) {
      const call = this.clients.core.patchNamed(NODE, '', node, new Cordon(true));
      yield call;
      if (!call.ok) this.complain(`drain of node ${node}: ${failure(call)}`);
    }
    this.drainNext();
  }

  private drainNext(): void {
    const node = this.nodes[this.drained++];
    if (node !== undefined) this.runner.start(this.drainNode(node));
  }

  private *drainNode(node: string): Task {
    const listing = this.clients.core.list(POD, '', (object) => (object as Pod).spec.nodeName === node);
    yield listing;
    const pods = listing.ok ? yield* this.sort(node, listing.items as readonly Pod[]) : [];
    if (!listing.ok) this.complain(`drain of node ${node}: ${failure(listing)}`);
    this.evicting = pods.length;
    if (pods.length === 0) this.drainNext();
    else for (const pod of pods) this.runner.start(this.evict(pod), this);
  }

  /** The pods to evict; none if one of them stands in the way of all (kubectl/pkg/drain/filters.go). */
  private *sort(node: string, pods: readonly Pod[]): Generator<Wait, readonly Pod[], void> {
    const evicted: Pod[] = [];
    const unmanaged: string[] = [];
    for (const pod of pods) {
      // Of static pods there are only mirrors here.
      if (isMirror(pod)) continue;
      const owner = controllerOf(pod.metadata);
      const finished = pod.status.phase === 'Succeeded' || pod.status.phase === 'Failed';
      if (!finished && owner?.kindId === DAEMON_SET.id) {
        const read = this.clients.apps.get(DAEMON_SET, pod.metadata.namespace, owner.name);
        yield read;
        if (read.ok || !this.options.force) continue;
      }
      if (!finished && owner === undefined && !this.options.force) unmanaged.push(nameOf(pod.metadata));
      evicted.push(pod);
    }
    if (unmanaged.length === 0) return evicted;
    this.complain(`drain of node ${node}: no controller would make ${unmanaged.join(', ')} again; force: true evicts`);
    return [];
  }

  private *evict(pod: Pod): Task {
    const { core, policy } = this.clients;
    const { gracePeriodSeconds } = this.options;
    const grace = gracePeriodSeconds < 0 ? {} : { gracePeriodSeconds };
    for (let latest = pod; ; ) {
      if (this.process.engine.nowNs >= this.giveUpNs) {
        this.complain(`eviction of pod ${nameOf(pod.metadata)}: given up`);
        return;
      }
      const call = policy.evict(latest, grace);
      yield call;
      if (call.code === 404) return;
      const namespaceEnds = call.code === 403 && call.reason === 'NamespaceTerminating';
      if (call.ok || (namespaceEnds && latest.metadata.deleting)) break;
      if (call.code !== 429 && !namespaceEnds) {
        this.complain(`eviction of pod ${nameOf(pod.metadata)}: ${failure(call)}`);
        return;
      }
      yield sleep(RETRY_NS);
      const read = core.get(POD, pod.metadata.namespace, pod.metadata.name);
      yield read;
      if (read.ok) latest = read.object as Pod;
    }
    yield* this.awaitEnd(pod);
  }

  private *awaitEnd(pod: Pod): Generator<Wait, void, void> {
    while (this.process.engine.nowNs < this.giveUpNs) {
      const read = this.clients.core.get(POD, pod.metadata.namespace, pod.metadata.name);
      yield read;
      if (!read.ok || read.object!.id !== pod.id) return;
      yield sleep(POLL_NS);
    }
  }
}

function nameOf({ namespace, name }: ObjectMeta): string {
  return `${namespace}/${name}`;
}

function failure({ code, reason }: Call): string {
  return `${code} ${reason}`;
}
