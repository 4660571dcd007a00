import { type JsonObject, objectAt } from '../../api/json.js';
import type { Deed } from './replay.js';

/** What is asked of the API server alike within one second: LISTs, GETs of one object, or watches that begin. */
interface Reads {
  readonly atNs: number;
  readonly place: string;
  readonly verb: 'get' | 'list' | 'watch';
  readonly resource: string;
  readonly as: string;
  readonly options: Readonly<Record<string, unknown>>;
  count: number;
  /** Of watches: how long they were open, all together, ns. */
  openNs: number;
}

/** Gathers LISTs, GETs and watches of an audit log, those of one user for the same within a second in one. */
export class ReplayedReads {
  private readonly reads: Map<string, Reads>;

  constructor() {
    this.reads = new Map();
  }

  /** Takes an event; false for one that reads no objects, as one of a subresource. */
  take(event: JsonObject, atNs: number, place: string): boolean {
    const { verb, requestURI } = event;
    const reference = objectAt(event, 'objectRef') ?? {};
    const { resource } = reference;
    if (!isRead(verb) || typeof resource !== 'string' || reference.subresource !== undefined) return false;
    if (verb === 'get' && typeof reference.name !== 'string') return false;
    const as = String(objectAt(event, 'user')?.username);
    const options =
      verb === 'watch' ? {} : { ...(verb === 'get' ? nameOf(reference) : {}), ...optionsOf(String(requestURI)) };
    const key = JSON.stringify([Math.floor(atNs / 1e9), verb, resource, as, options]);
    const known = this.reads.get(key) ?? { atNs, place, verb, resource, as, options, count: 0, openNs: 0 };
    known.count++;
    known.openNs += Math.max(0, Date.parse(String(event.stageTimestamp)) * 1e6 - atNs);
    this.reads.set(key, known);
    return true;
  }

  get deeds(): readonly Deed[] {
    return [...this.reads.values()].map(({ atNs, place, resource, ...read }) => {
      return { atNs, place, does: 'read', resource, load: loadOf(read) };
    });
  }
}

/** Whether a verb of an audit log changes nothing. */
export function isRead(verb: unknown): verb is Reads['verb'] {
  return verb === 'get' || verb === 'list' || verb === 'watch';
}

/** Which object a GET was for, as a load names it. */
function nameOf({ name, namespace }: JsonObject): Readonly<Record<string, unknown>> {
  return { name, ...(namespace === undefined || namespace === 'default' ? {} : { namespace }) };
}

/** What a LIST or GET was asked for with, as a load names it. */
function optionsOf(uri: string): Readonly<Record<string, unknown>> {
  const query = new URLSearchParams(uri.split('?')[1] ?? '');
  const [limit, labels, version] = ['limit', 'labelSelector', 'resourceVersion'].map((name) => query.get(name));
  return {
    ...(Number(limit) > 0 ? { limit: Number(limit) } : {}),
    ...(labels ? { labelSelector: labels } : {}),
    // Any other version is one of the cluster of then.
    ...(version === '0' ? { resourceVersion: '0' } : {}),
  };
}

/** The load that asks for the same. */
function loadOf({ verb, as, options, count, openNs }: Omit<Reads, 'atNs' | 'place' | 'resource'>): JsonObject {
  if (verb !== 'watch') return { load: 'closed', verb, count, as, ...options };
  const lifetime = `${Math.max(1, Math.round(openNs / count / 1e6))}ms`;
  return { load: 'open', verb, rate: count, count, as, lifetime };
}
