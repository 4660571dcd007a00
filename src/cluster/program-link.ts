import type { Call } from '../api/call.js';
import type { WatchEvent } from '../api/watch.js';
import type { ConnectionLink } from '../client/connection.js';
import { bodyBytes } from '../hub/body-bytes.js';
import type { ObjectBytes } from '../hub/object-bytes.js';
import type { LinkWires } from './link-wire.js';

/** The wires between one program and the API servers, by the server that it is connected to. */
export class ProgramLink implements ConnectionLink {
  private readonly bytes: ObjectBytes;
  /** The server at the moment, by its number. */
  private readonly server: () => number;
  private readonly wires: (LinkWires | undefined)[];

  constructor(bytes: ObjectBytes, server: () => number) {
    this.bytes = bytes;
    this.server = server;
    this.wires = [];
  }

  /** The wire to a server, which `make` makes if nothing has been said of it yet. */
  wiresTo(server: number, make: () => LinkWires): LinkWires {
    this.wires[server] ??= make();
    return this.wires[server];
  }

  callNs(call: Call, usualNs: number): number {
    return this.wires[this.server()]?.out.wayNs(usualNs, bodyBytes(call, this.bytes)) ?? usualNs;
  }

  answerNs(call: Call, usualNs: number): number {
    return this.wires[this.server()]?.back.wayNs(usualNs, call.answerWireBytes) ?? usualNs;
  }

  changesNs(changes: readonly WatchEvent[], usualNs: number): number {
    return this.wires[this.server()]?.back.wayNs(usualNs, changesBytes(changes, this.bytes)) ?? usualNs;
  }

  roomNs(): number {
    return this.wires[this.server()]?.back.roomNs() ?? 0;
  }
}

function changesBytes(changes: readonly WatchEvent[], bytes: ObjectBytes): number {
  let sum = 0;
  for (const { object } of changes) sum += bytes.of(object);
  return sum;
}
