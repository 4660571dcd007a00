import { NAMESPACE } from '../api/kind.js';
import { ObjectMeta } from '../api/meta.js';
import { type ApiObject, draft } from '../api/object.js';
import type { Step } from './steps/step.js';

/** Namespaces that a cluster has from the start. */
const BUILT_IN = ['default', 'kube-system', 'kube-public', 'kube-node-lease'];

/**
 * The namespaces that objects of the scenario are in and that no manifest of it makes, by name. Traces of real
 * clusters leave them out: there they had been made long ago.
 */
export function missingNamespaces(steps: readonly Step[]): readonly ApiObject[] {
  const objects = steps.flatMap(({ action }) => action.objects ?? []);
  const known = new Set(BUILT_IN);
  for (const { kind, metadata } of objects) if (kind === NAMESPACE) known.add(metadata.name);
  const missing = new Set<string>();
  for (const { kind, metadata } of objects)
    if (kind.namespaced && !known.has(metadata.namespace)) missing.add(metadata.namespace);
  for (const namespace of steps.flatMap(({ action }) => action.namespaces ?? []))
    if (!known.has(namespace)) missing.add(namespace);
  return [...missing].sort().map((name) => draft(NAMESPACE, ObjectMeta.of({ name }), {}, { phase: 'Active' }));
}
