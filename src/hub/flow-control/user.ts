/** Who makes a request, as authentication tells it to flow control. */
export interface User {
  readonly name: string;
  readonly groups: readonly string[];
}

const SERVICE_ACCOUNT = 'system:serviceaccount:';
const NODE = 'system:node:';
const ANONYMOUS = 'system:anonymous';
const AUTHENTICATED = 'system:authenticated';

/** The API server's own client, and whoever acts for a whole group under its name. */
const GROUPS_OF: ReadonlyMap<string, string> = new Map([
  ['system:apiserver', 'system:masters'],
  ['system:masters', 'system:masters'],
  ['system:nodes', 'system:nodes'],
]);

/** The user of a name with the groups that Kubernetes' own credentials put it in. */
export function userNamed(name: string): User {
  if (name === ANONYMOUS) return { name, groups: ['system:unauthenticated'] };
  if (name.startsWith(NODE)) return { name, groups: ['system:nodes', AUTHENTICATED] };
  if (name.startsWith(SERVICE_ACCOUNT)) {
    const [namespace = ''] = name.slice(SERVICE_ACCOUNT.length).split(':');
    return { name, groups: ['system:serviceaccounts', `system:serviceaccounts:${namespace}`, AUTHENTICATED] };
  }
  const group = GROUPS_OF.get(name);
  return { name, groups: group === undefined ? [AUTHENTICATED] : [group, AUTHENTICATED] };
}

/** Whether a user is the service account, or with `*` as the name one of the namespace. */
export function isServiceAccount(user: User, namespace: string, name: string): boolean {
  if (!user.name.startsWith(SERVICE_ACCOUNT)) return false;
  const prefix = `${SERVICE_ACCOUNT}${namespace}:`;
  return name === '*' ? user.name.startsWith(prefix) : user.name === prefix + name;
}
