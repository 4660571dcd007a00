import { NAMESPACE_CONTENT } from '../../../api/finalizers.js';
import { type Kind, NAMESPACE, POD } from '../../../api/kind.js';
import type { Namespace, NamespaceCondition } from '../../../api/namespace.js';
import type { ApiObject } from '../../../api/object.js';
import type { Pod } from '../../../api/pod.js';
import type { ApiClient } from '../../../client/api-client.js';
import type { Wait } from '../../../client/task.js';

/** How long objects with finalizers are given (finalizerEstimateSeconds). */
const FINALIZER_SECONDS = 15;

/** What a look at the objects of a kind came to. */
interface Emptied {
  /** Seconds that what is left may take. */
  readonly estimate: number;
  readonly left: number;
  readonly finalizers: boolean;
  readonly failed: boolean;
}

const NOTHING_LEFT: Emptied = { estimate: 0, left: 0, finalizers: false, failed: false };

type Conditions = ReadonlyMap<NamespaceCondition['type'], boolean>;

/**
 * Deletes everything in a namespace that ends, and the namespace itself when nothing is left
 * (deletion/namespaced_resources_deleter.go). Ends with the seconds after which to look again, 0 when it is done.
 */
export function* emptyNamespace(
  client: ApiClient,
  known: Namespace,
  podsFirst: boolean,
  others: readonly Kind[],
  nowNs: () => number,
): Generator<Wait, number | 'failed', void> {
  const read = client.get(NAMESPACE, '', known.metadata.name);
  yield read;
  if (read.code === 404) return 0;
  if (!read.ok) return 'failed';
  const namespace = read.object as Namespace;
  if (!namespace.metadata.deleting || !namespace.metadata.finalizers.includes(NAMESPACE_CONTENT)) return 0;
  const pods = podsFirst ? yield* emptyKind(client, POD, namespace, nowNs) : NOTHING_LEFT;
  if (pods.left > 0 || pods.failed) {
    yield* writeConditions(client, namespace, failures(pods.failed));
    return pods.failed ? 'failed' : pods.estimate;
  }
  const emptied: Emptied[] = [];
  for (const kind of others) emptied.push(yield* emptyKind(client, kind, namespace, nowNs));
  const failed = emptied.some((one) => one.failed);
  const remains = emptied.some(({ left }) => left > 0);
  const held = emptied.some(({ finalizers }) => finalizers);
  const totals: Conditions = new Map([
    ...failures(failed),
    ['NamespaceContentRemaining', remains],
    ['NamespaceFinalizersRemaining', held],
  ]);
  yield* writeConditions(client, namespace, totals);
  if (failed) return 'failed';
  const estimate = Math.max(0, ...emptied.map((one) => one.estimate));
  return estimate > 0 ? estimate : yield* finalize(client, namespace);
}

/** Deletes the objects of a kind, and looks what is left. */
function* emptyKind(
  client: ApiClient,
  kind: Kind,
  { metadata: { name, deletionTimestampNs } }: Namespace,
  nowNs: () => number,
): Generator<Wait, Emptied, void> {
  const inside = ({ metadata }: ApiObject): boolean => metadata.namespace === name;
  const listed = (kind === POD ? yield* list(client, kind, inside) : undefined) ?? [];
  const grace = Math.max(0, ...(listed as readonly Pod[]).map(graceSeconds));
  const estimate = nowNs() - deletionTimestampNs >= grace * 1e9 ? 0 : grace;
  const call = client.deleteCollection(kind, name, { propagationPolicy: 'Background' });
  yield call;
  const left = call.ok ? yield* list(client, kind, inside) : undefined;
  if (left === undefined) return { estimate, left: 0, finalizers: false, failed: true };
  const finalizers = left.some(({ metadata }) => metadata.finalizers.length > 0);
  if (left.length === 0) return NOTHING_LEFT;
  const seconds = estimate === 0 && finalizers ? FINALIZER_SECONDS : estimate;
  return { estimate: seconds, left: left.length, finalizers, failed: seconds === 0 };
}

function graceSeconds({ spec, status }: Pod): number {
  const ended = status.phase === 'Succeeded' || status.phase === 'Failed';
  return ended ? 0 : spec.shape.terminationGracePeriodSeconds;
}

function* list(
  client: ApiClient,
  kind: Kind,
  inside: (object: ApiObject) => boolean,
): Generator<Wait, readonly ApiObject[] | undefined, void> {
  const call = client.list(kind, '', inside);
  yield call;
  return call.ok ? call.items : undefined;
}

function failures(contentFailed: boolean): Conditions {
  return new Map([
    ['NamespaceDeletionDiscoveryFailure', false],
    ['NamespaceDeletionGroupVersionParsingFailure', false],
    ['NamespaceDeletionContentFailure', contentFailed],
  ]);
}

/** Writes conditions that are not as they were; a conflict is left to the next time. */
function* writeConditions(client: ApiClient, namespace: Namespace, wanted: Conditions): Generator<Wait, void, void> {
  const before = namespace.status.conditions ?? [];
  const same = [...wanted].every(([type, is]) => before.find((one) => one.type === type)?.status === text(is));
  if (same) return;
  const kept = before.filter(({ type }) => !wanted.has(type));
  const conditions = [...kept, ...[...wanted].map(([type, is]) => ({ type, status: text(is) }))];
  yield client.updateStatus(namespace.withStatus({ ...namespace.status, conditions }));
}

function text(is: boolean): 'True' | 'False' {
  return is ? 'True' : 'False';
}

function* finalize(client: ApiClient, namespace: Namespace): Generator<Wait, number | 'failed', void> {
  for (let latest = namespace; ; ) {
    const finalizers = latest.metadata.finalizers.filter((each) => each !== NAMESPACE_CONTENT);
    const call = client.finalize(latest.withMetadata(latest.metadata.with({ finalizers })) as Namespace);
    yield call;
    if (call.ok || call.code === 404) return 0;
    if (call.code !== 409) return 'failed';
    const read = client.get(NAMESPACE, '', latest.metadata.name);
    yield read;
    if (read.code === 404) return 0;
    if (!read.ok || read.object!.id !== namespace.id) return 'failed';
    latest = read.object as Namespace;
  }
}
