import { isObject, type JsonObject } from '../../api/json.js';
import type { Kind } from '../../api/kind.js';
import { ObjectChecker } from '../../api/object-checker.js';
import type { Path, Source } from '../source.js';

/**
 * What can be said of a merge patch before it is made: a value that no object of the kind can have is an InputError at its
 * place. What it leaves out is in the object already; whether the two go together shows when it is made.
 */
export function checkPatch(kind: Kind, patch: JsonObject, source: Source, path: Path): void {
  const findings = new ObjectChecker().check(kind, withoutRemovals(patch));
  const wrong = findings.find(({ severity, message }) => severity === 'error' && message !== 'is missing');
  if (wrong === undefined) return;
  throw source.error([...path, ...wrong.path], wrong.message, wrong.remedy);
}

/** A merge patch takes a field away with null. */
function withoutRemovals(patch: JsonObject): JsonObject {
  const kept = Object.entries(patch).filter(([, value]) => value !== null);
  return Object.fromEntries(kept.map(([name, value]) => [name, isObject(value) ? withoutRemovals(value) : value]));
}
