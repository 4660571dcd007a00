import {
  k8s,
  type Manifest,
  type NewManifest,
  type ReconcileKey,
  type Request,
  type SpokeClient,
  type Waitable,
  type Watch,
} from 'hubsim';
import { BACKUP, configMapOf, Database, serviceOf, statefulSetOf } from './database.js';

/** What an operator of databases watches: them, and what it makes of them. */
export const WATCHES: readonly (typeof Database | Watch)[] = [
  Database,
  { kind: k8s.StatefulSet, enqueue: 'owner' },
  { kind: k8s.Service, enqueue: 'owner' },
  { kind: k8s.ConfigMap, enqueue: 'owner' },
  { kind: k8s.Secret, enqueue: 'owner' },
];

// biome-ignore lint/suspicious/noExplicitAny: yield gives what it waits for
type Steps<T> = Generator<Waitable, T, any>;

/** Makes the Secret of a database if it has none, and gives its name. */
export type EnsureSecret = (db: Database, client: SpokeClient) => Steps<string>;

/** Brings one database a step nearer to what is wanted. */
export function* reconcileDatabase(key: ReconcileKey, client: SpokeClient, ensureSecret: EnsureSecret): Steps<void> {
  const db = client.cached(Database, key);
  if (db === undefined) return;
  if (db.metadata.deletionTimestamp !== undefined) {
    yield* backUp(db, client);
    return;
  }
  if (!db.metadata.finalizers?.includes(BACKUP)) {
    yield client.update({ ...db, metadata: { ...db.metadata, finalizers: [BACKUP] } });
    return;
  }
  const secret = yield* ensureSecret(db, client);
  if (client.cached(k8s.ConfigMap, { ...key, name: `${key.name}-config` }) === undefined)
    yield* ensure(client, configMapOf(db));
  if (client.cached(k8s.Service, key) === undefined) yield* ensure(client, serviceOf(db));
  yield* ensureStatefulSet(db, client, secret);
  const readyReplicas = client.cached(k8s.StatefulSet, key)?.status?.readyReplicas ?? 0;
  const phase = readyReplicas === db.spec.replicas ? 'Ready' : 'Creating';
  yield client.updateStatus({
    ...db,
    status: { phase, readyReplicas, observedGeneration: db.metadata.generation ?? 0 },
  });
}

/** Creates an object; one that is there already will be in the cache soon. */
export function* ensure(client: SpokeClient, wanted: NewManifest): Steps<void> {
  try {
    yield client.create(wanted);
  } catch (error) {
    if ((error as { alreadyExists?: boolean }).alreadyExists !== true) throw error;
  }
}

function* ensureStatefulSet(db: Database, client: SpokeClient, secret: string): Steps<void> {
  const wanted = statefulSetOf(db, secret);
  const set = client.cached(k8s.StatefulSet, db.metadata);
  if (set === undefined) {
    yield* ensure(client, wanted);
    return;
  }
  const change = { spec: { replicas: db.spec.replicas, template: wanted.spec.template } };
  yield client.patch(k8s.StatefulSet, db.metadata, change);
}

function* backUp(db: Database, client: SpokeClient): Steps<void> {
  if (!db.metadata.finalizers?.includes(BACKUP)) return;
  const phased: Request<Manifest> | Request<Database> = client.patchStatus(Database, db.metadata, {
    phase: 'BackingUp',
  });
  yield phased;
  yield client.sleep('20s');
  yield client.patch(Database, db.metadata, { metadata: { finalizers: null } });
}
