import type { DaemonSetSpec } from '../../../src/api/daemon-set.js';
import type { Node } from '../../../src/api/node.js';
import { isPodAvailable, type Pod } from '../../../src/api/pod.js';
import type { PodShape } from '../../../src/api/pod-shape.js';
import { byAge, countsOn, isUpdated } from '../../../src/spokes/controllers/daemonset/daemon-pods.js';
import { BURST_REPLICAS, type DaemonSetPlan } from '../../../src/spokes/controllers/daemonset/daemon-set-plan.js';
import type { DaemonCounts } from '../../../src/spokes/controllers/daemonset/daemon-set-status.js';
import { nodeEligibility } from '../../../src/spokes/controllers/daemonset/node-eligibility.js';
import { planNode } from '../../../src/spokes/controllers/daemonset/node-plan.js';
import type { RolloutStep } from '../../../src/spokes/controllers/daemonset/rolling-update.js';
import { rolloutLimits } from '../../../src/spokes/controllers/daemonset/rollout-limits.js';

/** A node with at most one pod of each kind. */
interface NodePods {
  readonly nodeName: string;
  readonly newPod: Pod | undefined;
  readonly oldPod: Pod | undefined;
}

/** Everything of a DaemonSet by going through all of its nodes and pods each time, as daemon_controller.go does. */
export class PlainDaemonSet {
  private readonly spec: DaemonSetSpec;
  private readonly hash: string;
  private readonly nowNs: number;
  private readonly nodes: readonly Node[];
  private readonly groups: ReadonlyMap<string, readonly Pod[]>;
  private readonly shape: PodShape;
  private readonly wanted: ReadonlySet<string>;

  constructor(
    spec: DaemonSetSpec,
    shape: PodShape,
    hash: string,
    nowNs: number,
    nodes: readonly Node[],
    pods: readonly Pod[],
  ) {
    this.spec = spec;
    this.shape = shape;
    this.hash = hash;
    this.nowNs = nowNs;
    this.nodes = nodes;
    this.groups = podsByNode(pods);
    const wanted = nodes.filter((node) => nodeEligibility(node, shape, spec.nodeName).shouldRun);
    this.wanted = new Set(wanted.map(({ metadata }) => metadata.name));
  }

  /** daemon_controller.go manage. */
  plan(inBackoff: (nodeName: string) => boolean): DaemonSetPlan {
    const { spec, shape, hash, nowNs } = this;
    const newNodes: string[] = [];
    const doomed: Pod[] = [];
    const failedNodes: string[] = [];
    const heldBackNodes: string[] = [];
    for (const node of this.nodes) {
      const { name } = node.metadata;
      const eligibility = nodeEligibility(node, shape, spec.nodeName);
      const view = { eligibility, pods: this.groups.get(name) ?? [], inBackoff: inBackoff(name) };
      const plan = planNode(spec, view, hash, nowNs);
      if (plan.creates) newNodes.push(name);
      if (plan.killsFailed) failedNodes.push(name);
      if (plan.heldBack) heldBackNodes.push(name);
      doomed.push(...plan.doomed);
    }
    doomed.push(...this.stranded());
    return {
      newNodes: newNodes.slice(0, BURST_REPLICAS),
      doomed: doomed.slice(0, BURST_REPLICAS),
      failedNodes,
      heldBackNodes,
    };
  }

  /** Pods that wait for a node that is gone (getUnscheduledPodsWithoutNode). */
  private stranded(): readonly Pod[] {
    const names = new Set(this.nodes.map(({ metadata }) => metadata.name));
    const groups = [...this.groups].filter(([name]) => !names.has(name));
    return groups.flatMap(([, pods]) => pods.filter(({ spec }) => spec.nodeName === ''));
  }

  /** daemon_controller.go updateDaemonSetStatus. */
  counts(): DaemonCounts {
    let currentNumberScheduled = 0;
    let numberMisscheduled = 0;
    let updatedNumberScheduled = 0;
    let numberReady = 0;
    let numberAvailable = 0;
    for (const { metadata } of this.nodes) {
      const oldest = [...(this.groups.get(metadata.name) ?? [])].sort(byAge)[0];
      if (oldest === undefined) continue;
      if (!this.wanted.has(metadata.name)) {
        numberMisscheduled++;
        continue;
      }
      currentNumberScheduled++;
      if (oldest.status.ready) numberReady++;
      if (this.isAvailable(oldest)) numberAvailable++;
      if (isUpdated(oldest, this.hash)) updatedNumberScheduled++;
    }
    const desiredNumberScheduled = this.wanted.size;
    const numberUnavailable = desiredNumberScheduled - numberAvailable;
    return {
      desiredNumberScheduled,
      currentNumberScheduled,
      numberMisscheduled,
      updatedNumberScheduled,
      numberReady,
      numberAvailable,
      numberUnavailable,
    };
  }

  /** update.go rollingUpdate. */
  step(): RolloutStep {
    const { maxSurge, maxUnavailable } = rolloutLimits(this.spec, this.wanted.size);
    return maxSurge === 0 ? this.deleteFirst(maxUnavailable) : this.createFirst(maxSurge);
  }

  private deleteFirst(maxUnavailable: number): RolloutStep {
    const { nodes, crowded } = this.nodePods();
    const broken: Pod[] = [];
    const candidates: Pod[] = [];
    let unavailable = crowded;
    for (const name of this.wanted) if (!this.groups.has(name)) unavailable++;
    for (const { newPod, oldPod } of nodes) {
      if (newPod === undefined && oldPod !== undefined) {
        if (this.isAvailable(oldPod)) candidates.push(oldPod);
        else broken.push(oldPod);
      }
      const serving = (newPod === undefined) === (oldPod === undefined) ? undefined : (newPod ?? oldPod);
      if (!this.isAvailable(serving)) unavailable++;
    }
    return { doomed: [...broken, ...candidates.slice(0, Math.max(0, maxUnavailable - unavailable))], newNodes: [] };
  }

  private createFirst(maxSurge: number): RolloutStep {
    const { nodes, crowded } = this.nodePods();
    const doomed: Pod[] = [];
    const unwanted: Pod[] = [];
    const broken: string[] = [];
    const candidates: string[] = [];
    let surging = crowded;
    for (const { nodeName, newPod, oldPod } of nodes) {
      if (oldPod === undefined) continue;
      if (newPod !== undefined) {
        if (this.isAvailable(newPod)) doomed.push(oldPod);
        else surging++;
      } else if (this.wanted.has(nodeName)) (this.isAvailable(oldPod) ? candidates : broken).push(nodeName);
      else (this.isAvailable(oldPod) ? unwanted : doomed).push(oldPod);
    }
    const available = nodes.filter(({ newPod, oldPod }) => this.isAvailable(oldPod ?? newPod)).length;
    const spare = Math.max(0, available - this.wanted.size);
    const newNodes = [...broken, ...candidates.slice(0, Math.max(0, maxSurge - surging))];
    return { doomed: [...doomed, ...unwanted.slice(0, spare)], newNodes };
  }

  private nodePods(): { readonly nodes: readonly NodePods[]; readonly crowded: number } {
    const nodes: NodePods[] = [];
    let crowded = 0;
    for (const [nodeName, pods] of this.groups) {
      const present = pods.filter((pod) => !pod.metadata.deleting);
      const newPods = present.filter((pod) => isUpdated(pod, this.hash));
      const oldPods = present.filter((pod) => !isUpdated(pod, this.hash));
      if (newPods.length > 1 || oldPods.length > 1) crowded++;
      else nodes.push({ nodeName, newPod: newPods[0], oldPod: oldPods[0] });
    }
    return { nodes, crowded };
  }

  private isAvailable(pod: Pod | undefined): boolean {
    return pod !== undefined && isPodAvailable(pod, this.spec.minReadySeconds, this.nowNs);
  }
}

function podsByNode(pods: Iterable<Pod>): ReadonlyMap<string, readonly Pod[]> {
  const groups = new Map<string, Pod[]>();
  for (const pod of pods) {
    const node = countsOn(pod);
    if (node === undefined) continue;
    const group = groups.get(node);
    if (group === undefined) groups.set(node, [pod]);
    else group.push(pod);
  }
  return groups;
}
