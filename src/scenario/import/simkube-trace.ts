import { InputError } from '../../api/input-error.js';
import { isObject, type JsonObject, objectAt, objectsAt } from '../../api/json.js';
import type { GivenFile, Imported } from './imported.js';
import { type Deed, importReplay } from './replay.js';

/** A trace of SimKube as JSON: the map of version 2, or the list of version 1. */
export function eventsOfTrace(content: unknown): readonly JsonObject[] | undefined {
  const events = Array.isArray(content) ? content[1] : isObject(content) ? content.events : undefined;
  if (!Array.isArray(events) || !events.every(isObject)) return undefined;
  return events.every((event) => 'ts' in event && 'applied_objs' in event) ? events : undefined;
}

/** Applies and deletes again what the tracer saw applied and deleted; `content` is what the file has. Throws InputError. */
export function importTrace(name: string, { path }: GivenFile, content: unknown): Imported {
  const deeds = (eventsOfTrace(content) ?? []).flatMap((event, index) => deedsOf(event, `${path}: events[${index}]`));
  if (deeds.length === 0) throw new InputError('the trace has no events', { file: path });
  const lifecycles = isObject(content) ? objectAt(content, 'pod_lifecycles') : undefined;
  const notes =
    Object.keys(lifecycles ?? {}).length > 0 ? ['pod_lifecycles: pods run until they are deleted here'] : [];
  return importReplay({ name, origin: `What SimKube recorded in ${path}`, deeds, notes });
}

function deedsOf(event: JsonObject, place: string): Deed[] {
  const atNs = Number(event.ts) * 1e9;
  const applied = objectsAt(event, 'applied_objs').map((object): Deed => ({ atNs, place, does: 'apply', object }));
  const deleted = objectsAt(event, 'deleted_objs').map((object): Deed => {
    const { name, namespace } = (objectAt(object, 'metadata') ?? {}) as { name?: string; namespace?: string };
    const { apiVersion, kind } = object as { apiVersion: string; kind: string };
    return { atNs, place, does: 'delete', object: { apiVersion, kind, namespace, name: String(name) } };
  });
  return [...applied, ...deleted];
}
