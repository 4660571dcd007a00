import { InputError } from '../api/input-error.js';
import { CONFIG_MAP, type Kind, LEASE, POD } from '../api/kind.js';
import type { KindRegistry } from '../api/kind-registry.js';
import { ObjectMeta } from '../api/meta.js';
import { type ApiObject, draft } from '../api/object.js';
import { PENDING, PodSpec } from '../api/pod.js';
import type { PodShapes } from '../api/pod-shapes.js';
import { assert } from '../engine/index.js';
import type { LoadOrder } from '../spokes/load/load-order.js';
import type { LoadStep } from './config.js';

/** Where the generated objects are. */
const NAMESPACE = 'default';
/** Requests a second that the targets of a load must last for, where each can be used but once and nobody says how many. */
const TARGETS_PER_SECOND = 5000;

/**
 * What a load step comes to, its targets as drafts to be stored before time zero; `prefix` begins the names of what the
 * load makes. Throws InputError for a step that no objects can be made up for.
 */
export function loadOrder(step: LoadStep, prefix: string, kinds: KindRegistry, shapes: PodShapes): LoadOrder {
  const [resource = '', subresource = ''] = step.resource.split('/');
  const kind = step.manifest?.kind ?? kinds.all.find((one) => one.resource === resource);
  assert(kind !== undefined, `no kind has the resource ${resource}`);
  const makes = step.verb === 'create' && subresource === '';
  const template = step.manifest ?? generated(kind, prefix, step, shapes);
  const needed = makes || (template === undefined && step.verb === 'list') ? 0 : targetCount(step);
  if (template === undefined && (makes || needed > 0))
    throw new InputError(`hubsim cannot make up objects of ${resource}`, { ...step.place, remedy: 'give a manifest' });
  return {
    clients: step.clients,
    verb: step.verb,
    kind,
    subresource,
    template,
    targets: Array.from({ length: needed }, (_, index) => named(template!, `${prefix}-target-${index}`)),
    count: step.count,
    forNs: step.forNs,
    resourceVersion: step.resourceVersion ?? '',
  };
}

function targetCount(step: LoadStep): number {
  if (step.objects > 0) return step.objects;
  if (step.verb === 'list') return 0;
  if (step.verb !== 'create' && step.verb !== 'delete') return step.clients;
  return step.count > 0 ? step.count : Math.ceil((step.forNs / 1e9) * TARGETS_PER_SECOND);
}

/** An object of a kind that needs no manifest. */
function generated(kind: Kind, name: string, step: LoadStep, shapes: PodShapes): ApiObject | undefined {
  const metadata = new ObjectMeta({ namespace: NAMESPACE, name });
  if (kind === CONFIG_MAP) {
    const data = Object.freeze({ value: 'x'.repeat(step.bytes) });
    return draft(kind, metadata, undefined, undefined, Object.freeze({ data }));
  }
  if (kind === LEASE) {
    return draft(kind, metadata, { holderIdentity: name, leaseDurationSeconds: 40, renewTimeNs: 0 }, undefined);
  }
  if (kind !== POD) return undefined;
  return draft(kind, metadata, new PodSpec(shapes.of({ containers: [{ name: 'c', image: 'pause' }] }), ''), PENDING);
}

function named(template: ApiObject, name: string): ApiObject {
  return template.withMetadata(template.metadata.with({ name }));
}
