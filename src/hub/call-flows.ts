import type { Call, Caller, ListRequest, WatchOptions } from '../api/call.js';
import { EVENT, type Kind, LEASE, NODE, POD } from '../api/kind.js';
import { ApiObject } from '../api/object.js';
import type { Pod } from '../api/pod.js';
import type { Asker } from './flow-control/asker.js';
import type { Flow } from './flow-control/flow.js';
import type { FlowControl } from './flow-control/flow-control.js';
import {
  LIST_RULES,
  type ListOptions,
  type ListRules,
  listWork,
  type ResourceStats,
} from './flow-control/list-work.js';
import { mutatingWork } from './flow-control/mutating-work.js';
import { userNamed } from './flow-control/user.js';
import type { WatchCounts } from './flow-control/watch-counts.js';
import { ONE_SEAT, type WorkEstimate } from './flow-control/work-estimate.js';
import type { Store } from './store.js';

/** Stands for every node's own user where one client speaks for all kubelets. */
export const EACH_NODE = 'system:node:*';

/** What LIST and WATCH calls here have in common. */
const WHOLE_KIND: ListOptions = {
  verb: 'list',
  resourceVersion: '',
  resourceVersionMatch: '',
  limit: 0,
  continued: false,
  selective: false,
  single: false,
  sendInitialEvents: false,
};

/** What the calls of an API server are to its flow control: whose they are, and how many seats they take. */
export class CallFlows {
  private readonly control: FlowControl;
  private readonly store: Store;
  private readonly watches: WatchCounts;
  private readonly lists: ListRules;
  private readonly statsOf: (kind: Kind) => ResourceStats;
  private readonly askers: Map<Caller, Asker>;
  private readonly nodes: Map<string, Asker>;
  /** By identity of the lease: nodes ask for nothing as often, and names take longer. */
  private readonly holders: Asker[];
  /** Estimates made so far: one a number of watchers and level. */
  private readonly writes: Map<number, WorkEstimate>;

  constructor(
    control: FlowControl,
    store: Store,
    watches: WatchCounts,
    statsOf: (kind: Kind) => ResourceStats,
    lists: ListRules = LIST_RULES,
  ) {
    this.lists = lists;
    this.control = control;
    this.store = store;
    this.watches = watches;
    this.statsOf = statsOf;
    this.askers = new Map();
    this.nodes = new Map();
    this.holders = [];
    this.writes = new Map();
  }

  flowOf(call: Call): Flow {
    return this.askerOf(call).flowOf(call);
  }

  /** The seats a call takes while it is served, and after. */
  workOf(call: Call, flow: Flow): WorkEstimate {
    if (call.mutating) return this.writeOf(call, flow);
    if (call.verb === 'get') return ONE_SEAT;
    const options = call.verb === 'list' ? listOf(call.body as ListRequest) : watchOf(call.body as WatchOptions);
    return listWork(options, this.statsOf(call.kind), this.control.widthLimit(flow), this.lists);
  }

  private writeOf(call: Call, flow: Flow): WorkEstimate {
    const name = call.verb === 'create' ? '' : call.name;
    const watchers = this.watches.interested(call.kind.id, call.namespace, name);
    if (watchers < 10) return ONE_SEAT;
    const key = watchers * 64 + flow.levelIndex;
    let work = this.writes.get(key);
    if (work === undefined) {
      work = mutatingWork(watchers, this.control.widthLimit(flow));
      this.writes.set(key, work);
    }
    return work;
  }

  private askerOf(call: Call): Asker {
    const { caller } = call;
    if (caller.user === EACH_NODE) return this.nodeAsker(call);
    let asker = this.askers.get(caller);
    if (asker === undefined) {
      asker = this.control.asker(userNamed(caller.user));
      this.askers.set(caller, asker);
    }
    return asker;
  }

  private nodeAsker(call: Call): Asker {
    const lease = call.kind === LEASE && call.verb === 'update' ? (call.body as ApiObject) : undefined;
    if (lease === undefined || lease.revision === 0) return this.askerNamed(nodeOf(this.store, call));
    this.holders[lease.id] ??= this.askerNamed(call.name);
    return this.holders[lease.id]!;
  }

  private askerNamed(node: string): Asker {
    let asker = this.nodes.get(node);
    if (asker === undefined) {
      asker = this.control.asker(userNamed(`system:node:${node}`));
      this.nodes.set(node, asker);
    }
    return asker;
  }
}

/** The node whose kubelet makes a call: it writes its own node and lease, the pods that are bound to it, and its Events. */
export function nodeOf(store: Store, call: Call): string {
  const { kind, name, body } = call;
  if (kind === NODE || kind === LEASE) return name;
  if (kind === EVENT) {
    const event = body instanceof ApiObject ? body : store.target(call);
    return (event?.extra as { readonly source?: { readonly host?: string } } | undefined)?.source?.host ?? '';
  }
  const pod = kind === POD ? (store.target(call) as Pod | undefined) : undefined;
  return pod === undefined ? '' : pod.spec.nodeName;
}

function listOf({ resourceVersion, exact = false, limit = 0, continuation, scans = false }: ListRequest): ListOptions {
  return {
    ...WHOLE_KIND,
    resourceVersion,
    resourceVersionMatch: exact ? 'Exact' : '',
    limit,
    continued: continuation !== undefined,
    selective: scans,
  };
}

function watchOf({ fromRevision }: WatchOptions): ListOptions {
  return { ...WHOLE_KIND, verb: 'watch', resourceVersion: String(fromRevision), sendInitialEvents: fromRevision === 0 };
}
