import type { Call, Caller, ListRequest, WatchOptions } from '../api/call.js';
import { newColumn, roomFor, widened } from '../api/columns.js';
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
  /** Who called last, and what he is to flow control. */
  private lastCaller: Caller | undefined;
  private lastAsker: Asker | undefined;
  /** Of the kubelets that one client speaks for, the first that asked, and those that other rules are about, by number of the machine. */
  private kubelet: Asker | undefined;
  private readonly oddKubelets: Map<number, Asker>;
  /** By number of the machine: 1 once it is known which of them it is. */
  private met: Uint8Array;
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
    this.lastCaller = undefined;
    this.lastAsker = undefined;
    this.kubelet = undefined;
    this.oddKubelets = new Map();
    this.met = newColumn(Uint8Array, 64);
    this.writes = new Map();
  }

  flowOf(call: Call): Flow {
    const { caller, node } = call;
    return node >= 0 && caller.nodes !== undefined ? this.flowOfKubelet(call) : this.askerOf(caller).flowOf(call);
  }

  /** Of thousands of kubelets no more is looked at than the flow: it has left the processor's caches. */
  private flowOfKubelet(call: Call): Flow {
    const { node } = call;
    if (node >= this.met.length) this.met = widened(this.met, roomFor(node + 1, this.met.length));
    if (this.met[node] === 0) this.meet(call);
    const odd = this.oddKubelets.size === 0 ? undefined : this.oddKubelets.get(node);
    return odd === undefined ? this.kubelet!.flowOfPeer(call, node) : odd.flowOf(call);
  }

  private meet({ node, user }: Call): void {
    const asker = this.control.asker(userNamed(user));
    this.kubelet ??= asker;
    if (!asker.isPeerOf(this.kubelet)) this.oddKubelets.set(node, asker);
    this.met[node] = 1;
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

  private askerOf(caller: Caller): Asker {
    if (caller !== this.lastCaller) {
      this.lastAsker = this.askers.get(caller) ?? this.newCaller(caller);
      this.lastCaller = caller;
    }
    return this.lastAsker!;
  }

  private newCaller(caller: Caller): Asker {
    const asker = this.control.asker(userNamed(caller.user));
    this.askers.set(caller, asker);
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
