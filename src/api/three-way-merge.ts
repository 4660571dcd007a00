import { isObject, type JsonObject } from './json.js';

/** Lists of objects that are merged by one of their fields (patchMergeKey in the types of core/v1). */
const MERGE_KEYS: Readonly<Record<string, readonly string[]>> = {
  containers: ['name'],
  initContainers: ['name'],
  ephemeralContainers: ['name'],
  env: ['name'],
  volumes: ['name'],
  imagePullSecrets: ['name'],
  secrets: ['name'],
  ports: ['containerPort', 'port'],
  volumeMounts: ['mountPath'],
  volumeDevices: ['devicePath'],
  hostAliases: ['ip'],
  topologySpreadConstraints: ['topologyKey'],
};

/**
 * What `kubectl apply` makes of an object (strategicpatch CreateThreeWayMergePatch): fields of the new manifest win, those
 * that the manifest applied before had and this one has not are taken away, and all others stay as somebody else has
 * set them. Lists are replaced whole, but for those whose elements have a name of their own.
 */
export function threeWayMerge(original: JsonObject, modified: JsonObject, current: JsonObject): JsonObject {
  const merged: JsonObject = { ...current };
  for (const field in original) if (!(field in modified)) delete merged[field];
  for (const [field, value] of Object.entries(modified)) {
    if (value === null) delete merged[field];
    else merged[field] = mergeValue(field, original[field], value, current[field]);
  }
  return merged;
}

function mergeValue(field: string, original: unknown, modified: unknown, current: unknown): unknown {
  if (isObject(modified)) return threeWayMerge(asObject(original), modified, asObject(current));
  if (!Array.isArray(modified) || !Array.isArray(current)) return modified;
  const key = MERGE_KEYS[field]?.find((one) => modified.every((item) => isObject(item) && one in item));
  return key === undefined ? modified : mergeList(key, Array.isArray(original) ? original : [], modified, current);
}

/** The new elements in their order, then those that somebody else has added. */
function mergeList(key: string, original: unknown[], modified: JsonObject[], current: unknown[]): unknown[] {
  const find = (list: unknown[], name: unknown): JsonObject =>
    asObject(list.find((item) => isObject(item) && item[key] === name));
  const names = new Set([...modified, ...original].map((item) => asObject(item)[key]));
  const merged = modified.map((item) => threeWayMerge(find(original, item[key]), item, find(current, item[key])));
  return [...merged, ...current.filter((item) => !names.has(asObject(item)[key]))];
}

function asObject(value: unknown): JsonObject {
  return isObject(value) ? value : {};
}
