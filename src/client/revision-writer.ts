import { type ControllerRevision, equalTemplates, newRevision } from '../api/controller-revision.js';
import { CONTROLLER_REVISION } from '../api/kind.js';
import type { ApiObject } from '../api/object.js';
import type { PodTemplate } from '../api/pod.js';
import type { ApiClient } from './api-client.js';
import type { Wait } from './task.js';

/** A revision that exists now, and how many names were taken by other templates on the way to it. */
export interface WrittenRevision {
  readonly object: ControllerRevision;
  readonly collisions: number;
}

/**
 * Writes down a template of a workload; undefined after an error (history CreateControllerRevision). A name that is
 * taken by the same template is a revision that the cache has not shown yet; one taken by another is left alone.
 */
export function* createRevision(
  client: ApiClient,
  owner: ApiObject,
  template: PodTemplate,
  revision: number,
  collisions: number,
): Generator<Wait, WrittenRevision | undefined, void> {
  for (let count = collisions; ; count++) {
    const wanted = newRevision(owner, template, revision, count);
    const call = client.create(wanted);
    yield call;
    if (call.ok) return { object: call.object as ControllerRevision, collisions: count };
    if (call.reason !== 'AlreadyExists') return undefined;
    const { namespace, name } = wanted.metadata;
    const read = client.get(CONTROLLER_REVISION, namespace, name);
    yield read;
    if (!read.ok) return undefined;
    const object = read.object as ControllerRevision;
    if (equalTemplates(object.spec.template, template)) return { object, collisions: count };
  }
}

/** Gives a revision another number; undefined after an error. */
export function* renumberRevision(
  client: ApiClient,
  existing: ControllerRevision,
  revision: number,
): Generator<Wait, ControllerRevision | undefined, void> {
  const call = client.update(existing.withSpec({ ...existing.spec, revision }));
  yield call;
  return call.ok ? (call.object as ControllerRevision) : undefined;
}
