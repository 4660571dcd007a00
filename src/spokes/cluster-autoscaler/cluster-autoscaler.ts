import type { Node } from '../../api/node.js';
import type { Pod } from '../../api/pod.js';
import type { PodDisruptionBudget } from '../../api/pod-disruption-budget.js';
import type { ApiClient } from '../../client/api-client.js';
import type { Informer } from '../../client/informer.js';
import { PodsByNode } from '../../client/pods-by-node.js';
import type { Process } from '../../client/process.js';
import { TaskRunner } from '../../client/task.js';
import type { EventHandle, EventKind } from '../../engine/index.js';
import type { Stream } from '../../random/stream.js';
import type { ClusterAutoscalerOptions } from './autoscaler-options.js';
import { isKept, keepsNode } from './drainability.js';
import { bestOption } from './expander.js';
import { FreeRoom } from './free-room.js';
import type { CloudProvider } from './node-group.js';
import { type Removal, removeNode } from './node-removal.js';
import { movingPods, type OccupiedNode, unneededNodes } from './scale-down.js';
import { podsWithoutRoom, scaleUpOptions } from './scale-up.js';
import { UnneededTimes } from './unneeded-times.js';

/** How much longer than its grace a pod may take to end (simulator PodLongTerminatingExtraThreshold). */
const LONG_TERMINATING_NS = 30e9;

export interface ClusterAutoscalerParts {
  readonly process: Process;
  readonly client: ApiClient;
  readonly nodes: Informer<Node>;
  readonly pods: Informer<Pod>;
  readonly budgets: Informer<PodDisruptionBudget>;
  readonly provider: CloudProvider;
  readonly options: ClusterAutoscalerOptions;
  /** Of the `random` expander. */
  readonly stream: Stream;
}

/**
 * cluster-autoscaler (core/static_autoscaler.go): every scan interval it looks for pods that the scheduler found no node
 * for, and orders machines of the group that suits best; where there are none, it looks for nodes that nobody has needed
 * for long, and takes them away. A scan is work while something has happened that it may act upon, else a chore.
 */
export class ClusterAutoscaler {
  private readonly parts: ClusterAutoscalerParts;
  private readonly runner: TaskRunner;
  private readonly podsByNode: PodsByNode;
  private readonly unneeded: UnneededTimes;
  private readonly removing: Map<number, Removal>;
  private readonly scanKind: EventKind;
  private nextScan: EventHandle;
  private nextScanNs: number;
  private nextIsWork: boolean;
  /** No node is taken away before. */
  private cooldownUntilNs: number;

  constructor(parts: ClusterAutoscalerParts) {
    const { process, pods } = parts;
    this.parts = parts;
    this.runner = new TaskRunner(process);
    this.podsByNode = new PodsByNode(pods);
    this.unneeded = new UnneededTimes();
    this.removing = new Map();
    this.scanKind = process.engine.register('cluster-autoscaler: scan', () => this.scan(), 'timer');
    this.nextScan = 0;
    this.nextScanNs = 0;
    this.nextIsWork = false;
    this.cooldownUntilNs = 0;
    pods.addHandler({
      added: (pod) => this.podChanged(pod),
      updated: (_, pod) => this.podChanged(pod),
      deleted: () => this.promote(),
    });
  }

  start(): void {
    this.scheduleScan(false);
  }

  /** A node has been taken away, or stays after all. */
  taskEnded(nodeId: number): void {
    const { began } = this.removing.get(nodeId)!;
    this.removing.delete(nodeId);
    if (!began) this.coolDown(this.parts.options.scaleDownDelayAfterFailureNs);
  }

  private coolDown(forNs: number): void {
    this.cooldownUntilNs = Math.max(this.cooldownUntilNs, this.parts.process.engine.nowNs + forNs);
  }

  private podChanged({ spec, status }: Pod): void {
    if (spec.nodeName === '' && status.unschedulable !== '') this.promote();
  }

  /** The next scan may have something to do: nothing has converged before it. */
  private promote(): void {
    if (this.nextIsWork || this.nextScan === 0) return;
    const { engine } = this.parts.process;
    engine.cancel(this.nextScan);
    this.nextIsWork = true;
    this.nextScan = engine.scheduleAs(false, this.nextScanNs - engine.nowNs, this.scanKind);
  }

  private scheduleScan(isWork: boolean): void {
    const { engine } = this.parts.process;
    const { scanIntervalNs } = this.parts.options;
    this.nextScanNs = engine.nowNs + scanIntervalNs;
    this.nextIsWork = isWork;
    this.nextScan = engine.scheduleAs(!isWork, scanIntervalNs, this.scanKind);
  }

  private scan(): void {
    const { provider, options } = this.parts;
    const booting = provider.groups.reduce((sum, _, group) => sum + provider.bootingIn(group), 0);
    const scaledUp = this.scaleUp();
    if (scaledUp) this.coolDown(options.scaleDownDelayAfterAddNs);
    else this.scaleDown();
    this.scheduleScan(scaledUp || booting > 0 || this.removing.size > 0 || this.unneeded.size > 0);
  }

  private scaleUp(): boolean {
    const { pods, provider, options, stream, process } = this.parts;
    const waiting = [...pods.cache.values()].filter(
      ({ spec, status, metadata }) => spec.nodeName === '' && status.unschedulable !== '' && !metadata.deleting,
    );
    if (waiting.length === 0) return false;
    const rooms = this.occupied().filter(({ node }) => node.status.ready === 'True' && !node.spec.unschedulable);
    const free = [...rooms.map(({ node, pods: there }) => new FreeRoom(node, there)), ...this.upcoming()];
    const helpless = podsWithoutRoom(waiting, free);
    const choices = helpless.length === 0 ? [] : scaleUpOptions(helpless, provider);
    if (choices.length === 0) return false;
    const { group, nodes } = bestOption(choices, provider.groups, options, stream);
    process.engine.become(false);
    provider.increase(group, nodes);
    return true;
  }

  /** Machines that have been ordered count as if they were there. */
  private upcoming(): FreeRoom[] {
    const { provider } = this.parts;
    return provider.groups.flatMap(({ template }, group) =>
      Array.from({ length: provider.bootingIn(group) }, () => new FreeRoom(template, [])),
    );
  }

  private scaleDown(): void {
    const { options, process, budgets } = this.parts;
    const { nowNs } = process.engine;
    const keeps = (pod: Pod): boolean => keepsNode(pod, budgets.cache.values(), options);
    const all = this.occupied();
    const candidates = all.filter(({ node }) => this.mayGo(node));
    const unneeded = unneededNodes(candidates, all, options.scaleDownUtilizationThreshold, keeps);
    const allowed = this.withinMinimum(unneeded);
    this.unneeded.update(
      allowed.map(({ node }) => node.metadata.name),
      nowNs,
    );
    if (nowNs < this.cooldownUntilNs) return;
    const due = allowed.filter(({ node }) =>
      this.unneeded.isLonger(node.metadata.name, options.scaleDownUnneededTimeNs, nowNs),
    );
    const started = this.startRemoving(due);
    if (started > 0) this.coolDown(options.scaleDownDelayAfterDeleteNs || options.scanIntervalNs);
  }

  /** Empty nodes go first, then those that have to be drained, as many as may at once (actuation/budgets CropNodes); how many do. */
  private startRemoving(nodes: readonly OccupiedNode[]): number {
    const { options, process } = this.parts;
    const isEmpty = (occupied: OccupiedNode): boolean => movingPods(occupied.pods).length === 0;
    let room = options.maxScaleDownParallelism - this.removing.size;
    let draining = [...this.removing.values()].filter(({ drains }) => drains).length;
    let started = 0;
    for (const occupied of [...nodes.filter(isEmpty), ...nodes.filter((one) => !isEmpty(one))]) {
      const drains = !isEmpty(occupied);
      if (room === 0 || (drains && draining === options.maxDrainParallelism)) break;
      const { node } = occupied;
      process.engine.become(false);
      const removal: Removal = { name: node.metadata.name, drains, began: true };
      this.removing.set(node.id, removal);
      this.runner.start(
        removeNode(removal, { ...this.parts, podsByNode: this.podsByNode, engine: process.engine }),
        this,
        node.id,
      );
      room--;
      if (drains) draining++;
      started++;
    }
    return started;
  }

  private mayGo(node: Node): boolean {
    const { id, metadata, status } = node;
    const isMember = this.parts.provider.groupOf(metadata.name) >= 0;
    return isMember && status.ready === 'True' && !this.removing.has(id) && !isKept(node);
  }

  /** As many of each group as it may lose. */
  private withinMinimum(nodes: readonly OccupiedNode[]): readonly OccupiedNode[] {
    const { provider } = this.parts;
    const leaving = [...this.removing.values()].map(({ name }) => provider.groupOf(name));
    const left = provider.groups.map(
      ({ minSize }, group) => provider.sizeOf(group) - minSize - leaving.filter((one) => one === group).length,
    );
    return nodes.filter(({ node }) => left[provider.groupOf(node.metadata.name)]!-- > 0);
  }

  private occupied(): OccupiedNode[] {
    const leaving = new Set([...this.removing.values()].map(({ name }) => name));
    const { nowNs } = this.parts.process.engine;
    return [...this.parts.nodes.cache.values()]
      .filter(({ metadata }) => !leaving.has(metadata.name))
      .map((node) => ({ node, pods: this.podsByNode.on(node.metadata.name).filter((pod) => counts(pod, nowNs)) }));
  }
}

/** A pod that should have ended half a minute ago counts no more, nor one that has (simulator IsPodLongTerminating). */
function counts({ status, metadata, spec }: Pod, nowNs: number): boolean {
  if (status.phase === 'Succeeded' || status.phase === 'Failed') return false;
  const graceNs = spec.shape.terminationGracePeriodSeconds * 1e9;
  return !metadata.deleting || metadata.deletionTimestampNs + graceNs + LONG_TERMINATING_NS >= nowNs;
}
