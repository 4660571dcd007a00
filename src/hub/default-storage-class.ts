import type { JsonObject } from '../api/json.js';
import type { ApiObject } from '../api/object.js';
import { isDefault } from '../api/storage-class.js';
import type { KindTable } from './kind-table.js';

/** The claim with the default class of the cluster if it names none (plugin/pkg/admission/storage/storageclass/setdefault). */
export function withDefaultClass(claim: ApiObject, classes: KindTable): ApiObject {
  const spec = claim.spec as JsonObject | undefined;
  if (classes.size === 0 || (spec?.storageClassName ?? undefined) !== undefined) return claim;
  const found = defaultClass(classes);
  return found === undefined ? claim : claim.withSpec({ ...spec, storageClassName: found.metadata.name });
}

/** The newest of several, then the first by name. */
function defaultClass(classes: KindTable): ApiObject | undefined {
  let best: ApiObject | undefined;
  for (const one of classes.values()) {
    if (!isDefault(one)) continue;
    const ageNs = best === undefined ? -1 : best.metadata.creationTimestampNs - one.metadata.creationTimestampNs;
    if (best === undefined || ageNs < 0 || (ageNs === 0 && one.metadata.name < best.metadata.name)) best = one;
  }
  return best;
}
