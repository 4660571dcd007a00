import type { Call } from '../api/call.js';
import type { Kind } from '../api/kind.js';
import type { WatchSink } from '../api/watch.js';
import type { ApiServerProcess } from './api-server-process.js';
import type { CallReturn } from './call-return.js';

/** What a connection of a client leads to. */
export interface ServerDoor {
  receive(call: Call, returnTo: CallReturn): void;
  unwatch(kind: Kind, sink: WatchSink): void;
}

/**
 * What stands before several API servers: it hands each new connection to the next of those that answer, round robin, as
 * HAProxy does with `option redispatch` in kubeadm's guide to high availability. A connection stays where it is until it breaks
 * (`--goaway-chance` is 0), so that a server which has come back has few.
 */
export class LoadBalancer {
  private readonly servers: readonly ApiServerProcess[];
  private next: number;

  constructor(servers: readonly ApiServerProcess[]) {
    this.servers = servers;
    this.next = 0;
  }

  /** Whom a new connection leads to: the next that answers, or one that refuses if none does. */
  dial(): ApiServerProcess {
    const { servers } = this;
    for (let step = 0; step < servers.length; step++) {
      const server = servers[(this.next + step) % servers.length]!;
      if (!server.answers) continue;
      this.next = (this.next + step + 1) % servers.length;
      return server;
    }
    return servers[this.next]!;
  }

  /** One connection: all goes to one server, until it is gone. */
  connection(): ServerDoor {
    let server: ApiServerProcess | undefined;
    return {
      receive: (call, returnTo) => {
        if (server?.answers !== true) server = this.dial();
        server.receive(call, returnTo);
      },
      unwatch: (kind, sink) => server?.unwatch(kind, sink),
    };
  }

  /** Many connections of alike clients, dealt out evenly: each request may be of another. */
  connections(): ServerDoor {
    return {
      receive: (call, returnTo) => this.dial().receive(call, returnTo),
      unwatch: (kind, sink) => {
        for (const server of this.servers) server.unwatch(kind, sink);
      },
    };
  }
}
