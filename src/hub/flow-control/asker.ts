import type { Flow, SchemaFlows } from './flow.js';
import type { PathRequest, ResourceRequest } from './flow-rule.js';
import type { UserClass } from './user-class.js';

/**
 * A user, as flow control knows him. The first schema in matching order with a rule about the user and the request has it; a
 * request that none is about belongs to `catch-all` (util/flowcontrol/apf_controller.go startRequest).
 */
export class Asker {
  private readonly user: string;
  private readonly peers: UserClass;
  private readonly catchAll: SchemaFlows;
  /** The two flows he asked through last, where those do not depend on the namespace: most users have no others. */
  private last: Flow | undefined;
  private earlier: Flow | undefined;

  constructor(user: string, peers: UserClass, catchAll: SchemaFlows) {
    this.user = user;
    this.peers = peers;
    this.catchAll = catchAll;
    this.last = undefined;
    this.earlier = undefined;
  }

  /** The flow of a request for objects. */
  flowOf(request: ResourceRequest): Flow {
    return this.flowIn(this.peers.match(request) ?? this.catchAll, request.namespace);
  }

  /** The flow of a peer's request, who is known by number and says his name when he asks through it first. */
  flowOfPeer(request: ResourceRequest & { readonly user: string }, number: number): Flow {
    const flows = this.peers.match(request) ?? this.catchAll;
    return flows.byNamespace ? flows.of('', request.namespace) : flows.ofNumbered(number, request);
  }

  /** Whether the same rules are about both. */
  isPeerOf(other: Asker): boolean {
    return this.peers === other.peers;
  }

  /** The flow of any other request. */
  flowOfPath(request: PathRequest): Flow {
    return this.flowIn(this.peers.matchPath(request) ?? this.catchAll, '');
  }

  /** The flow of the schema that is about a request for objects, if there is one. */
  match(request: ResourceRequest): Flow | undefined {
    const flows = this.peers.match(request);
    return flows && this.flowIn(flows, request.namespace);
  }

  /** The flow of the schema that is about any other request, if there is one. */
  matchPath(request: PathRequest): Flow | undefined {
    const flows = this.peers.matchPath(request);
    return flows && this.flowIn(flows, '');
  }

  /** Working out a flow costs a hash. */
  private flowIn(flows: SchemaFlows, namespace: string): Flow {
    if (flows.byNamespace) return flows.of(this.user, namespace);
    const { last, earlier } = this;
    if (last?.schema === flows.schema) return last;
    const flow = earlier?.schema === flows.schema ? earlier : flows.of(this.user, '');
    this.earlier = last;
    this.last = flow;
    return flow;
  }
}
