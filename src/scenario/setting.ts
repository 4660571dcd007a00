import { InputError } from '../api/input-error.js';
import type { Path } from './source.js';

/** A value of a scenario that an experiment changes. */
export interface Setting {
  /** `controllerManager.kubeApiQps`, `timeline[0].replicas`: from the top of the scenario, or within `cluster`. */
  readonly path: string;
  readonly value: unknown;
}

const PART = /(?:^|\.)([A-Za-z_][A-Za-z0-9_-]*)|\[(\d+)\]|\["([^"]*)"\]/y;

/** Keys at the top of a scenario; any other first key is one of `cluster`. */
const TOP_KEYS = new Set(['name', 'question', 'seed', 'cluster', 'before', 'timeline', 'stop', 'expect', 'published']);

/** The path of a setting in the document. Throws InputError when it is none. */
export function settingPath(text: string): Path {
  const path: (string | number)[] = [];
  PART.lastIndex = 0;
  for (let at = 0; at < text.length; at = PART.lastIndex) {
    PART.lastIndex = at;
    const part = PART.exec(text);
    if (part === null)
      throw new InputError(`${JSON.stringify(text)} is not the path of a setting`, {
        value: text,
        remedy: 'write it as controllerManager.kubeApiQps or timeline[0].replicas',
      });
    path.push(part[2] === undefined ? (part[1] ?? part[3]!) : Number(part[2]));
  }
  if (path.length === 0)
    throw new InputError('a setting needs a path', { remedy: 'such as controllerManager.kubeApiQps' });
  return TOP_KEYS.has(String(path[0])) ? path : ['cluster', ...path];
}
