import type { JsonObject } from '../../api/json.js';
import type { Kind } from '../../api/kind.js';
import type { Selector } from '../../api/label-selector.js';
import { parseSelector } from '../../api/selector-text.js';
import { PODS_MAX } from '../../api/size-limits.js';
import type { Distribution } from '../../random/distribution.js';
import type { LoadVerb } from '../../spokes/load/load-order.js';
import { within } from '../cluster-reader.js';
import type { Path, Source } from '../source.js';
import type { LoadConfig } from './load.js';
import type { Rate } from './rate-reader.js';
import type { StepReading } from './step-reading.js';

/** A load as written. */
export interface LoadInput {
  readonly load: 'closed' | 'open';
  readonly rate?: Rate | undefined;
  readonly namespaces?: number | readonly string[] | undefined;
  readonly perNamespace?: number | undefined;
  readonly lifetime?: Distribution | undefined;
  readonly clients?: number | undefined;
  readonly verb: LoadVerb;
  readonly resource?: string | undefined;
  readonly manifest?: JsonObject | string | undefined;
  readonly count?: number | undefined;
  readonly for?: number | undefined;
  readonly bytes?: number | undefined;
  readonly objects?: number | undefined;
  readonly name?: string | undefined;
  readonly namespace?: string | undefined;
  readonly as?: string | undefined;
  readonly resourceVersion?: string | undefined;
  readonly resourceVersionMatch?: 'Exact' | undefined;
  readonly limit?: number | undefined;
  readonly labelSelector?: string | undefined;
}

/** A load step. Throws InputError. */
export function readLoad(input: LoadInput, reading: StepReading): LoadConfig {
  const { source, path, files } = reading;
  const namespaces = readNamespaces(input.namespaces);
  const manifest =
    input.manifest === undefined
      ? undefined
      : files.template(input.manifest, source, [...path, 'manifest'], namespaces, source.variablesAt(path));
  const resource = input.resource ?? manifest?.kind.resource;
  if (resource === undefined)
    throw source.error(path, 'a load needs a resource or a manifest', 'write resource: configmaps');
  const kind = reading.resource('resource', resource.split('/')[0]!);
  checkRate(input, source, path);
  const count = input.count ?? (input.perNamespace ?? 0) * Math.max(namespaces.length, 1);
  if (count > PODS_MAX)
    throw source.error([...path, 'perNamespace'], `makes ${count} objects in all`, `at most ${PODS_MAX}`);
  if (count === 0 && input.for === undefined)
    throw source.error(path, 'a load needs an end', 'write for: 10s or count: 1000');
  if (input.verb === 'watch' && count === 0)
    throw source.error(path, 'a load of watches needs their number', 'write count: 100');
  return {
    clients: input.clients ?? 1,
    verb: input.verb,
    resource,
    manifest,
    namespaces,
    rate: input.rate,
    lifetime: input.lifetime,
    count: count === 0 ? -1 : count,
    forNs: input.for ?? -1,
    bytes: input.bytes ?? 0,
    objects: input.objects ?? 0,
    asked: readAsked(input, kind, source, path),
    as: input.as ?? 'load',
    resourceVersion: input.resourceVersion,
    exact: readExact(input, source, path),
    limit: input.limit,
    labelSelector: readSelector(input, source, path),
  };
}

function readSelector({ labelSelector, limit, verb }: LoadInput, source: Source, path: Path): Selector | undefined {
  const listKey = labelSelector !== undefined ? 'labelSelector' : limit !== undefined ? 'limit' : undefined;
  if (listKey !== undefined && verb !== 'list')
    throw source.error([...path, listKey], `a ${verb} has no ${listKey}`, 'write verb: list');
  if (labelSelector === undefined) return undefined;
  return within(source, [...path, 'labelSelector'], () => parseSelector(labelSelector));
}

/** Whether LISTs want one state (metav1 validation: there must be a revision of it). */
function readExact(
  { load, verb, resourceVersion, resourceVersionMatch }: LoadInput,
  source: Source,
  path: Path,
): boolean {
  if (resourceVersionMatch === undefined) return false;
  if (verb !== 'list')
    throw source.error([...path, 'resourceVersionMatch'], `a ${verb} has no resourceVersionMatch`, 'write verb: list');
  if (load === 'open')
    throw source.error(
      [...path, 'resourceVersionMatch'],
      'an open load does not wait for the answer that says which state',
      'write load: closed and clients: 1',
    );
  if (resourceVersion === '' || resourceVersion === '0')
    throw source.error(
      [...path, 'resourceVersion'],
      `there is no exact state "${resourceVersion}"`,
      'leave resourceVersion: out to read the state of the first list again and again, or write the number of one',
    );
  return true;
}

/** The object that GETs ask for by its name. */
function readAsked(
  { verb, name, namespace, objects }: LoadInput,
  kind: Kind,
  source: Source,
  path: Path,
): LoadConfig['asked'] {
  if (name === undefined) {
    if (namespace === undefined) return undefined;
    throw source.error([...path, 'namespace'], 'namespace: is for a get by name', 'write name: web-0, or namespaces:');
  }
  if (verb !== 'get') throw source.error([...path, 'name'], `a ${verb} has no name`, 'write verb: get');
  if (objects !== undefined)
    throw source.error([...path, 'objects'], 'a get by name asks for what is there', 'leave objects: or name: out');
  if (!kind.namespaced && namespace !== undefined)
    throw source.error([...path, 'namespace'], `a ${kind.name} is in no namespace`, 'leave namespace: out');
  return { namespace: kind.namespaced ? (namespace ?? 'default') : '', name };
}

/** So many, named `ns-0`, `ns-1`, …, or by their names. */
function readNamespaces(namespaces: number | readonly string[] = []): readonly string[] {
  if (typeof namespaces !== 'number') return namespaces;
  return Array.from({ length: namespaces }, (_, index) => `ns-${index}`);
}

function checkRate(
  { load, rate, clients, lifetime, count, perNamespace, verb }: LoadInput,
  source: Source,
  path: Path,
): void {
  if (load === 'open' && rate === undefined) throw source.error(path, 'an open load needs a rate', 'write rate: 20');
  if (load === 'open' && clients !== undefined)
    throw source.error([...path, 'clients'], 'an open load does not wait for answers', 'leave clients: out');
  if (load === 'closed' && rate !== undefined)
    throw source.error([...path, 'rate'], 'a closed load is as fast as its answers', 'write load: open');
  if (load === 'closed' && (lifetime !== undefined || verb === 'watch'))
    throw source.error(path, 'watches and lifetimes are for open loads', 'write load: open and rate: 20');
  if (count !== undefined && perNamespace !== undefined)
    throw source.error([...path, 'perNamespace'], 'count: says how many already', 'leave one of them out');
  if (rate?.needsCount === true && count === undefined && perNamespace === undefined)
    throw source.error([...path, 'rate'], 'spread needs to know how many requests there are', 'write count: 1000');
}
