// The same operator with a bug that no test on a quiet cluster finds: it takes its cache for the truth.
import { controllerReference, defineSpoke, k8s, type SpokeDefinition } from 'hubsim';
import { Database } from './database.js';
import { reconcileDatabase, WATCHES } from './reconcile.js';

export { Database };

export const operator: SpokeDefinition = defineSpoke({
  name: 'database-operator',
  watches: WATCHES,
  workers: 2,
  replicas: 2,
  reconcileCost: '300us',
  reconcile: (key, client) =>
    reconcileDatabase(key, client, function* (db) {
      const [known] = client.cachedOwnedBy(k8s.Secret, db);
      if (known !== undefined) return known.metadata.name;
      // Nobody has told it of a Secret, so there is none?
      const metadata = {
        generateName: `${db.metadata.name}-credentials-`,
        namespace: key.namespace,
        ownerReferences: [controllerReference(db)],
      };
      const made = yield* client.create({ apiVersion: 'v1', kind: 'Secret', metadata, stringData: { password: 'x' } });
      return made.metadata.name;
    }),
});
