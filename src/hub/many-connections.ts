import type { Call, WatchOptions } from '../api/call.js';
import type { Kind } from '../api/kind.js';
import type { WatchSink } from '../api/watch.js';
import type { ApiServerProcess } from './api-server-process.js';
import type { CallReturn } from './call-return.js';
import type { LoadBalancer, ServerDoor } from './load-balancer.js';

/** A watch and the server that it is at. */
interface OpenWatch {
  readonly kind: Kind;
  readonly server: ApiServerProcess;
}

/** Many connections of alike clients through a balancer, dealt out evenly: each request may be of another. */
export class ManyConnections implements ServerDoor {
  private readonly balancer: LoadBalancer;
  private readonly watches: Map<WatchSink, OpenWatch>;

  constructor(balancer: LoadBalancer) {
    this.balancer = balancer;
    this.watches = new Map();
  }

  receive(call: Call, returnTo: CallReturn): void {
    const server = this.balancer.dial();
    if (call.verb === 'watch') this.watches.set((call.body as WatchOptions).sink, { kind: call.kind, server });
    server.receive(call, returnTo);
  }

  unwatch(kind: Kind, sink: WatchSink): void {
    this.watches.get(sink)?.server.unwatch(kind, sink);
    this.watches.delete(sink);
  }

  abandon(kind: Kind, sink: WatchSink): (() => void) | undefined {
    const ends = this.watches.get(sink)?.server.abandon(kind, sink);
    this.watches.delete(sink);
    return ends;
  }

  /** A server has said nothing for so long that its clients close their connections: they watch elsewhere. */
  leave(server: ApiServerProcess): void {
    for (const [sink, watch] of [...this.watches]) {
      if (watch.server !== server || server.abandon(watch.kind, sink) === undefined) continue;
      this.watches.delete(sink);
      sink.closed();
    }
  }
}
