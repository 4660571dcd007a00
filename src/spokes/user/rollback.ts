import type { Call } from '../../api/call.js';
import type { ControllerRevision } from '../../api/controller-revision.js';
import { NOT_SHARED, POD_TEMPLATE_HASH, REVISION } from '../../api/deployment-annotations.js';
import { CONTROLLER_REVISION, DEPLOYMENT, type Kind, REPLICA_SET } from '../../api/kind.js';
import type { Labels } from '../../api/labels.js';
import { controllerOf } from '../../api/meta.js';
import type { ApiObject } from '../../api/object.js';
import type { PodTemplate } from '../../api/pod.js';
import type { Deployment, ReplicaSet } from '../../api/workload.js';
import type { ApiClient } from '../../client/api-client.js';
import type { Wait } from '../../client/task.js';
import { changed } from './metadata-change.js';

/** A template that a workload has had. */
interface PastTemplate {
  readonly revision: number;
  readonly template: PodTemplate;
  /** Of a Deployment's ReplicaSet. */
  readonly annotations: Labels;
}

/**
 * `kubectl rollout undo` (kubectl/pkg/polymorphichelpers/rollback.go): the template of an earlier revision becomes the
 * workload's; `toRevision` 0 is the one before the latest. Ends with what went wrong, or `''`.
 */
export function* rollback(
  client: ApiClient,
  kind: Kind,
  namespace: string,
  name: string,
  toRevision: number,
): Generator<Wait, string, void> {
  const read = client.get(kind, namespace, name);
  yield read;
  if (!read.ok) return failure(read);
  const workload = read.object!;
  if (kind === DEPLOYMENT && (workload as Deployment).spec.paused)
    return 'a paused deployment cannot be rolled back; resume it first';
  const historyKind = kind === DEPLOYMENT ? REPLICA_SET : CONTROLLER_REVISION;
  const listing = client.list(historyKind, '', (object) => isOwned(object, workload));
  yield listing;
  if (!listing.ok) return failure(listing);
  const target = choose(listing.items!.map(kind === DEPLOYMENT ? ofReplicaSet : ofRevision), toRevision);
  if (target === undefined)
    return toRevision === 0 ? 'there is no earlier revision' : `there is no revision ${toRevision}`;
  const patch = client.patch(workload, { apply: (current) => rolledBack(current, target) });
  yield patch;
  return patch.ok ? '' : failure(patch);
}

function failure({ code, reason }: Call): string {
  return `${code} ${reason}`;
}

function isOwned({ metadata }: ApiObject, { kind, id }: ApiObject): boolean {
  const owner = controllerOf(metadata);
  return owner !== undefined && owner.kindId === kind.id && owner.id === id;
}

function ofReplicaSet(object: ApiObject): PastTemplate {
  const { metadata, spec } = object as ReplicaSet;
  const { [POD_TEMPLATE_HASH]: _, ...labels } = spec.template.labels;
  const template = { ...spec.template, labels };
  return { revision: Number(metadata.annotations[REVISION] ?? 0), template, annotations: metadata.annotations };
}

function ofRevision(object: ApiObject): PastTemplate {
  const { spec } = object as ControllerRevision;
  return { revision: spec.revision, template: spec.template, annotations: {} };
}

function choose(past: readonly PastTemplate[], toRevision: number): PastTemplate | undefined {
  if (toRevision > 0) return past.find(({ revision }) => revision === toRevision);
  return [...past].sort((a, b) => b.revision - a.revision)[1];
}

function rolledBack(current: ApiObject, { template, annotations }: PastTemplate): ApiObject {
  const shared = Object.entries(annotations).filter(([key]) => !NOT_SHARED.has(key));
  const metadata = current.metadata.with({
    annotations: changed(current.metadata.annotations, Object.fromEntries(shared)),
  });
  return current.withMetadata(metadata).withSpec({ ...(current.spec as object), template });
}
