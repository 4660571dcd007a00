import { NAMESPACE, POD, SERVICE_ACCOUNT } from '../api/kind.js';
import { ObjectMeta } from '../api/meta.js';
import { type ApiObject, draft } from '../api/object.js';
import type { Pod, PodTemplate } from '../api/pod.js';
import type { PodShape } from '../api/pod-shape.js';
import { accountOf, DEFAULT_ACCOUNT } from '../api/service-account.js';

/** Where workloads say what their pods are like; a CronJob says it of its Jobs. */
interface Templated {
  readonly template?: PodTemplate;
  readonly jobTemplate?: { readonly spec: Templated };
}

/**
 * The service accounts that pods of these objects name and none of the objects is, by namespace and name: as with
 * namespaces, they had been made long ago. In a namespace which is made here they are missing, as they would be.
 */
export function missingAccounts(objects: readonly ApiObject[]): readonly ApiObject[] {
  const made = new Set(objects.filter(({ kind }) => kind === NAMESPACE).map(({ metadata }) => metadata.name));
  const missing = new Map<string, ApiObject>();
  for (const object of objects) {
    const shape = shapeIn(object);
    const { namespace } = object.metadata;
    const name = shape === undefined ? DEFAULT_ACCOUNT : accountOf(shape.spec);
    if (name === DEFAULT_ACCOUNT || made.has(namespace)) continue;
    missing.set(
      `${namespace} ${name}`,
      draft(SERVICE_ACCOUNT, ObjectMeta.of({ namespace, name }), undefined, undefined),
    );
  }
  for (const { kind, metadata } of objects)
    if (kind === SERVICE_ACCOUNT) missing.delete(`${metadata.namespace} ${metadata.name}`);
  return [...missing.keys()].sort().map((key) => missing.get(key)!);
}

function shapeIn({ kind, spec }: ApiObject): PodShape | undefined {
  if (kind === POD) return (spec as Pod['spec']).shape;
  const templated = spec as Templated | undefined;
  return (templated?.jobTemplate?.spec ?? templated)?.template?.shape;
}
