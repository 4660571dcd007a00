import type { Call } from '../api/call.js';
import type { Kind } from '../api/kind.js';
import type { WatchSink } from '../api/watch.js';
import type { ApiServerProcess } from './api-server-process.js';
import { BalancedConnection } from './balanced-connection.js';
import type { CallReturn } from './call-return.js';
import { ManyConnections } from './many-connections.js';

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
  private readonly crowds: ManyConnections[];
  private next: number;

  constructor(servers: readonly ApiServerProcess[]) {
    this.servers = servers;
    this.crowds = [];
    this.next = 0;
    for (const server of servers)
      server.whenSilent = () => {
        for (const crowd of this.crowds) crowd.leave(server);
      };
  }

  /**
   * Whom a new connection leads to: the next that answers and is not `outOfReach` of whoever asks, or one that refuses if none
   * does.
   */
  dial(outOfReach?: ReadonlySet<ApiServerProcess>): ApiServerProcess {
    const { servers } = this;
    for (let step = 0; step < servers.length; step++) {
      const server = servers[(this.next + step) % servers.length]!;
      if (!server.answers || outOfReach?.has(server) === true) continue;
      this.next = (this.next + step + 1) % servers.length;
      return server;
    }
    return servers[this.next]!;
  }

  /** Whether a server is left to who cannot reach some. */
  reaches(outOfReach: ReadonlySet<ApiServerProcess>): boolean {
    return this.servers.some((server) => !outOfReach.has(server));
  }

  /** One connection. */
  connection(): BalancedConnection {
    return new BalancedConnection(this);
  }

  /** Many connections of alike clients. */
  connections(): ManyConnections {
    const door = new ManyConnections(this);
    this.crowds.push(door);
    return door;
  }
}
