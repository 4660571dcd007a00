import { NAMESPACE } from '../api/kind.js';
import { ObjectMeta } from '../api/meta.js';
import { type ApiObject, draft } from '../api/object.js';
import type { Step } from './config.js';

/** Namespaces that a cluster has from the start. */
const BUILT_IN = ['default', 'kube-system', 'kube-public', 'kube-node-lease'];

function objectsOf(step: Step): readonly ApiObject[] {
  if (step.action === 'apply') return step.objects;
  if (step.action !== 'load' || step.manifest === undefined) return [];
  const { manifest, namespaces = [] } = step;
  return Array.from({ length: Math.max(namespaces.length, 1) }, (_, index) => manifest.copy(index));
}

/** Namespaces of what loads make up by themselves. */
function namespacesOf(step: Step): readonly string[] {
  return step.action === 'load' ? (step.namespaces ?? []) : [];
}

/**
 * The namespaces that objects of the scenario are in and that no manifest of it makes, by name. Traces of real
 * clusters leave them out: there they had been made long ago.
 */
export function missingNamespaces(steps: readonly Step[]): readonly ApiObject[] {
  const objects = steps.flatMap(objectsOf);
  const known = new Set(BUILT_IN);
  for (const { kind, metadata } of objects) if (kind === NAMESPACE) known.add(metadata.name);
  const missing = new Set<string>();
  for (const { kind, metadata } of objects)
    if (kind.namespaced && !known.has(metadata.namespace)) missing.add(metadata.namespace);
  for (const namespace of steps.flatMap(namespacesOf)) if (!known.has(namespace)) missing.add(namespace);
  return [...missing].sort().map((name) => draft(NAMESPACE, new ObjectMeta({ name }), {}, { phase: 'Active' }));
}
