import {
  controllerReference,
  defineKind,
  type KindRef,
  k8s,
  type Manifest,
  type NewManifest,
  type OwnerReference,
} from 'hubsim';

export interface DatabaseSpec {
  readonly replicas: number;
  readonly version: string;
}

export interface DatabaseStatus {
  readonly phase?: 'Creating' | 'Ready' | 'BackingUp';
  readonly readyReplicas?: number;
  readonly observedGeneration?: number;
}

export type Database = Manifest<DatabaseSpec, DatabaseStatus>;

export const Database: KindRef<DatabaseSpec, DatabaseStatus> = defineKind({
  apiVersion: 'databases.example/v1',
  kind: 'Database',
  plural: 'databases',
  converged: ({ metadata, spec, status }) =>
    status?.phase === 'Ready' &&
    status.readyReplicas === spec.replicas &&
    status.observedGeneration === metadata.generation,
});

/** Holds a database that is being deleted until its last backup is made. */
export const BACKUP = 'databases.example/backup';

interface OwnedMetadata {
  readonly name: string;
  readonly namespace: string;
  readonly ownerReferences: readonly OwnerReference[];
}

function owned(db: Database, name: string): OwnedMetadata {
  const { namespace = 'default' } = db.metadata;
  return { name, namespace, ownerReferences: [controllerReference(db)] };
}

export function configMapOf(db: Database): NewManifest {
  const { apiVersion, kind } = k8s.ConfigMap;
  return { apiVersion, kind, metadata: owned(db, `${db.metadata.name}-config`), data: { max_connections: '200' } };
}

export function serviceOf(db: Database): NewManifest {
  const { apiVersion, kind } = k8s.Service;
  const spec = { clusterIP: 'None', selector: { database: db.metadata.name }, ports: [{ port: 5432 }] };
  return { apiVersion, kind, metadata: owned(db, db.metadata.name), spec };
}

/** The pods of a database take their password from a Secret: another Secret makes another template. */
export function statefulSetOf(
  db: Database,
  secret: string,
): NewManifest & { readonly spec: { readonly template: object; readonly [field: string]: unknown } } {
  const { apiVersion, kind } = k8s.StatefulSet;
  const { name } = db.metadata;
  const labels = { database: name };
  const container = {
    name: 'postgres',
    image: `postgres:${db.spec.version}`,
    envFrom: [{ secretRef: { name: secret } }],
    resources: { requests: { cpu: '500m', memory: '1Gi' } },
  };
  return {
    apiVersion,
    kind,
    metadata: owned(db, name),
    spec: {
      replicas: db.spec.replicas,
      serviceName: name,
      selector: { matchLabels: labels },
      template: { metadata: { labels, annotations: { secret } }, spec: { containers: [container] } },
    },
  };
}
