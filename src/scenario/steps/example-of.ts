import { isObject } from '../../api/json.js';
import { markOfKind, STEP_KINDS } from './step-kinds.js';

/** Of keys that are not those of one kind of step. */
const COMMON: ReadonlyMap<string, string> = new Map([
  ['at', '0s'],
  ['cluster', '{ nodes: [{ count: 10 }] }'],
]);

/** What a missing key may say, as in the documented example of the step it is missing in; `undefined` when none has it. */
export function exampleOf(key: string, holder: unknown): string | undefined {
  const common = COMMON.get(key);
  if (common !== undefined || !isObject(holder)) return common;
  const kind = STEP_KINDS.find((one) => {
    const [mark, value] = markOfKind(one);
    return Object.hasOwn(holder, mark) && (value === undefined || holder[mark] === value);
  });
  const part = kind?.example.split(`, ${key}: `)[1];
  return part?.match(/^[\w./-]+(\([^)]*\))?(?=,|$)/)?.[0];
}
