import { InputError } from '../api/input-error.js';
import type { Kind } from '../api/kind.js';
import type { KindRegistry } from '../api/kind-registry.js';
import { suggest } from './suggest.js';

/** An object named as kubectl does: `deployment/web`. */
export interface ObjectName {
  readonly kind: Kind;
  /** `''` for kinds without namespace. */
  readonly namespace: string;
  readonly name: string;
}

/** An object as kubectl names it, `deployment/web`, in the given namespace. Throws InputError. */
export function parseObjectName(text: string, namespace: string, kinds: KindRegistry): ObjectName {
  const [word = '', name = '', ...rest] = text.split('/');
  if (name === '' || rest.length > 0)
    throw new InputError(`${JSON.stringify(text)} does not name an object`, {
      remedy: 'write KIND/NAME, like deployment/web',
    });
  const kind = kinds.named(word);
  if (kind !== undefined) return { kind, namespace: kind.namespaced ? namespace : '', name };
  const known = kinds.all.filter((one) => !kinds.isMissed(one)).map((one) => one.name.toLowerCase());
  throw new InputError(`unknown kind ${JSON.stringify(word)}`, { remedy: suggest(word, known) });
}
