import type { Call, Caller, ListRequest, WatchOptions } from '../api/call.js';
import type { Kind } from '../api/kind.js';
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
  private readonly watches: WatchCounts;
  private readonly lists: ListRules;
  private readonly statsOf: (kind: Kind) => ResourceStats;
  private readonly askers: Map<Caller, Asker>;
  /** By number of the machine: the kubelets that one client speaks for. */
  private readonly nodes: (Asker | undefined)[];
  /** Estimates made so far: one a number of watchers and level. */
  private readonly writes: Map<number, WorkEstimate>;

  constructor(
    control: FlowControl,
    watches: WatchCounts,
    statsOf: (kind: Kind) => ResourceStats,
    lists: ListRules = LIST_RULES,
  ) {
    this.lists = lists;
    this.control = control;
    this.watches = watches;
    this.statsOf = statsOf;
    this.askers = new Map();
    this.nodes = [];
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
    const { caller, node } = call;
    if (node >= 0 && caller.nodes !== undefined) return this.nodes[node] ?? this.newNode(call);
    let asker = this.askers.get(caller);
    if (asker === undefined) {
      asker = this.control.asker(userNamed(caller.user));
      this.askers.set(caller, asker);
    }
    return asker;
  }

  private newNode(call: Call): Asker {
    // Without holes the array stays a plain one.
    while (this.nodes.length <= call.node) this.nodes.push(undefined);
    const asker = this.control.asker(userNamed(call.user));
    this.nodes[call.node] = asker;
    return asker;
  }
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
