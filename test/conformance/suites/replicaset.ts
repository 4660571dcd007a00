import { POD, REPLICA_SET } from '../../../src/api/kind.js';
import type { Labels } from '../../../src/api/labels.js';
import { ObjectMeta } from '../../../src/api/meta.js';
import { draft } from '../../../src/api/object.js';
import { type Pod, type PodPhase, PodSpec, PodStatus } from '../../../src/api/pod.js';
import type { PodShape } from '../../../src/api/pod-shape.js';
import type { ReplicaSet } from '../../../src/api/workload.js';
import { nextBatchSize } from '../../../src/client/slow-start.js';
import {
  compareForDeletion,
  countActiveByNode,
  deletionCandidate,
} from '../../../src/spokes/controllers/replicaset/deletion-order.js';
import { countPods } from '../../../src/spokes/controllers/replicaset/pod-counts.js';
import { replicaSetStatus } from '../../../src/spokes/controllers/replicaset/replica-set-status.js';
import { type Case, Skip, type Suite } from '../suite.js';

export const replicaset: Suite = { name: 'replicaset', answer };

function answer({ tags, input }: Case): unknown {
  const question = QUESTIONS[tags[0] ?? ''];
  return question === undefined ? new Skip(`unknown question ${tags[0]}`) : question(input as never);
}

const QUESTIONS: Readonly<Record<string, (input: never) => unknown>> = { deletionOrder, slowStart, status };

interface PodManifest {
  readonly metadata: {
    readonly name: string;
    readonly uid?: string;
    readonly labels?: Labels;
    readonly annotations?: Labels;
    readonly creationTimestamp?: string;
    readonly deletionTimestamp?: string;
  };
  readonly spec?: {
    readonly nodeName?: string;
    readonly initContainers?: readonly { name: string; restartPolicy?: string }[];
  };
  readonly status: {
    readonly phase: PodPhase;
    readonly conditions?: readonly { type: string; status: string; lastTransitionTime?: string }[];
    readonly containerStatuses?: readonly { name: string; restartCount: number }[];
    readonly initContainerStatuses?: readonly { name: string; restartCount: number }[];
  };
}

/** The moment of the decision in virtual time: late enough for pods of two months before it. */
const NOW_NS = 60 * 86_400 * 1e9;

function deletionOrder(input: {
  now: string;
  pods: readonly PodManifest[];
  relatedPods: readonly PodManifest[];
}): unknown {
  const all = [...input.pods, ...input.relatedPods].map((each) => podOf(each, input.now));
  const ranks = new Map<string, number>();
  countActiveByNode(ranks, all);
  const uids = input.pods.map(({ metadata }) => metadata.uid ?? '').sort();
  const candidates = input.pods.map((manifest, index) => ({
    ...deletionCandidate(all[index]!, ranks),
    name: manifest.metadata.name,
    tie: uids.indexOf(manifest.metadata.uid ?? ''),
    sidecarRestarts: mostSidecarRestarts(manifest),
  }));
  const order = [...candidates].sort((a, b) => compareForDeletion(a, b, NOW_NS)).map(({ name }) => name);
  return { order, ranks: Object.fromEntries(candidates.map(({ name, rank }) => [name, rank])) };
}

function slowStart(input: { count: number; initialBatch: number; succeedOnlyFirst?: number }): unknown {
  const successes = input.succeedOnlyFirst ?? input.count;
  const batches: number[] = [];
  let attempted = 0;
  for (let size = 0; attempted <= successes; ) {
    size = nextBatchSize(size, input.count - attempted, input.initialBatch);
    if (size === 0) break;
    batches.push(size);
    attempted += size;
  }
  return { attempted, batches, error: attempted > successes, succeeded: Math.min(attempted, successes) };
}

function status(input: {
  now: string;
  pods: readonly PodManifest[];
  replicaSet: ReplicaSetManifest;
  manageError: boolean;
}): unknown {
  const replicaSet = replicaSetOf(input.replicaSet);
  const pods = input.pods.map((each) => podOf(each, input.now));
  const counts = countPods(replicaSet, pods, NOW_NS);
  const {
    observedGeneration: _,
    failure,
    ...numbers
  } = replicaSetStatus(replicaSet, counts, input.manageError ? 'quota' : '', NOW_NS);
  const { reason, message } = failure ?? {};
  return { ...numbers, conditions: failure ? [{ type: 'ReplicaFailure', status: 'True', reason, message }] : [] };
}

interface ReplicaSetManifest {
  readonly spec: {
    readonly replicas: number;
    readonly minReadySeconds?: number;
    readonly template: { readonly metadata: { readonly labels: Labels } };
  };
  readonly status: { readonly conditions?: readonly { reason: 'FailedCreate' | 'FailedDelete'; message: string }[] };
}

function replicaSetOf({ spec, status }: ReplicaSetManifest): ReplicaSet {
  const template = { labels: spec.template.metadata.labels, annotations: {}, shape: NO_SHAPE };
  const { replicas, minReadySeconds = 0 } = spec;
  const known = status.conditions?.[0];
  const failure = known && { reason: known.reason, message: known.message, lastTransitionNs: 0 };
  const numbers = {
    replicas: 0,
    fullyLabeledReplicas: 0,
    readyReplicas: 0,
    availableReplicas: 0,
    terminatingReplicas: 0,
  };
  return draft(
    REPLICA_SET,
    ObjectMeta.of({ namespace: 'default', name: 'web' }),
    { replicas, minReadySeconds, selector: {}, template },
    { observedGeneration: 0, ...numbers, ...(failure && { failure }) },
  );
}

const NO_SHAPE = {} as PodShape;

function podOf({ metadata, spec, status }: PodManifest, now: string): Pod {
  const ns = (time: string | undefined): number =>
    time === undefined ? -1 : (Date.parse(time) - Date.parse(now)) * 1e6 + NOW_NS;
  const ready = status.conditions?.find((each) => each.type === 'Ready' && each.status === 'True');
  return draft(
    POD,
    ObjectMeta.of({
      namespace: 'default',
      name: metadata.name,
      labels: metadata.labels ?? {},
      annotations: metadata.annotations ?? {},
      creationTimestampNs: ns(metadata.creationTimestamp),
      deletionTimestampNs: ns(metadata.deletionTimestamp),
    }),
    new PodSpec(NO_SHAPE, spec?.nodeName ?? ''),
    PodStatus.of({
      phase: status.phase,
      ready: ready !== undefined,
      readySinceNs: ns(ready?.lastTransitionTime),
      restarts: Math.max(0, ...(status.containerStatuses ?? []).map(({ restartCount }) => restartCount)),
    }),
  );
}

function mostSidecarRestarts({ spec, status }: PodManifest): number {
  const sidecars = (spec?.initContainers ?? []).filter((each) => each.restartPolicy === 'Always');
  const names = new Set(sidecars.map(({ name }) => name));
  const statuses = (status.initContainerStatuses ?? []).filter(({ name }) => names.has(name));
  return Math.max(0, ...statuses.map(({ restartCount }) => restartCount));
}
