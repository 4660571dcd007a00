import { InputError } from '../api/input-error.js';
import { CONFIG_MAP, type Kind, LEASE, POD } from '../api/kind.js';
import type { KindRegistry } from '../api/kind-registry.js';
import { ObjectMeta } from '../api/meta.js';
import { type ApiObject, draft } from '../api/object.js';
import { PENDING, PodSpec } from '../api/pod.js';
import type { PodShapes } from '../api/pod-shapes.js';
import { assert } from '../engine/index.js';
import type { LoadOrder, LoadTemplate } from '../spokes/load/load-order.js';
import type { LoadStep } from './config.js';
import { NumberedTemplate } from './load-template.js';

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
  const template = step.manifest ?? numbered(generated(kind, prefix, step, shapes), step.namespaces);
  const needed = makes || isBlind(step, template) ? 0 : targetCount(step);
  if (template === undefined && (makes || needed > 0))
    throw new InputError(`hubsim cannot make up objects of ${resource}`, { ...step.place, remedy: 'give a manifest' });
  return {
    name: prefix,
    clients: step.clients,
    verb: step.verb,
    kind,
    subresource,
    template,
    targets: Array.from({ length: needed }, (_, index) => named(template!.copy(index), `${prefix}-target-${index}`)),
    rival: step.rival,
    count: step.count,
    forNs: step.forNs,
    lifetime: step.lifetime,
    resourceVersion: step.resourceVersion ?? '',
  };
}

function numbered(object: ApiObject | undefined, namespaces: readonly string[] | undefined): LoadTemplate | undefined {
  return object === undefined ? undefined : new NumberedTemplate(object, namespaces);
}

/** Whether it needs no objects to be there. */
function isBlind({ verb, rival }: LoadStep, template: LoadTemplate | undefined): boolean {
  return rival !== undefined || verb === 'watch' || (template === undefined && verb === 'list');
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
