import { InputError } from '../../api/input-error.js';
import { CONFIG_MAP, type Kind, LEASE, POD } from '../../api/kind.js';
import type { KindRegistry } from '../../api/kind-registry.js';
import { ObjectMeta } from '../../api/meta.js';
import { type ApiObject, draft } from '../../api/object.js';
import { PENDING, PodSpec } from '../../api/pod.js';
import type { PodShapes } from '../../api/pod-shapes.js';
import { assert } from '../../engine/index.js';
import type { LoadOrder, LoadTemplate } from '../../spokes/load/load-order.js';
import { NumberedTemplate } from '../load-template.js';
import type { Place } from '../place.js';
import type { LoadConfig } from './load.js';

/** Where the generated objects are. */
const NAMESPACE = 'default';
/** Requests a second that the targets of a load must last for, where each can be used but once and nobody says how many. */
const TARGETS_PER_SECOND = 5000;

/**
 * What a load comes to, its targets as drafts to be stored before time zero; `prefix` begins the names of what the
 * load makes. Throws InputError for a load that no objects can be made up for.
 */
export function loadOrder(
  load: LoadConfig,
  place: Place,
  prefix: string,
  kinds: KindRegistry,
  shapes: PodShapes,
): LoadOrder {
  const { labelSelector } = load;
  const [resource = '', subresource = ''] = load.resource.split('/');
  const kind = load.manifest?.kind ?? kinds.all.find((one) => one.resource === resource);
  assert(kind !== undefined, `no kind has the resource ${resource}`);
  const makes = load.verb === 'create' && subresource === '';
  const template = load.manifest ?? numbered(generated(kind, prefix, load, shapes), load.namespaces);
  const needed = makes || isBlind(load, template) ? 0 : targetCount(load);
  if (template === undefined && (makes || needed > 0))
    throw new InputError(`hubsim cannot make up objects of ${resource}`, { ...place, remedy: 'give a manifest' });
  return {
    name: prefix,
    clients: load.clients,
    verb: load.verb,
    kind,
    subresource,
    template,
    targets: Array.from({ length: needed }, (_, index) => named(template!.copy(index), `${prefix}-target-${index}`)),
    rival: load.rival,
    asked: load.asked,
    count: load.count,
    forNs: load.forNs,
    lifetime: load.lifetime,
    resourceVersion: load.resourceVersion ?? '',
    exact: load.exact ?? false,
    ...(load.limit === undefined ? {} : { limit: load.limit }),
    ...(labelSelector === undefined ? {} : { selects: ({ metadata }) => labelSelector.matches(metadata.labels) }),
  };
}

function numbered(object: ApiObject | undefined, namespaces: readonly string[] | undefined): LoadTemplate | undefined {
  return object === undefined ? undefined : new NumberedTemplate(object, namespaces);
}

/** Whether it needs no objects to be there. */
function isBlind({ verb, rival, asked }: LoadConfig, template: LoadTemplate | undefined): boolean {
  return rival !== undefined || asked !== undefined || verb === 'watch' || (template === undefined && verb === 'list');
}

function targetCount(load: LoadConfig): number {
  if (load.objects > 0) return load.objects;
  if (load.verb === 'list') return 0;
  if (load.verb !== 'create' && load.verb !== 'delete') return load.clients;
  return load.count > 0 ? load.count : Math.ceil((load.forNs / 1e9) * TARGETS_PER_SECOND);
}

/** An object of a kind that needs no manifest. */
function generated(kind: Kind, name: string, load: LoadConfig, shapes: PodShapes): ApiObject | undefined {
  const metadata = ObjectMeta.of({ namespace: NAMESPACE, name });
  if (kind === CONFIG_MAP) {
    const data = Object.freeze({ value: 'x'.repeat(load.bytes) });
    return draft(kind, metadata, undefined, undefined, Object.freeze({ data }));
  }
  if (kind === LEASE) {
    return draft(kind, metadata, { holderIdentity: name, leaseDurationSeconds: 40, renewTimeNs: 0 }, undefined);
  }
  if (kind !== POD) return undefined;
  return draft(kind, metadata, new PodSpec(shapes.of({ containers: [{ name: 'c', image: 'pause' }] }), ''), PENDING);
}

function named(template: ApiObject, name: string): ApiObject {
  return template.withMetadata(template.metadata.renamed(name));
}
