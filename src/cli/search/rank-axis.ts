import { type Axis, axisOf } from '../../scenario/experiment.js';
import { parseRange, withUnit } from '../../scenario/levels.js';
import { settingPath } from '../../scenario/setting.js';
import { parseVary } from '../sweep/parse-vary.js';

/** Levels of a range that does not say which ones: four, as Morris takes. */
const LEVELS = 4;

/** `--vary` of a ranking, where `PATH=1..100` is enough. Throws InputError. */
export function parseRankAxis(text: string): Axis {
  const at = text.indexOf('=');
  const path = text.slice(0, Math.max(0, at)).trim();
  const range = text.includes(';') ? undefined : parseRange(text.slice(at + 1));
  if (range === undefined || range.by !== undefined) return parseVary(text);
  settingPath(path);
  const whole = Number.isInteger(range.from) && Number.isInteger(range.to);
  const levels = Array.from({ length: LEVELS }, (_, index) => {
    const value = range.from + ((range.to - range.from) * index) / (LEVELS - 1);
    return withUnit(whole ? Math.round(value) : Number(value.toPrecision(4)), range.unit);
  });
  return axisOf({ [path]: [...new Set(levels)] });
}
