import { byRevision, CONTROLLER_REVISION_HASH, type ControllerRevision } from '../../../src/api/controller-revision.js';
import { type Kind, POD } from '../../../src/api/kind.js';
import { ObjectMeta } from '../../../src/api/meta.js';
import { draft } from '../../../src/api/object.js';
import { type Pod, type PodPhase, PodSpec, PodStatus, type PodTemplate } from '../../../src/api/pod.js';
import { PodShapes } from '../../../src/api/pod-shapes.js';
import type { StatefulSetSpec, StatefulSetStatus } from '../../../src/api/stateful-set.js';
import type { IntOrPercent } from '../../../src/api/workload.js';
import { podName } from '../../../src/spokes/controllers/statefulset/ordinal.js';
import { revisionOf } from '../../../src/spokes/controllers/statefulset/pod-health.js';
import { expiredRevisions, revisionChange } from '../../../src/spokes/controllers/statefulset/revision-history.js';
import {
  planStatefulSet,
  type StatefulSetAction,
} from '../../../src/spokes/controllers/statefulset/stateful-set-plan.js';
import {
  type RevisionPair,
  statefulSetStatus,
  statusIsCurrent,
} from '../../../src/spokes/controllers/statefulset/stateful-set-status.js';
import { type Case, Skip, type Suite } from '../suite.js';

export const statefulset: Suite = { name: 'statefulset', answer };

interface Constants {
  readonly featureGates: { readonly MaxUnavailableStatefulSet: boolean };
}

interface SpecManifest {
  readonly podManagementPolicy: 'OrderedReady' | 'Parallel';
  readonly replicas: number;
  readonly revisionHistoryLimit: number;
  readonly minReadySeconds?: number;
  readonly ordinals?: { readonly start?: number };
  readonly updateStrategy: {
    readonly type: 'RollingUpdate' | 'OnDelete';
    readonly rollingUpdate?: { readonly partition?: number; readonly maxUnavailable?: IntOrPercent };
  };
}

function answer({ tags, input }: Case, constants: unknown): unknown {
  const gate = (constants as Constants).featureGates.MaxUnavailableStatefulSet;
  if (tags[0]?.startsWith('decision-')) return decision(input as DecisionInput, gate);
  if (tags[0]?.startsWith('rollout-')) return new Rollout(input as RolloutInput, gate).run();
  return new Skip(`unknown question ${tags[0]}`);
}

interface DecisionInput {
  readonly pods: readonly PodState[];
  readonly spec: SpecManifest;
}

interface PodState {
  readonly name: string;
  readonly phase: PodPhase;
  readonly ready: boolean;
  readonly terminating: boolean;
  readonly ver: string;
}

function decision(input: DecisionInput, honoursMaxUnavailable: boolean): unknown {
  const spec = specOf(input.spec, templateOf(new PodShapes(), 'v2'));
  const pods = input.pods.map(({ name, phase, ready, terminating, ver }) =>
    newPod(name, ver, PodStatus.of({ phase, ready, readySinceNs: 0 }), terminating),
  );
  const revisions: RevisionPair = { current: 'v1', update: 'v2' };
  const view = { spec, currentReplicas: 0, deleting: false, pods, revisions, nowNs: 0, honoursMaxUnavailable };
  const { stages, counts } = planStatefulSet(view);
  const {
    observedGeneration: _,
    collisionCount,
    currentRevision,
    updateRevision,
    ...status
  } = statefulSetStatus(spec, counts, revisions, 1, 0);
  return { actions: actionTexts(stages, spec, (name) => name), error: false, status };
}

function actionTexts(
  stages: readonly (readonly (StatefulSetAction | undefined)[])[],
  spec: StatefulSetSpec,
  version: (revision: string) => string,
): readonly string[] {
  const actions = stages.flat().filter((action) => action !== undefined);
  const texts = actions.map((action) =>
    action.verb === 'create'
      ? `create ${podName('db', action.ordinal)} ${version(action.revision)}`
      : `delete ${action.pod.metadata.name}`,
  );
  return spec.podManagementPolicy === 'Parallel' ? texts.sort() : texts;
}

/** The trace ends after so many rounds without an action, once nothing more is to come. */
const QUIET_ROUNDS = 4;
const ROUNDS_MAX = 2000;

interface RolloutInput {
  readonly statefulSet: {
    readonly spec: SpecManifest & { readonly template: { readonly metadata: { readonly labels: { ver: string } } } };
  };
  readonly events?: readonly UserEvent[] | null;
  readonly readyAfterRounds: Readonly<Record<string, number>>;
}

interface UserEvent {
  readonly round: number;
  readonly setTemplate?: string;
  readonly setReplicas?: number;
  readonly setPartition?: number;
}

/** One StatefulSet and its pods in a world where every write is seen at once. */
class Rollout {
  private readonly input: RolloutInput;
  private readonly events: readonly UserEvent[];
  private readonly honoursMaxUnavailable: boolean;
  private readonly shapes: PodShapes;
  private spec: StatefulSetSpec;
  private status: StatefulSetStatus;
  private revisions: readonly ControllerRevision[];
  private pods: readonly Pod[];
  private readonly bornIn: Map<string, number>;

  constructor(input: RolloutInput, honoursMaxUnavailable: boolean) {
    this.input = input;
    this.events = input.events ?? [];
    this.honoursMaxUnavailable = honoursMaxUnavailable;
    this.shapes = new PodShapes();
    const { spec } = input.statefulSet;
    this.spec = specOf(spec, templateOf(this.shapes, spec.template.metadata.labels.ver));
    this.status = NO_STATUS;
    this.revisions = [];
    this.pods = [];
    this.bornIn = new Map();
  }

  run(): unknown {
    const steps: unknown[] = [];
    const lastEvent = Math.max(-1, ...this.events.map(({ round }) => round));
    let quiet = 0;
    for (let round = 0; round < ROUNDS_MAX && (quiet < QUIET_ROUNDS || round <= lastEvent); round++) {
      for (const event of this.events) if (event.round === round) this.edit(event);
      const actions = this.sync(round);
      quiet = actions.length === 0 ? quiet + 1 : 0;
      if (actions.length > 0) steps.push({ round, actions });
      this.makeReady(round);
    }
    const { replicas, readyReplicas, currentReplicas, updatedReplicas, currentRevision, updateRevision } = this.status;
    const updateComplete = currentRevision === updateRevision;
    const status = { replicas, readyReplicas, currentReplicas, updatedReplicas, updateComplete };
    return { steps: [...steps, { round: 'end', status }] };
  }

  private edit({ setTemplate, setReplicas, setPartition }: UserEvent): void {
    if (setTemplate !== undefined) this.spec = { ...this.spec, template: templateOf(this.shapes, setTemplate) };
    if (setReplicas !== undefined) this.spec = { ...this.spec, replicas: setReplicas };
    if (setPartition !== undefined) this.spec = { ...this.spec, partition: setPartition };
  }

  private sync(round: number): readonly string[] {
    const { spec, pods, honoursMaxUnavailable } = this;
    const revisions = this.findRevisions();
    const { currentReplicas } = this.status;
    const view = { spec, currentReplicas, deleting: false, pods, revisions, nowNs: 0, honoursMaxUnavailable };
    const { stages, counts } = planStatefulSet(view);
    for (const action of stages.flat()) if (action !== undefined) this.apply(action, round);
    const status = statefulSetStatus(spec, counts, revisions, 0, 0);
    if (!statusIsCurrent(this.status, status)) this.status = status;
    const live = new Set([revisions.current, revisions.update, ...pods.map(revisionOf)]);
    const expired = new Set(expiredRevisions(this.revisions, live, spec.revisionHistoryLimit));
    this.revisions = this.revisions.filter((each) => !expired.has(each));
    return actionTexts(stages, spec, (name) => this.versionOf(name));
  }

  /** The revisions the set is at and goes to, once its history has been brought up to date. */
  private findRevisions(): RevisionPair {
    const change = revisionChange(this.spec.template, this.revisions);
    const update =
      change.verb === 'keep' ? change.existing.metadata.name : this.putRevision(change.revision, this.spec.template);
    const current = this.revisions.find((each) => each.metadata.name === this.status.currentRevision);
    return { current: current?.metadata.name ?? update, update };
  }

  private putRevision(revision: number, template: PodTemplate): string {
    const name = `db-${template.labels.ver}`;
    const put = draft(CONTROLLER_REVISION, ObjectMeta.of({ name }), { revision, template }, undefined);
    const others = this.revisions.filter((each) => each.metadata.name !== name);
    this.revisions = [...others, put].sort(byRevision);
    return name;
  }

  private versionOf(revisionName: string): string {
    const revision = this.revisions.find((each) => each.metadata.name === revisionName);
    return revision?.spec.template.labels.ver ?? '';
  }

  private apply(action: StatefulSetAction, round: number): void {
    if (action.verb === 'delete') {
      this.pods = this.pods.filter((pod) => pod !== action.pod);
      return;
    }
    const name = podName('db', action.ordinal);
    this.pods = [...this.pods, newPod(name, action.revision, PodStatus.of({ phase: 'Pending' }), false)];
    this.bornIn.set(name, round);
  }

  private makeReady(round: number): void {
    this.pods = this.pods.map((pod) => {
      const rounds = this.input.readyAfterRounds[this.versionOf(revisionOf(pod))] ?? 1;
      const age = round - this.bornIn.get(pod.metadata.name)!;
      return rounds < 0 || age < rounds ? pod : pod.withStatus(READY);
    });
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

const NO_STATUS: StatefulSetStatus = {
  observedGeneration: 0,
  replicas: 0,
  readyReplicas: 0,
  availableReplicas: 0,
  currentReplicas: 0,
  updatedReplicas: 0,
  currentRevision: '',
  updateRevision: '',
  collisionCount: 0,
};

function specOf(manifest: SpecManifest, template: PodTemplate): StatefulSetSpec {
  const { podManagementPolicy, replicas, revisionHistoryLimit, updateStrategy, minReadySeconds = 0 } = manifest;
  const { type, rollingUpdate } = updateStrategy;
  return {
    replicas,
    selector: {},
    template,
    serviceName: 'db',
    podManagementPolicy,
    updateStrategy: type,
    partition: rollingUpdate === undefined ? -1 : (rollingUpdate.partition ?? 0),
    maxUnavailable: rollingUpdate?.maxUnavailable ?? 1,
    minReadySeconds,
    firstOrdinal: manifest.ordinals?.start ?? 0,
    revisionHistoryLimit,
  };
}

function templateOf(shapes: PodShapes, ver: string): PodTemplate {
  const shape = shapes.of({ containers: [{ name: 'c', image: `db:${ver}` }] });
  return { labels: { app: 'db', ver }, annotations: {}, shape };
}

function newPod(name: string, revision: string, status: PodStatus, terminating: boolean): Pod {
  const labels = { app: 'db', [CONTROLLER_REVISION_HASH]: revision };
  const deletion = terminating ? { deletionTimestampNs: 0 } : {};
  const shape = {} as PodSpec['shape'];
  return draft(POD, ObjectMeta.of({ namespace: 'default', name, labels, ...deletion }), new PodSpec(shape, ''), status);
}
