import { InputError } from '../api/input-error.js';
import type { Labels } from '../api/labels.js';
import type { ApiObject } from '../api/object.js';
import { BEHAVIOUR_KEYS, behaviourProblem, isBehaviour } from '../spokes/kubelet/behaviour.js';
import { suggest } from './suggest.js';

interface Templated {
  readonly template?: { readonly annotations?: Labels };
  readonly jobTemplate?: { readonly spec?: Templated };
}

/** Reads the annotations that say what containers do, so that a mistake is found before a run. Throws InputError. */
export function checkBehaviours(objects: readonly ApiObject[], text: string, file: string): void {
  for (const { metadata, spec } of objects) {
    const templated = spec as Templated | undefined;
    const inner = templated?.jobTemplate?.spec ?? templated;
    check(metadata.annotations, text, file);
    check(inner?.template?.annotations ?? {}, text, file);
  }
}

function check(annotations: Labels, text: string, file: string): void {
  for (const [key, value] of Object.entries(annotations)) {
    const problem = isBehaviour(key) ? behaviourProblem(key, value) : undefined;
    if (problem === undefined) continue;
    const line = text.split('\n').findIndex((one) => one.includes(key)) + 1;
    const name = key.slice(key.indexOf('/') + 1).split('.')[0] ?? '';
    const known = BEHAVIOUR_KEYS.includes(name);
    const remedy = known
      ? 'write a duration such as 30s, or a distribution of durations; codes and counts as whole numbers'
      : suggest(name, BEHAVIOUR_KEYS);
    throw new InputError(`the annotation ${key} ${problem}`, { file, ...(line > 0 ? { line } : {}), value, remedy });
  }
}
