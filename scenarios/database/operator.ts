// The operator as it should be: the Secret has a name that follows from the database's, so there can be but one.
import { controllerReference, defineSpoke, k8s, type SpokeDefinition } from 'hubsim';
import { Database } from './database.js';
import { ensure, reconcileDatabase, WATCHES } from './reconcile.js';

export { Database };

export const operator: SpokeDefinition = defineSpoke({
  name: 'database-operator',
  watches: WATCHES,
  workers: 2,
  replicas: 2,
  reconcileCost: '300us',
  reconcile: (key, client) =>
    reconcileDatabase(key, client, function* (db) {
      const name = `${db.metadata.name}-credentials`;
      const metadata = { name, namespace: key.namespace, ownerReferences: [controllerReference(db)] };
      if (client.cached(k8s.Secret, { ...key, name }) === undefined)
        yield* ensure(client, { apiVersion: 'v1', kind: 'Secret', metadata, stringData: { password: 'x' } });
      return name;
    }),
});
