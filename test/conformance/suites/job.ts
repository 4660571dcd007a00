import {
  type ExitCodePattern,
  type FailureAction,
  type JobSpec,
  type JobStatus,
  NEW_JOB_STATUS,
  type PodConditionPattern,
  type PodFailureRule,
  type SuccessRule,
} from '../../../src/api/job.js';
import { POD } from '../../../src/api/kind.js';
import type { Labels } from '../../../src/api/labels.js';
import { ObjectMeta } from '../../../src/api/meta.js';
import { draft } from '../../../src/api/object.js';
import { isPodActive, PENDING, type Pod, PodSpec, PodStatus } from '../../../src/api/pod.js';
import type { PodSpecManifest } from '../../../src/api/pod-manifest.js';
import { PodShapes } from '../../../src/api/pod-shapes.js';
import {
  type FailureRecord,
  NO_FAILURES,
  remainingBackoffNs,
} from '../../../src/spokes/controllers/job/failure-backoff.js';
import { judgeFailure } from '../../../src/spokes/controllers/job/failure-policy.js';
import { IndexSet } from '../../../src/spokes/controllers/job/index-set.js';
import { assessJob, type JobAssessment, type JobView } from '../../../src/spokes/controllers/job/job-assessment.js';
import { completionIndex, type PodEnd, TRACKING_FINALIZER } from '../../../src/spokes/controllers/job/job-pod.js';
import {
  type JobProgress,
  progressOfEnding,
  progressOfPlan,
} from '../../../src/spokes/controllers/job/job-progress.js';
import { settleJob } from '../../../src/spokes/controllers/job/job-settlement.js';
import { trackPods } from '../../../src/spokes/controllers/job/job-tracking.js';
import { type NewPod, planPods } from '../../../src/spokes/controllers/job/pod-plan.js';
import { metSuccessRule } from '../../../src/spokes/controllers/job/success-policy.js';
import { type Case, Skip, type Suite } from '../suite.js';

export const job: Suite = { name: 'job', answer };

function answer({ tags, input }: Case): unknown {
  const [tag = ''] = tags;
  if (tag.startsWith('run-')) return new Run(input as RunInput).steps();
  const question = QUESTIONS[tag];
  return question === undefined ? new Skip(`unknown question ${tag}`) : question(input as never);
}

const QUESTIONS: Readonly<Record<string, (input: never) => unknown>> = {
  backoff,
  indexes,
  successPolicy,
  failurePolicy,
};

function backoff({ failures, elapsedNs }: { failures: number; elapsedNs: number }): unknown {
  return { remainingNs: remainingBackoffNs({ failures, lastFailureNs: 0 }, elapsedNs) };
}

function indexes({ text, completions }: { text: string; completions: number }): unknown {
  const set = IndexSet.parse(text, completions);
  return { canonical: set.toString(), count: set.size };
}

interface SuccessPolicyManifest {
  readonly rules: readonly Partial<SuccessRule>[];
}

function successPolicy(input: {
  completions: number;
  policy: SuccessPolicyManifest;
  succeededIndexes: string;
}): unknown {
  const succeeded = IndexSet.parse(input.succeededIndexes, input.completions);
  const message = metSuccessRule(successRules(input.policy), input.completions, succeeded);
  return { met: message !== undefined, message: message ?? '' };
}

function successRules({ rules }: SuccessPolicyManifest): readonly SuccessRule[] {
  return rules.map(({ succeededIndexes, succeededCount }) => ({ succeededIndexes, succeededCount }));
}

interface FailurePolicyManifest {
  readonly rules: readonly {
    readonly action: FailureAction;
    readonly onExitCodes?: Omit<ExitCodePattern, 'containerName'> & { readonly containerName?: string };
    readonly onPodConditions?: readonly PodConditionPattern[];
  }[];
}

function failureRules({ rules }: FailurePolicyManifest): readonly PodFailureRule[] {
  return rules.map(({ action, onExitCodes, onPodConditions }) => ({
    action,
    onExitCodes: onExitCodes && { containerName: '', ...onExitCodes },
    onPodConditions,
  }));
}

interface ContainerStatusManifest {
  readonly name: string;
  readonly state?: { readonly terminated?: { readonly exitCode: number } };
}

function failurePolicy(input: {
  podStatus: {
    conditions?: readonly PodConditionPattern[];
    containerStatuses?: readonly ContainerStatusManifest[];
    initContainerStatuses?: readonly ContainerStatusManifest[];
  };
  policy: FailurePolicyManifest;
}): unknown {
  const { conditions = [], containerStatuses = [], initContainerStatuses = [] } = input.podStatus;
  const containers = [...containerStatuses, ...initContainerStatuses].flatMap(({ name, state }) =>
    state?.terminated === undefined ? [] : [{ name, exitCode: state.terminated.exitCode }],
  );
  const end: PodEnd = { finishedNs: 0, containers, conditions };
  const { action = '', counted } = judgeFailure(failureRules(input.policy), end, 'default/p');
  return { action, counted };
}

interface RunInput {
  readonly job: {
    readonly spec: {
      readonly parallelism: number;
      readonly completions?: number;
      readonly completionMode: 'NonIndexed' | 'Indexed';
      readonly backoffLimit: number;
      readonly backoffLimitPerIndex?: number;
      readonly maxFailedIndexes?: number;
      readonly activeDeadlineSeconds?: number;
      readonly suspend: boolean;
      readonly podReplacementPolicy: 'TerminatingOrFailed' | 'Failed';
      readonly podFailurePolicy?: FailurePolicyManifest;
      readonly successPolicy?: SuccessPolicyManifest;
      readonly template: { readonly metadata: { readonly labels: Labels }; readonly spec: PodSpecManifest };
    };
  };
  readonly events?: readonly {
    readonly round: number;
    readonly setParallelism?: number;
    readonly setSuspend?: boolean;
  }[];
  readonly outcomes: readonly Outcome[];
}

interface Outcome {
  readonly afterRounds: number;
  readonly result: 'Succeeded' | 'Failed';
  readonly exitCode?: number;
}

const NOT_ENDED: PodEnd = { finishedNs: -1, containers: [], conditions: [] };

const ROUNDS_MAX = 1000;
const ROUND_NS = 1e9;
const SYNCS_PER_ROUND = 2;

interface Changes {
  created: number;
  deleted: number;
  readonly indexes: number[];
}

/** One Job and its pods in a world where every write is seen at once, second by second. */
class Run {
  private readonly input: RunInput;
  private spec: JobSpec;
  private status: JobStatus;
  private pods: readonly Pod[];
  private failures: FailureRecord;
  private readonly ends: Map<number, PodEnd>;
  private nowNs: number;
  private nextId: number;

  constructor(input: RunInput) {
    this.input = input;
    this.spec = specOf(input.job.spec);
    this.status = NEW_JOB_STATUS;
    this.pods = [];
    this.failures = NO_FAILURES;
    this.ends = new Map();
    this.nowNs = 0;
    this.nextId = 0;
  }

  steps(): unknown {
    const steps: unknown[] = [];
    let before = '';
    for (let round = 0; round < ROUNDS_MAX && !this.finished; round++) {
      this.nowNs = round * ROUND_NS;
      for (const event of this.input.events ?? []) if (event.round === round) this.edit(event);
      const changes: Changes = { created: 0, deleted: 0, indexes: [] };
      for (let sync = 0; sync < SYNCS_PER_ROUND && !this.finished; sync++) this.sync(changes);
      this.endPods();
      const status = statusText(this.status, this.spec);
      const { created, deleted } = changes;
      const changed = created + deleted > 0 || JSON.stringify(status) !== before;
      before = JSON.stringify(status);
      if (changed) steps.push({ round, ...changesText(changes), status });
    }
    return { steps };
  }

  private get finished(): boolean {
    return this.status.conditions.some(({ type }) => type === 'Complete' || type === 'Failed');
  }

  private edit({ setParallelism, setSuspend }: { setParallelism?: number; setSuspend?: boolean }): void {
    if (setParallelism !== undefined) this.spec = { ...this.spec, parallelism: setParallelism };
    if (setSuspend !== undefined) this.spec = { ...this.spec, suspend: setSuspend };
  }

  private sync(changes: Changes): void {
    const view: JobView = {
      spec: this.spec,
      status: this.status,
      deleting: false,
      pods: this.pods,
      endOf: (pod) => this.ends.get(pod.id) ?? NOT_ENDED,
      failures: this.failures,
      released: new Set(),
      nowNs: this.nowNs,
    };
    const assessment = assessJob(view);
    const progress = this.seeToPods(view, assessment, changes);
    const tracking = trackPods(view, assessment, progress);
    if (tracking.changed) this.failures = assessment.failures;
    const released = new Set(tracking.releases.map(({ id }) => id));
    this.pods = this.pods.map((pod) =>
      released.has(pod.id) ? pod.withMetadata(pod.metadata.with({ finalizers: [] })) : pod,
    );
    const settled = settleJob(tracking, new Set(view.pods.map(({ id }) => id).filter((id) => !released.has(id))));
    if (tracking.changed || settled.changed) this.status = settled.status;
  }

  private seeToPods(view: JobView, assessment: JobAssessment, changes: Changes): JobProgress {
    if (assessment.end !== undefined) {
      this.delete(assessment.active, changes);
      return progressOfEnding(view.status, assessment, true, true);
    }
    const plan = planPods(view, assessment);
    this.delete(plan.doomed, changes);
    const created = plan.newPods.map((each) => this.newPod(each));
    this.pods = [...this.pods, ...created];
    changes.created += created.length;
    if (this.spec.completionMode === 'Indexed') changes.indexes.push(...created.map(completionIndex));
    return progressOfPlan(view.spec, view.status, assessment, plan, this.nowNs);
  }

  private delete(doomed: readonly Pod[], changes: Changes): void {
    this.pods = this.pods.filter((pod) => !doomed.includes(pod));
    changes.deleted += doomed.length;
  }

  private newPod({ annotations }: NewPod): Pod {
    const id = this.nextId++;
    const meta = ObjectMeta.of({
      namespace: 'default',
      name: `work-${id}`,
      annotations,
      finalizers: [TRACKING_FINALIZER],
      creationTimestampNs: this.nowNs,
    });
    const pod = draft(POD, meta, new PodSpec(this.spec.template.shape, 'n'), PENDING);
    return pod.stamped(id, 1, meta);
  }

  private endPods(): void {
    this.pods = this.pods.map((pod) => {
      if (!isPodActive(pod)) return pod;
      // The file says that outcomes take turns; in all recorded runs every pod ends like the first.
      const outcome = this.input.outcomes[0]!;
      const rounds = (this.nowNs - pod.metadata.creationTimestampNs) / ROUND_NS;
      if (rounds < outcome.afterRounds)
        return pod.status.ready
          ? pod
          : pod.withStatus(PodStatus.of({ phase: 'Running', ready: true, readySinceNs: this.nowNs }));
      const exitCode = outcome.result === 'Failed' ? (outcome.exitCode ?? 1) : 0;
      this.ends.set(pod.id, { finishedNs: this.nowNs, containers: [{ name: 'c', exitCode }], conditions: [] });
      return pod.withStatus(PodStatus.of({ phase: outcome.result }));
    });
  }
}

function changesText({ created, deleted, indexes }: Changes): object {
  return {
    ...(created > 0 && { created }),
    ...(indexes.length > 0 && { indexes: [...indexes].sort((a, b) => a - b) }),
    ...(deleted > 0 && { deleted }),
  };
}

function statusText(status: JobStatus, spec: JobSpec): unknown {
  const { active, ready, terminating, succeeded, failed, completedIndexes, failedIndexes } = status;
  const conditions = status.conditions.filter((each) => each.status === 'True');
  return {
    active,
    ready,
    terminating,
    succeeded,
    failed,
    ...(completedIndexes !== '' && { completedIndexes }),
    ...(spec.backoffLimitPerIndex >= 0 && { failedIndexes }),
    conditions: conditions.map(({ type, reason }) => `${type}:${reason}`).join(','),
  };
}

function specOf(manifest: RunInput['job']['spec']): JobSpec {
  const { template, podFailurePolicy, successPolicy, ...fields } = manifest;
  return {
    managedBy: '',
    parallelism: fields.parallelism,
    completions: fields.completions ?? -1,
    completionMode: fields.completionMode,
    backoffLimit: fields.backoffLimit,
    backoffLimitPerIndex: fields.backoffLimitPerIndex ?? -1,
    maxFailedIndexes: fields.maxFailedIndexes ?? -1,
    activeDeadlineSeconds: fields.activeDeadlineSeconds ?? -1,
    ttlSecondsAfterFinished: -1,
    suspend: fields.suspend,
    podReplacementPolicy: fields.podReplacementPolicy,
    podFailurePolicy: podFailurePolicy && failureRules(podFailurePolicy),
    successPolicy: successPolicy && successRules(successPolicy),
    selector: {},
    template: { labels: template.metadata.labels, annotations: {}, shape: new PodShapes().of(template.spec) },
  };
}
