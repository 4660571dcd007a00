import { CONTROLLER_REVISION_HASH, type ControllerRevision } from '../../../src/api/controller-revision.js';
import type { DaemonSetSpec } from '../../../src/api/daemon-set.js';
import { type Kind, POD } from '../../../src/api/kind.js';
import type { Labels } from '../../../src/api/labels.js';
import { ObjectMeta } from '../../../src/api/meta.js';
import type { Node } from '../../../src/api/node.js';
import { draft } from '../../../src/api/object.js';
import { PENDING, type Pod, PodSpec, PodStatus, type PodTemplate } from '../../../src/api/pod.js';
import type { PodSpecManifest } from '../../../src/api/pod-manifest.js';
import { PodShapes } from '../../../src/api/pod-shapes.js';
import type { TaintEffect } from '../../../src/api/taint.js';
import type { IntOrPercent } from '../../../src/api/workload.js';
import { daemonHistory, expiredRevisions } from '../../../src/spokes/controllers/daemonset/daemon-history.js';
import { pinnedTo, withDaemonTolerations } from '../../../src/spokes/controllers/daemonset/daemon-pod-spec.js';
import { type DaemonSetPlan, planDaemonSet } from '../../../src/spokes/controllers/daemonset/daemon-set-plan.js';
import { type DaemonCounts, daemonCounts } from '../../../src/spokes/controllers/daemonset/daemon-set-status.js';
import type { DaemonTally } from '../../../src/spokes/controllers/daemonset/daemon-tally.js';
import { nodeEligibility } from '../../../src/spokes/controllers/daemonset/node-eligibility.js';
import { rollingUpdate } from '../../../src/spokes/controllers/daemonset/rolling-update.js';
import { lookAt, sampleNode } from '../../unit/controllers/daemonset/daemon-nodes.js';
import { type Case, Skip, type Suite } from '../suite.js';

export const daemonset: Suite = { name: 'daemonset', answer };

function answer({ tags, input }: Case): unknown {
  if (tags[0] === 'nodeShouldRun') return nodeShouldRun(input as EligibilityInput);
  if (tags[0] === 'rollout') return new Rollout(input as RolloutInput).run();
  return new Skip(`unknown question ${tags[0]}`);
}

interface TaintManifest {
  readonly key: string;
  readonly value?: string;
  readonly effect: TaintEffect;
}

interface EligibilityInput {
  readonly node: {
    readonly metadata: { readonly name: string; readonly labels?: Labels };
    readonly spec?: { readonly unschedulable?: boolean; readonly taints?: readonly TaintManifest[] };
  };
  readonly template: { readonly spec: PodSpecManifest };
}

function nodeShouldRun({ node, template }: EligibilityInput): unknown {
  const { name, labels = {} } = node.metadata;
  const taints = (node.spec?.taints ?? []).map(({ key, value = '', effect }) => ({ key, value, effect }));
  const shape = new PodShapes().of(withDaemonTolerations(template.spec));
  return nodeEligibility(sampleNode(name, labels, taints), shape, template.spec.nodeName ?? '');
}

/** The trace ends after so many rounds without an action, once nothing more is to come. */
const QUIET_ROUNDS = 4;
const ROUNDS_MAX = 2000;

interface RolloutInput {
  readonly daemonSet: {
    readonly spec: {
      readonly revisionHistoryLimit: number;
      readonly minReadySeconds?: number;
      readonly template: { readonly metadata: { readonly labels: { readonly ver: string } } };
      readonly updateStrategy: {
        readonly type: 'RollingUpdate' | 'OnDelete';
        readonly rollingUpdate?: { readonly maxSurge?: IntOrPercent; readonly maxUnavailable?: IntOrPercent };
      };
    };
  };
  readonly events?: readonly { readonly round: number; readonly setTemplate?: string; readonly addNode?: boolean }[];
  readonly nodes: number;
  readonly readyAfterRounds: Readonly<Record<string, number>>;
}

/** One DaemonSet, its nodes and pods in a world where every write is seen at once. */
class Rollout {
  private readonly input: RolloutInput;
  private readonly shapes: PodShapes;
  private spec: DaemonSetSpec;
  private nodes: readonly Node[];
  private pods: readonly Pod[];
  private revisions: readonly ControllerRevision[];
  private status: DaemonCounts | undefined;
  private readonly bornIn: Map<string, number>;
  private made: number;

  constructor(input: RolloutInput) {
    this.input = input;
    this.shapes = new PodShapes();
    const { template, updateStrategy, revisionHistoryLimit, minReadySeconds = 0 } = input.daemonSet.spec;
    this.spec = {
      selector: {},
      template: this.template(template.metadata.labels.ver),
      nodeName: '',
      updateStrategy: updateStrategy.type,
      maxSurge: updateStrategy.rollingUpdate?.maxSurge ?? 0,
      maxUnavailable: updateStrategy.rollingUpdate?.maxUnavailable ?? 1,
      minReadySeconds,
      revisionHistoryLimit,
    };
    this.nodes = Array.from({ length: input.nodes }, (_, index) => sampleNode(`n${index}`));
    this.pods = [];
    this.revisions = [];
    this.status = undefined;
    this.bornIn = new Map();
    this.made = 0;
  }

  run(): unknown {
    const steps: unknown[] = [];
    const events = this.input.events ?? [];
    const lastEvent = Math.max(-1, ...events.map(({ round }) => round));
    let quiet = 0;
    for (let round = 0; round < ROUNDS_MAX && (quiet < QUIET_ROUNDS || round <= lastEvent); round++) {
      for (const { round: when, setTemplate, addNode } of events) {
        if (when !== round) continue;
        if (setTemplate !== undefined) this.spec = { ...this.spec, template: this.template(setTemplate) };
        if (addNode === true) this.nodes = [...this.nodes, sampleNode(`n${this.nodes.length}`)];
      }
      const { created, deleted } = this.sync(round);
      const acted = Object.keys(created).length + Object.keys(deleted).length > 0;
      quiet = acted ? 0 : quiet + 1;
      if (acted) steps.push({ round, created, deleted });
      this.makeReady(round);
    }
    return { steps: [...steps, { round: 'end', status: this.status }] };
  }

  private sync(round: number): { created: Record<string, number>; deleted: Record<string, number> } {
    const hash = this.recordRevision();
    const { spec, nodes } = this;
    const tally = lookAt(spec, hash, nodes, this.pods);
    const plan = planDaemonSet({ spec, hash, nowNs: 0, inBackoff: () => false }, tally.wanting);
    const { doomed, newNodes } = this.step(plan, tally);
    const created = newNodes.map((name) => this.newPod(name, hash));
    this.status = daemonCounts(tally.totals);
    this.pods = [...this.pods.filter((pod) => !doomed.includes(pod)), ...created];
    for (const pod of created) this.bornIn.set(pod.metadata.name, round);
    return { created: countVersions(created), deleted: countVersions(doomed) };
  }

  /** The main loop's wishes; where it has none, a step of the rolling update. */
  private step(plan: DaemonSetPlan, tally: DaemonTally): Pick<DaemonSetPlan, 'doomed' | 'newNodes'> {
    const settled = plan.newNodes.length + plan.doomed.length === 0;
    if (!settled || this.spec.updateStrategy === 'OnDelete') return plan;
    return rollingUpdate(this.spec, tally);
  }

  /** Brings the history up to date; the version stands for the hash. */
  private recordRevision(): string {
    const { template, revisionHistoryLimit } = this.spec;
    const { current, revision, old } = daemonHistory(template, this.revisions);
    const name = current?.metadata.name ?? template.labels.ver!;
    const recorded = draft(CONTROLLER_REVISION, ObjectMeta.of({ name }), { revision, template }, undefined);
    const live = new Set(this.pods.map((pod) => pod.metadata.labels[CONTROLLER_REVISION_HASH] ?? ''));
    const expired = expiredRevisions(old, live, (each) => each.metadata.name, revisionHistoryLimit);
    this.revisions = [...old.filter((each) => !expired.includes(each)), recorded];
    return name;
  }

  private makeReady(round: number): void {
    this.pods = this.pods.map((pod) => {
      const rounds = this.input.readyAfterRounds[versionOf(pod)] ?? 1;
      const age = round - this.bornIn.get(pod.metadata.name)!;
      return rounds < 0 || age < rounds ? pod : pod.withStatus(READY);
    });
  }

  private newPod(nodeName: string, hash: string): Pod {
    const { labels, shape } = this.spec.template;
    const pinned = this.shapes.of(pinnedTo(shape.spec, nodeName));
    const meta = ObjectMeta.of({
      namespace: 'default',
      name: `agent-${this.bornIn.size}-${nodeName}`,
      labels: { ...labels, [CONTROLLER_REVISION_HASH]: hash },
    });
    return draft(POD, meta, new PodSpec(pinned, nodeName), PENDING).stamped(this.made++, 1, meta);
  }

  private template(ver: string): PodTemplate {
    const spec = withDaemonTolerations({ containers: [{ name: 'c', image: `a:${ver}` }] });
    return { labels: { app: 'agent', ver }, annotations: {}, shape: this.shapes.of(spec) };
  }
}

const CONTROLLER_REVISION: Kind = {
  id: -1,
  group: 'apps',
  version: 'v1',
  name: 'ControllerRevision',
  resource: 'controllerrevisions',
  namespaced: true,
  watchCached: true,
};

const READY = PodStatus.of({ phase: 'Running', ready: true, readySinceNs: 0 });

function versionOf(pod: Pod): string {
  return pod.metadata.labels.ver ?? '';
}

function countVersions(pods: readonly Pod[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const pod of pods) counts[versionOf(pod)] = (counts[versionOf(pod)] ?? 0) + 1;
  return counts;
}
