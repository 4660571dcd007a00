import { InputError } from '../api/input-error.js';
import { BUILT_IN_KINDS, type Kind } from '../api/kind.js';
import type { ObjectName } from './config.js';
import { suggest } from './suggest.js';

/** kubectl's short names. */
const SHORT_NAMES: Readonly<Record<string, string>> = {
  cm: 'configmaps',
  deploy: 'deployments',
  ev: 'events',
  no: 'nodes',
  ns: 'namespaces',
  po: 'pods',
  rs: 'replicasets',
};

/** An object as kubectl names it, `deployment/web`, in the given namespace. Throws InputError. */
export function parseObjectName(text: string, namespace: string): ObjectName {
  const [kindText = '', name = '', ...rest] = text.split('/');
  if (name === '' || rest.length > 0)
    throw new InputError(`${JSON.stringify(text)} does not name an object`, {
      remedy: 'write KIND/NAME, like deployment/web',
    });
  const kind = kindNamed(kindText.toLowerCase());
  if (kind === undefined)
    throw new InputError(`unknown kind ${JSON.stringify(kindText)}`, {
      remedy: suggest(
        kindText,
        BUILT_IN_KINDS.map((one) => one.name.toLowerCase()),
      ),
    });
  return { kind, namespace: kind.namespaced ? namespace : '', name };
}

function kindNamed(text: string): Kind | undefined {
  const resource = SHORT_NAMES[text] ?? text;
  return BUILT_IN_KINDS.find((kind) => kind.resource === resource || kind.name.toLowerCase() === resource);
}
