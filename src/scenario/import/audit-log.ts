import { InputError } from '../../api/input-error.js';
import { isObject, type JsonObject, objectAt } from '../../api/json.js';
import type { GivenFile, Imported } from './imported.js';
import { type Deed, importReplay, type Named } from './replay.js';
import { isRead, ReplayedReads } from './replayed-reads.js';

const API = /^audit\.k8s\.io\//;
/** The cluster's own programs do what they did by themselves. */
const OWN_USERS = /^system:(?!serviceaccount:)|^system:serviceaccount:kube-system:/;

/** Whether a file is an audit log: JSON lines, each an event of audit.k8s.io. */
export function isAuditLog(file: GivenFile): boolean {
  for (const line of linesOf(file)) {
    if (line.trim() === '') continue;
    return line.trimStart().startsWith('{') && /"apiVersion"\s*:\s*"audit\.k8s\.io\//.test(line);
  }
  return false;
}

/** Does again what users did; reads of subresources, refusals and what the cluster did itself are left out. Throws InputError. */
export function importAuditLog(name: string, files: readonly GivenFile[]): Imported {
  const skipped = new Map<string, number>();
  const skip = (why: string): Deed[] => {
    skipped.set(why, (skipped.get(why) ?? 0) + 1);
    return [];
  };
  const notes: string[] = [];
  const reads = new ReplayedReads();
  const changes: Deed[] = [];
  for (const file of files) {
    // A log is larger than what users did in it, which alone is kept.
    for (const { event, place } of eventsOf(file)) changes.push(...deedsOf(event, place, { skip, notes, reads }));
  }
  const deeds = [...changes, ...reads.deeds];
  const counts = [...skipped].map(([why, count]) => `${count} events: ${why}`);
  const origin = `What users did according to the audit log ${files.map(({ path }) => path).join(', ')}`;
  return importReplay({ name, origin, deeds, notes: [...counts, ...notes] });
}

/** Read anew each time, where there may be more of them than memory. */
function linesOf(file: GivenFile): Iterable<string> {
  return file.lines?.() ?? file.text.split('\n');
}

function* eventsOf(file: GivenFile): Generator<{ event: JsonObject; place: string }, void, void> {
  const { path } = file;
  let number = 0;
  for (const line of linesOf(file)) {
    number++;
    if (line.trim() === '') continue;
    const event = parsed(line, path, number);
    if (!isObject(event) || !API.test(String(event.apiVersion)))
      throw new InputError('is no event of audit.k8s.io', {
        file: path,
        line: number,
        column: 1,
        remedy: 'give the log as the API server wrote it, one event a line',
      });
    yield { event, place: `${path}:${number}` };
  }
}

function parsed(line: string, file: string, number: number): unknown {
  try {
    return JSON.parse(line);
  } catch (error) {
    throw new InputError((error as Error).message, {
      file,
      line: number,
      column: 1,
      remedy: 'every line must be one event in JSON',
    });
  }
}

/** Where what is no change goes. */
interface Beside {
  readonly skip: (why: string) => Deed[];
  readonly notes: string[];
  readonly reads: ReplayedReads;
}

function deedsOf(event: JsonObject, place: string, { skip, notes, reads }: Beside): Deed[] {
  const { stage, verb, requestReceivedTimestamp } = event;
  if (stage !== 'ResponseComplete') return skip('stages before the answer');
  if (OWN_USERS.test(String(objectAt(event, 'user')?.username)))
    return skip('by the cluster itself, which does so again');
  if (Number(objectAt(event, 'responseStatus')?.code ?? 200) >= 400) return skip('refused');
  const atNs = Math.round(Date.parse(String(requestReceivedTimestamp)) * 1e6);
  const reference = objectAt(event, 'objectRef');
  if (Number.isNaN(atNs) || reference === undefined) return skip('without a time or an object');
  if (reads.take(event, atNs, place)) return [];
  if (isRead(verb)) return skip('reads of subresources');
  const {
    subresource,
    namespace,
    name,
    apiGroup = '',
    apiVersion,
  } = reference as Readonly<Record<string, string | undefined>>;
  const object: Named = {
    apiVersion: apiGroup === '' ? String(apiVersion) : `${apiGroup}/${String(apiVersion)}`,
    kind: String(reference.resource),
    namespace,
    name: String(name),
  };
  const request = objectAt(event, 'requestObject');
  if (subresource === 'scale') {
    const replicas = objectAt(request, 'spec')?.replicas;
    return typeof replicas === 'number'
      ? [{ atNs, place, does: 'scale', object, replicas }]
      : skip('scaling without a number');
  }
  if (subresource !== undefined) return skip(`of the subresource ${subresource}`);
  if (verb === 'delete') return [{ atNs, place, does: 'delete', object }];
  const whole = wholeObject(event);
  if (whole !== undefined) return [{ atNs, place, does: 'apply', object: whole }];
  if (verb !== 'patch' || request === undefined)
    return skip(`${String(verb)} without an object: log with level Request or more`);
  notes.push(`${place}: taken as a merge patch, whatever kind of patch it was`);
  return [{ atNs, place, does: 'patch', object, change: request }];
}

/** The object as it was stored, or as it was sent. */
function wholeObject({ verb, requestObject, responseObject }: JsonObject): JsonObject | undefined {
  const given = [responseObject, verb === 'patch' ? undefined : requestObject];
  return given.find(
    (one): one is JsonObject =>
      isObject(one) && one.kind !== 'Status' && isObject(one.metadata) && one.metadata.name !== undefined,
  );
}
