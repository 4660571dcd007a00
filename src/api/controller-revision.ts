import { CONTROLLER_REVISION } from './kind.js';
import type { Labels } from './labels.js';
import { ObjectMeta } from './meta.js';
import { type ApiObject, draft } from './object.js';
import type { PodTemplate } from './pod.js';
import { revisionHash } from './revision-name.js';

/** The label by which a pod says which revision of its StatefulSet or DaemonSet it was made from. */
export const CONTROLLER_REVISION_HASH = 'controller-revision-hash';

/** A template that a StatefulSet or DaemonSet has had, kept for rolling back. */
export interface ControllerRevisionSpec {
  /** Counts up; a rollback gives an old template the next number. */
  readonly revision: number;
  readonly template: PodTemplate;
}

export type ControllerRevision = ApiObject<ControllerRevisionSpec, undefined>;

/** Whether two templates make the same pods (history.EqualRevision). */
export function equalTemplates(a: PodTemplate, b: PodTemplate): boolean {
  return a.shape === b.shape && equalLabels(a.labels, b.labels) && equalLabels(a.annotations, b.annotations);
}

function equalLabels(a: Labels, b: Labels): boolean {
  if (a === b) return true;
  for (const key in a) if (a[key] !== b[key]) return false;
  for (const key in b) if (!(key in a)) return false;
  return true;
}

/** Lowest number first; equals by age, then by name (history.SortControllerRevisions). */
export function byRevision(a: ControllerRevision, b: ControllerRevision): number {
  if (a.spec.revision !== b.spec.revision) return a.spec.revision - b.spec.revision;
  const age = a.metadata.creationTimestampNs - b.metadata.creationTimestampNs;
  if (age !== 0) return age;
  return a.metadata.name < b.metadata.name ? -1 : Number(a.metadata.name > b.metadata.name);
}

/** A draft of the revision that holds a template of a workload; `collisions` makes its name another one. */
export function newRevision(
  { kind, id, metadata }: ApiObject,
  template: PodTemplate,
  revision: number,
  collisions: number,
): ControllerRevision {
  const hash = revisionHash(template, collisions);
  const owner = { kindId: kind.id, id, name: metadata.name, controller: true, blockOwnerDeletion: true };
  const meta = ObjectMeta.of({
    namespace: metadata.namespace,
    name: `${metadata.name}-${hash}`,
    labels: { ...template.labels, [CONTROLLER_REVISION_HASH]: hash },
    ownerReferences: [owner],
  });
  return draft(CONTROLLER_REVISION, meta, { revision, template }, undefined);
}
