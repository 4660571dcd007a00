import { POD } from '../../../api/kind.js';
import type { ObjectMeta, OwnerReference } from '../../../api/meta.js';
import type { ApiObject } from '../../../api/object.js';
import type { Pod } from '../../../api/pod.js';
import type { StatefulSet, StatefulStorage } from '../../../api/stateful-set.js';
import { isWanted, ordinalOf } from './ordinal.js';

/**
 * The owners that a claim of a pod should have, so that the garbage collector deletes it when the set's policy says so:
 * the set where it goes with the set, the pod once the set does not want it any more. The same array where nothing is to
 * be changed (isClaimOwnerUpToDate, updateClaimOwnerRefForSetAndPod).
 */
export function claimOwners(
  claim: ObjectMeta,
  set: StatefulSet,
  storage: StatefulStorage,
  pod: Pod,
): readonly OwnerReference[] {
  const { ownerReferences } = claim;
  if (isStale(ownerReferences, set) || isStale(ownerReferences, pod)) return ownerReferences;
  const others = ownerReferences.filter((reference) => !names(reference, set) && !names(reference, pod));
  const foreign = keepsAll(storage) ? false : others.some(({ controller }) => controller);
  const wanted = foreign ? undefined : ownerOf(set, storage, pod);
  const now = ownerReferences.filter((reference) => !others.includes(reference));
  const right =
    wanted === undefined ? now.length === 0 : now.length === 1 && refersTo(now[0]!, wanted) && now[0]!.controller;
  if (right) return ownerReferences;
  return wanted === undefined ? others : [...others, controllerReference(wanted)];
}

/** Whether a claim is on its way out with an earlier pod of this name: the next one must not get it (PodClaimIsStale). */
export function goesWithEarlierPod({ ownerReferences }: ObjectMeta, podName: string): boolean {
  return ownerReferences.some(({ kindId, name }) => kindId === POD.id && name === podName);
}

function keepsAll({ whenDeleted, whenScaled }: StatefulStorage): boolean {
  return whenDeleted === 'Retain' && whenScaled === 'Retain';
}

function ownerOf(set: StatefulSet, { whenDeleted, whenScaled }: StatefulStorage, pod: Pod): ApiObject | undefined {
  if (whenScaled === 'Delete' && !isWanted(set.spec, ordinalOf(pod))) return pod;
  return whenDeleted === 'Delete' ? set : undefined;
}

function names({ kindId, name }: OwnerReference, { kind, metadata }: ApiObject): boolean {
  return kindId === kind.id && name === metadata.name;
}

function refersTo(reference: OwnerReference, object: ApiObject): boolean {
  return names(reference, object) && reference.id === object.id;
}

/** Of an earlier life of the set or the pod: the garbage collector will see to it. */
function isStale(references: readonly OwnerReference[], object: ApiObject): boolean {
  return references.some((reference) => names(reference, object) && reference.id !== object.id);
}

function controllerReference({ kind, id, metadata }: ApiObject): OwnerReference {
  return { kindId: kind.id, id, name: metadata.name, controller: true, blockOwnerDeletion: true };
}
