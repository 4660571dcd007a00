import type { Call } from '../api/call.js';
import type { Kind } from '../api/kind.js';
import type { WatchSink } from '../api/watch.js';
import type { ApiServerProcess } from './api-server-process.js';
import type { CallReturn } from './call-return.js';
import type { LoadBalancer, ServerDoor } from './load-balancer.js';

/** One connection through a balancer: all goes to one server, until it is gone. */
export class BalancedConnection implements ServerDoor {
  /** Servers that it cannot reach. */
  readonly outOfReach: Set<ApiServerProcess>;
  private readonly balancer: LoadBalancer;
  private server: ApiServerProcess | undefined;

  constructor(balancer: LoadBalancer) {
    this.balancer = balancer;
    this.outOfReach = new Set();
    this.server = undefined;
  }

  /** Whether it has a connection to a server that it cannot reach any more, or would make one. */
  get isCut(): boolean {
    const { server, outOfReach } = this;
    return server === undefined ? !this.balancer.reaches(outOfReach) : outOfReach.has(server);
  }

  /** Whether it has one. */
  get connected(): boolean {
    return this.server !== undefined;
  }

  /** The connection is lost. */
  hangUp(): void {
    this.server = undefined;
  }

  /** The server that it is connected to; one is dialed if there is none, or it is gone. */
  dialed(): ApiServerProcess {
    if (this.server?.answers !== true) this.server = this.balancer.dial(this.outOfReach);
    return this.server;
  }

  receive(call: Call, returnTo: CallReturn): void {
    this.dialed().receive(call, returnTo);
  }

  unwatch(kind: Kind, sink: WatchSink): void {
    this.server?.unwatch(kind, sink);
  }

  abandon(kind: Kind, sink: WatchSink): (() => void) | undefined {
    return this.server?.abandon(kind, sink);
  }
}
