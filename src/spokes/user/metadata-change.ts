import type { Labels } from '../../api/labels.js';
import type { ApiObject } from '../../api/object.js';
import type { Patch } from '../../api/patch.js';

/** What to write under each key; null takes the key away. */
export type MetadataValues = Readonly<Record<string, string | null>>;

/** `kubectl label --overwrite` and `kubectl annotate --overwrite`. */
export class MetadataChange implements Patch {
  private readonly field: 'labels' | 'annotations';
  private readonly values: MetadataValues;

  constructor(field: 'labels' | 'annotations', values: MetadataValues) {
    this.field = field;
    this.values = values;
  }

  apply(current: ApiObject): ApiObject {
    const before = current.metadata[this.field];
    const after = changed(before, this.values);
    return after === before ? current : current.withMetadata(current.metadata.with({ [this.field]: after }));
  }
}

/** The map with the values written into it; the same map when it has them all. */
export function changed(before: Labels, values: MetadataValues): Labels {
  const after: Record<string, string> = { ...before };
  let same = true;
  for (const [key, value] of Object.entries(values)) {
    if ((after[key] ?? null) === value) continue;
    same = false;
    if (value === null) delete after[key];
    else after[key] = value;
  }
  return same ? before : Object.freeze(after);
}
