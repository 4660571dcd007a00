import type { ControllerRevision } from '../../../api/controller-revision.js';
import type { DaemonSet } from '../../../api/daemon-set.js';
import { DAEMON_SET } from '../../../api/kind.js';
import { controllerOf } from '../../../api/meta.js';
import type { Node } from '../../../api/node.js';
import type { Pod } from '../../../api/pod.js';
import type { PodShapes } from '../../../api/pod-shapes.js';
import type { ApiClient } from '../../../client/api-client.js';
import { ControllerRefManager } from '../../../client/controller-ref-manager.js';
import type { EventRecorder } from '../../../client/event-recorder.js';
import { Expectations } from '../../../client/expectations.js';
import type { Informer } from '../../../client/informer.js';
import { LastWrites } from '../../../client/last-writes.js';
import { PodControl } from '../../../client/pod-control.js';
import type { PodsByNode } from '../../../client/pods-by-node.js';
import type { Process } from '../../../client/process.js';
import { type Task, work } from '../../../client/task.js';
import { WorkQueue } from '../../../client/work-queue.js';
import { DaemonNodesBySet, looksTheSame } from './daemon-nodes-by-set.js';
import { DaemonPodsMaker } from './daemon-pods-maker.js';
import { DaemonSetSync, type DaemonSetWorld } from './daemon-set-sync.js';
import { FailedPodBackoff } from './failed-pod-backoff.js';
import { nodeEligibility } from './node-eligibility.js';

/** How often WaitForCacheSync looks whether the caches are filled. */
const CACHE_SYNC_POLL_NS = 100e6;

/** A pod that has become ready is looked at so much after it should be available (updatePod). */
const CLOCK_SKEW_NS = 1e9;

export interface DaemonSetControllerParts {
  /** Whether it waits until its caches show its own last writes, as controllers do since 1.36. */
  readonly staleCacheChecks: boolean;
  readonly process: Process;
  readonly client: ApiClient;
  /** Posts through the same client, and so draws from the same bucket. */
  readonly events: EventRecorder;
  readonly sets: Informer<DaemonSet>;
  readonly nodes: Informer<Node>;
  readonly pods: Informer<Pod>;
  readonly podsByNode: PodsByNode;
  readonly revisions: Informer<ControllerRevision>;
  /** Where the specs of pods that are pinned to their nodes are interned. */
  readonly shapes: PodShapes;
  /** `--concurrent-daemonset-syncs`. */
  readonly workers: number;
  /** Processor time of one sync, ns. */
  readonly syncNs: number;
}

/**
 * Keeps one pod of every DaemonSet on each node that is one for it (pkg/controller/daemon). The pods are pinned to
 * their nodes by affinity; the scheduler binds them.
 */
export class DaemonSetController {
  private readonly parts: DaemonSetControllerParts;
  private readonly queue: WorkQueue;
  private readonly nodeQueue: WorkQueue;
  private readonly world: DaemonSetWorld;

  constructor(parts: DaemonSetControllerParts) {
    const { process, client, events, sets, nodes, pods, revisions, workers } = parts;
    this.parts = parts;
    this.queue = new WorkQueue(process, 'daemonset', workers, (key) => this.sync(key));
    this.nodeQueue = new WorkQueue(process, 'daemonset-node-updates', workers, (key) => this.syncNode(key));
    const expectations = new Expectations();
    const lastWrites = new LastWrites(parts.staleCacheChecks);
    this.world = {
      clock: process.engine,
      wall: process,
      client,
      events,
      nodes: new DaemonNodesBySet(nodes, pods),
      pods,
      revisions,
      control: new PodControl(client, events, expectations, lastWrites),
      expectations,
      lastWrites,
      maker: new DaemonPodsMaker(parts.shapes),
      backoff: new FailedPodBackoff(),
      refs: new ControllerRefManager(client, sets, pods, ({ id }) => this.queue.add(id)),
      revisionRefs: new ControllerRefManager(client, sets, revisions, ({ id }) => this.queue.add(id)),
    };
    sets.addHandler({
      added: ({ id }) => this.queue.add(id),
      updated: (_, { id }) => this.queue.add(id),
      deleted: ({ id }) => this.setDeleted(id),
    });
    pods.addHandler({
      added: (pod) => this.podAdded(pod),
      updated: (previous, pod) => this.podUpdated(previous, pod),
      deleted: (pod) => this.podDeleted(pod),
    });
    nodes.addHandler({
      added: ({ id }) => this.nodeQueue.add(id),
      updated: (previous, node) => this.nodeUpdated(previous, node),
      deleted: () => undefined,
    });
    revisions.addHandler({
      added: (revision) => this.world.revisionRefs.noticed(undefined, revision),
      updated: (previous, revision) => this.revisionUpdated(previous, revision),
      deleted: (revision) => this.revisionChanged(revision),
    });
  }

  private setDeleted(id: number): void {
    this.forget(id);
    this.queue.add(id);
  }

  private forget(id: number): void {
    this.world.expectations.forget(id);
    this.world.lastWrites.forget(id);
    this.world.backoff.forget(id);
  }

  private podAdded(pod: Pod): void {
    this.world.refs.noticed(undefined, pod);
    const set = this.ownerOf(pod);
    if (set === undefined) return;
    if (pod.metadata.deleting) this.world.expectations.deletionObserved(set.id, pod.id);
    else this.world.expectations.creationObserved(set.id);
    this.queue.add(set.id);
  }

  private podUpdated(previous: Pod, pod: Pod): void {
    this.world.refs.noticed(previous, pod);
    const set = this.ownerOf(pod);
    const former = previous.metadata === pod.metadata ? set : this.ownerOf(previous);
    if (former !== undefined && former !== set) this.queue.add(former.id);
    if (set === undefined) return;
    const { minReadySeconds } = set.spec;
    const { deleting } = pod.metadata;
    if (deleting) this.world.expectations.deletionObserved(set.id, pod.id);
    this.queue.add(set.id);
    if (!deleting && !previous.status.ready && pod.status.ready && minReadySeconds > 0)
      this.queue.addAfter(set.id, minReadySeconds * 1e9 + CLOCK_SKEW_NS);
  }

  private podDeleted(pod: Pod): void {
    const set = this.ownerOf(pod);
    if (set === undefined) return;
    this.world.expectations.deletionObserved(set.id, pod.id);
    this.queue.add(set.id);
  }

  private revisionUpdated(previous: ControllerRevision, revision: ControllerRevision): void {
    this.world.revisionRefs.noticed(previous, revision);
    this.revisionChanged(revision);
  }

  private revisionChanged(revision: ControllerRevision): void {
    const set = this.ownerOf(revision);
    if (set !== undefined) this.queue.add(set.id);
  }

  private ownerOf({ metadata }: Pod | ControllerRevision): DaemonSet | undefined {
    const owner = controllerOf(metadata);
    return owner?.kindId === DAEMON_SET.id ? this.parts.sets.cache.byId(owner.id) : undefined;
  }

  private nodeUpdated(previous: Node, node: Node): void {
    if (!looksTheSame(previous, node)) this.nodeQueue.add(node.id);
  }

  /** Wakes the DaemonSets for which the node has become another one (syncNodeUpdate). */
  private *syncNode(key: number): Task {
    const { sets, nodes, pods, revisions, podsByNode, syncNs } = this.parts;
    if (!sets.synced || !nodes.synced || !pods.synced || !revisions.synced) {
      this.nodeQueue.addAfter(key, CACHE_SYNC_POLL_NS);
      return;
    }
    this.nodeQueue.forget(key);
    if (sets.cache.size === 0) return;
    if (syncNs > 0) yield work(syncNs);
    const node = nodes.cache.byId(key);
    if (node === undefined) return;
    const served = new Set<number>();
    for (const pod of podsByNode.on(node.metadata.name)) {
      const set = this.ownerOf(pod);
      if (set !== undefined) served.add(set.id);
    }
    for (const set of sets.cache.values()) {
      const shape = this.world.maker.tolerant(set.spec.template);
      const { shouldRun, shouldContinueRunning } = nodeEligibility(node, shape, set.spec.nodeName);
      const misscheduled = set.status.numberMisscheduled > 0;
      if (served.has(set.id) ? !shouldContinueRunning || misscheduled : shouldRun) this.queue.add(set.id);
    }
  }

  private *sync(key: number): Task {
    const { sets, nodes, pods, revisions, syncNs } = this.parts;
    if (!sets.synced || !nodes.synced || !pods.synced || !revisions.synced) {
      this.queue.addAfter(key, CACHE_SYNC_POLL_NS);
      return;
    }
    if (syncNs > 0) yield work(syncNs);
    if (!this.world.lastWrites.seen(key, pods.syncedRevision, sets.syncedRevision)) {
      this.queue.addRateLimited(key);
      return;
    }
    const set = sets.cache.byId(key);
    if (set === undefined) {
      this.forget(key);
      this.world.nodes.forget(key);
    } else if (!set.metadata.deleting) {
      const sync = new DaemonSetSync(this.world, set);
      const done = yield* sync.run();
      if (sync.recheckDelayNs >= 0) this.queue.addAfter(key, sync.recheckDelayNs);
      if (!done) {
        this.queue.addRateLimited(key);
        return;
      }
    }
    this.queue.forget(key);
  }
}
