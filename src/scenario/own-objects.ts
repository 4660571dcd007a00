import type { Kind } from '../api/kind.js';
import type { Store } from '../hub/store.js';
import type { OwnObject } from '../measure/summary.js';

/** Objects of the scenario's own kinds that a summary has room for. */
const OBJECTS_MAX = 1000;

/** What there is of the scenario's own kinds, in order of kind and creation; undefined if it has none. */
export function ownObjects(store: Store, kinds: readonly Kind[]): readonly OwnObject[] | undefined {
  if (kinds.length === 0) return undefined;
  const objects = kinds.flatMap((kind) => [...store.table(kind).values()]);
  return objects.slice(0, OBJECTS_MAX).map(({ kind, metadata: { namespace, name }, spec, status }) => {
    return { kind: kind.name, namespace, name, spec: spec ?? null, status: status ?? null };
  });
}
