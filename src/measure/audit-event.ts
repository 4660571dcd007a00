import { formatTimestamp } from '../api/civil-date.js';
import type { JsonObject } from '../api/json.js';
import { apiVersionOf } from '../api/kind.js';
import { toManifest } from '../api/to-manifest.js';
import type { Deployment } from '../api/workload.js';
import type { AuditEntry } from './audit-log.js';

/** The name of whoever the scenario lets act as the group of administrators. */
const ADMINISTRATOR = 'kubernetes-admin';
const MASTERS = 'system:masters';

/**
 * A request as the API server logs it (audit.k8s.io/v1): users' writes at level RequestResponse, all else at level
 * Metadata.
 */
export function auditEvent(entry: AuditEntry, index: number): JsonObject {
  const { client, user, verb, kind, subresource, namespace, name, code, reason, arrivedNs, answeredNs } = entry;
  const content = user === MASTERS && entry.object !== undefined ? contentOf(entry) : undefined;
  return {
    kind: 'Event',
    apiVersion: 'audit.k8s.io/v1',
    level: content === undefined ? 'Metadata' : 'RequestResponse',
    auditID: `00000000-0000-4000-8000-${index.toString(16).padStart(12, '0')}`,
    // A watch that has begun to answer goes on.
    stage: verb === 'watch' ? 'ResponseStarted' : 'ResponseComplete',
    requestURI: uriOf(entry),
    verb,
    user: userOf(user),
    userAgent: client,
    objectRef: {
      resource: kind.resource,
      ...(namespace === '' ? {} : { namespace }),
      ...(name === '' ? {} : { name }),
      ...(kind.group === '' ? {} : { apiGroup: kind.group }),
      apiVersion: kind.version,
      ...(subresource === '' ? {} : { subresource }),
    },
    responseStatus: { metadata: {}, ...(reason === '' ? {} : { status: 'Failure', reason }), code },
    ...content,
    requestReceivedTimestamp: microTime(arrivedNs),
    stageTimestamp: microTime(answeredNs),
  };
}

/** What was sent and what was stored; of what was sent only what the simulation knows. */
function contentOf({ verb, subresource, object }: AuditEntry): JsonObject {
  const stored = toManifest(object!);
  if (subresource === 'scale') {
    const { replicas } = (object as Deployment).spec;
    const scale = { kind: 'Scale', apiVersion: 'autoscaling/v1', metadata: stored.metadata, spec: { replicas } };
    return { requestObject: { spec: { replicas } }, responseObject: scale };
  }
  return verb === 'delete' ? {} : { ...(verb === 'patch' ? {} : { requestObject: stored }), responseObject: stored };
}

function uriOf({ verb, kind, subresource, namespace, name }: AuditEntry): string {
  const root = kind.group === '' ? '/api' : '/apis';
  const scope = namespace === '' ? '' : `/namespaces/${encodeURIComponent(namespace)}`;
  const object = name === '' || verb === 'create' ? '' : `/${encodeURIComponent(name)}`;
  // What a subresource is created of has a name already.
  const created = verb === 'create' && subresource !== '' ? `/${encodeURIComponent(name)}` : '';
  const part = subresource === '' ? '' : `/${subresource}`;
  return `${root}/${apiVersionOf(kind)}${scope}/${kind.resource}${object}${created}${part}${verb === 'watch' ? '?watch=true' : ''}`;
}

function userOf(user: string): JsonObject {
  if (user === MASTERS) return { username: ADMINISTRATOR, groups: [MASTERS, 'system:authenticated'] };
  return { username: user, groups: ['system:authenticated'] };
}

/** `1970-01-01T00:00:49.558501Z`: the run begins at the epoch. */
function microTime(timeNs: number): string {
  const micros = Math.floor((timeNs % 1e9) / 1e3);
  return `${formatTimestamp(timeNs).slice(0, -1)}.${String(micros).padStart(6, '0')}Z`;
}
