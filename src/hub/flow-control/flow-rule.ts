import type { NonResourceRule, ResourceRule, Subject } from './flow-schema.js';
import { isServiceAccount, type User } from './user.js';

/** What flow control looks at in a request for objects; a `Call` is one. */
export interface ResourceRequest {
  readonly verb: string;
  readonly kind: { readonly group: string; readonly resource: string };
  readonly subresource: string;
  /** `''` for the whole cluster. */
  readonly namespace: string;
}

/** What flow control looks at in any other request. */
export interface PathRequest {
  readonly verb: string;
  readonly path: string;
}

/** Whether a rule is about the user (util/flowcontrol/rule.go matchesSubject). */
export function subjectMatches(subject: Subject, user: User): boolean {
  switch (subject.kind) {
    case 'User':
      return subject.user.name === '*' || subject.user.name === user.name;
    case 'Group':
      return subject.group.name === '*' || user.groups.includes(subject.group.name);
    case 'ServiceAccount':
      return isServiceAccount(user, subject.serviceAccount.namespace, subject.serviceAccount.name);
  }
}

/** Whether a rule is about the request (util/flowcontrol/rule.go matchesResourcePolicyRule). */
export function resourceRuleMatches(rule: ResourceRule, request: ResourceRequest): boolean {
  if (!includes(rule.verbs, request.verb) || !resourceMatches(rule.resources, request)) return false;
  if (!includes(rule.apiGroups, request.kind.group)) return false;
  if (request.namespace === '') return rule.clusterScope === true;
  return rule.namespaces !== undefined && includes(rule.namespaces, request.namespace);
}

/** Whether a rule is about the request: a path matches itself and whatever lies below it. */
export function nonResourceRuleMatches(rule: NonResourceRule, { verb, path }: PathRequest): boolean {
  if (!includes(rule.verbs, verb)) return false;
  return rule.nonResourceURLs.some((url) => {
    if (url === '*' || url === path) return true;
    const prefix = url.endsWith('*') ? url.slice(0, -1) : url;
    return path.startsWith(prefix.endsWith('/') ? prefix : `${prefix}/`);
  });
}

function resourceMatches(resources: readonly string[], { kind, subresource }: ResourceRequest): boolean {
  if (isWildcard(resources)) return true;
  return resources.includes(subresource === '' ? kind.resource : `${kind.resource}/${subresource}`);
}

function includes(allowed: readonly string[], value: string): boolean {
  return isWildcard(allowed) || allowed.includes(value);
}

function isWildcard(allowed: readonly string[]): boolean {
  return allowed.length === 1 && allowed[0] === '*';
}
