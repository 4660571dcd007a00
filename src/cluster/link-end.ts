import type { NodeSelection } from './config.js';

/**
 * Clients beside the control plane at which a wire can end, numbered from 0: the user, the loads of a scenario and the entries of
 * `cluster.watchers` in their order.
 */
export const OUTSIDE: readonly string[] = ['kubectl', 'load', 'watchers'];

/** The process of a component, of a client {@link OUTSIDE} or of a spoke of the user's own, at which a wire ends. */
export interface ProcessEnd {
  readonly at: 'process';
  readonly component: string;
  /** -1: all of them. */
  readonly index: number;
}

/** Where a wire ends: at a process, or at machines. */
export type LinkEnd = ProcessEnd | { readonly at: 'nodes'; readonly nodes: NodeSelection };

/** Two ends, the client's side first: machines are always there. */
export interface Link {
  readonly from: LinkEnd;
  readonly to: ProcessEnd;
}

const SERVER = 'api-server';
const ETCDS = ['etcd', 'etcd-events'];

/**
 * The link between two ends, the client's side first; undefined where nothing travels: programs and machines know the API
 * server and nobody else, it knows etcd, and the members of an etcd know each other.
 */
export function linkBetween(a: LinkEnd, b: LinkEnd): Link | undefined {
  if (a.at === 'process' && a.component === SERVER) return withServer(a, b);
  if (b.at === 'process' && b.component === SERVER) return withServer(b, a);
  return b.at === 'process' && isEtcd(a) && a.component === b.component ? { from: a, to: b } : undefined;
}

function withServer(server: ProcessEnd, other: LinkEnd): Link | undefined {
  if (other.at === 'process' && other.component === SERVER) return undefined;
  return other.at === 'process' && isEtcd(other) ? { from: server, to: other } : { from: other, to: server };
}

/** Of what a link is: between programs, or machines, and API servers; between those and etcd; between its members. */
export function sortOf({ from, to }: Link): 'nodes' | 'client' | 'server' | 'peers' {
  if (from.at === 'nodes') return 'nodes';
  if (from.component === SERVER) return 'server';
  return from.component === to.component ? 'peers' : 'client';
}

/** Whether an end stands for many clients, of which each is connected to whatever server. */
export function isMany(end: LinkEnd): boolean {
  return end.at === 'nodes' || end.component === 'load' || end.component === 'watchers';
}

function isEtcd(end: LinkEnd): end is ProcessEnd {
  return end.at === 'process' && ETCDS.includes(end.component);
}
