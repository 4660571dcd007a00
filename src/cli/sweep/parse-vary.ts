import { parseDocument } from 'yaml';
import { InputError } from '../../api/input-error.js';
import { unknownAlias } from '../../api/yaml-problem.js';
import { type Axis, axisOf } from '../../scenario/experiment.js';
import { parseRange, RANGE_REMEDY } from '../../scenario/levels.js';
import { settingPath } from '../../scenario/setting.js';

/** `PATH=VALUES` of the command line, several joined by `;` to go in step. Throws InputError. */
export function parseVary(text: string): Axis {
  const entries = splitOutside(text, ';').map((entry): [string, readonly unknown[] | string] => {
    const at = entry.indexOf('=');
    if (at <= 0)
      throw new InputError(`--vary ${text}: ${entry.trim()} has no values`, {
        remedy: 'write --vary controllerManager.kubeApiQps=20,50,100 or =10..100 step 10',
      });
    const path = entry.slice(0, at).trim();
    settingPath(path);
    return [path, valuesOf(entry.slice(at + 1).trim())];
  });
  return axisOf(Object.fromEntries(entries));
}

function valuesOf(text: string): readonly unknown[] | string {
  if (parseRange(text) !== undefined) return text;
  if (/^-?[0-9.]+\w*\.\./.test(text)) throw new InputError(`${text} is no range`, { remedy: RANGE_REMEDY });
  return splitOutside(text, ',').map((value) => parseValue(value.trim()));
}

/** As YAML would read it; what it cannot read is a text. */
export function parseValue(text: string): unknown {
  const document = parseDocument(text);
  return document.errors.length > 0 || unknownAlias(document) !== undefined ? text : document.toJS();
}

/** The parts of a text between separators that are not in brackets or quotes. */
function splitOutside(text: string, separator: string): string[] {
  const parts = [''];
  let depth = 0;
  let quote = '';
  for (const char of text) {
    if (quote !== '') quote = char === quote ? '' : quote;
    else if (char === '"' || char === "'") quote = char;
    else if ('([{'.includes(char)) depth++;
    else if (')]}'.includes(char)) depth--;
    if (char === separator && depth === 0 && quote === '') parts.push('');
    else parts[parts.length - 1] += char;
  }
  return parts;
}
