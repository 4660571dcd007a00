import type { JsonObject } from '../api/json.js';
import { PERSISTENT_VOLUME, STATEFUL_SET, STORAGE_CLASS } from '../api/kind.js';
import { ObjectMeta } from '../api/meta.js';
import { type ApiObject, draft } from '../api/object.js';
import type { StatefulSet } from '../api/stateful-set.js';
import { isDefault } from '../api/storage-class.js';

/** The class of clusters whose default nobody has named: minikube's and kind's. */
const STANDARD = 'standard';

/**
 * The storage classes that claims of StatefulSets name, or leave to the cluster, and that none of the objects is: as with
 * namespaces, they had been made long ago. They make volumes where pods are placed, as those of kind and of the large
 * clouds do. Where a volume of that class is among the objects nobody else makes any.
 */
export function missingClasses(objects: readonly ApiObject[]): readonly ApiObject[] {
  const classes = objects.filter(({ kind }) => kind === STORAGE_CLASS);
  const known = new Set(classes.map(({ metadata }) => metadata.name));
  for (const { kind, spec } of objects) if (kind === PERSISTENT_VOLUME) known.add(classNamed(spec) ?? '');
  if (classes.some(isDefault)) known.add('');
  const missing = new Set(objects.flatMap(classesOf).filter((name) => !known.has(name)));
  return [...missing].sort().map((name) => storageClass(name));
}

/** By name; `''` for the default of the cluster. One that is named as such stands for no class at all. */
function classesOf(object: ApiObject): readonly string[] {
  if (object.kind !== STATEFUL_SET) return [];
  const { storage } = (object as StatefulSet).spec;
  return (storage?.claims ?? [])
    .map(({ spec }) => classNamed(spec))
    .filter((name) => name !== '')
    .map((name) => name ?? '');
}

function classNamed(spec: unknown): string | undefined {
  return ((spec as JsonObject | undefined)?.storageClassName as string | undefined | null) ?? undefined;
}

function storageClass(name: string): ApiObject {
  const annotations: Record<string, string> =
    name === '' ? { 'storageclass.kubernetes.io/is-default-class': 'true' } : {};
  return draft(STORAGE_CLASS, ObjectMeta.of({ name: name || STANDARD, annotations }), undefined, undefined, {
    provisioner: 'rancher.io/local-path',
    reclaimPolicy: 'Delete',
    volumeBindingMode: 'WaitForFirstConsumer',
  });
}
