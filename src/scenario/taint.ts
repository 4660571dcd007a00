import { InputError } from '../api/input-error.js';
import { labelKeyProblem, labelValueProblem } from '../api/names.js';
import type { Taint, TaintEffect } from '../api/taint.js';
import { TaintChange, type TaintRemoval } from '../spokes/user/taint-change.js';
import { suggest } from './suggest.js';

const EFFECTS: readonly TaintEffect[] = ['NoSchedule', 'PreferNoSchedule', 'NoExecute'];

/** A taint as `kubectl taint` takes it: `key=value:NoSchedule` or `key:NoExecute`. Throws InputError. */
export function parseTaint(text: string): Taint {
  const colon = text.lastIndexOf(':');
  const effect = EFFECTS.find((one) => one === text.slice(colon + 1));
  if (colon < 0 || effect === undefined)
    throw new InputError(`taint ${JSON.stringify(text)} has no effect`, {
      remedy: `write key=value:EFFECT; ${suggest(text.slice(colon + 1), EFFECTS)}`,
    });
  const [key = '', value = ''] = text.slice(0, colon).split('=', 2);
  const problem = labelKeyProblem(key) ?? labelValueProblem(value);
  if (problem !== undefined) throw new InputError(`taint ${JSON.stringify(text)}: its key or value ${problem}`);
  return { key, value, effect };
}

/** What `kubectl taint` is told: taints to add, or to take away if a `-` stands behind them. Throws InputError. */
export function parseTaintChange(texts: readonly string[]): TaintChange {
  const added: Taint[] = [];
  const removed: TaintRemoval[] = [];
  for (const text of texts) {
    if (!text.endsWith('-')) added.push(parseTaint(text));
    else removed.push(parseTaintRemoval(text.slice(0, -1)));
  }
  return new TaintChange(added, removed);
}

function parseTaintRemoval(text: string): TaintRemoval {
  if (text.includes(':')) return parseTaint(text);
  const [key = ''] = text.split('=', 1);
  const problem = labelKeyProblem(key);
  if (problem !== undefined) throw new InputError(`taint ${JSON.stringify(text)}: its key ${problem}`);
  return { key, effect: undefined };
}
