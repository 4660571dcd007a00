import type { Outage, Silence } from '../client/outage.js';
import { OutageTimers } from '../client/outage-timers.js';
import type { Engine } from '../engine/index.js';
import type { ApiServerProcess } from '../hub/api-server-process.js';
import { BalancedConnection } from '../hub/balanced-connection.js';
import { ManyConnections } from '../hub/many-connections.js';
import type { ObjectBytes } from '../hub/object-bytes.js';
import type { LinkWires } from './link-wire.js';
import type { Program } from './program.js';
import { ProgramLink } from './program-link.js';

/** The connection of one program, through all its lives. */
interface ClientLink {
  program: Program;
  /** Where there are several servers. */
  balanced: BalancedConnection | undefined;
  /** So many servers must be silent for it to be cut off: all, if it stands for many clients. */
  readonly ways: number;
  /** Servers that do not answer it, and for how many reasons. */
  readonly silent: Map<ApiServerProcess, number>;
  /** The last one may go on; of those before a server may not have heard that they are over. */
  outages: Outage[];
  /** Set where something has been said of its wires, or befallen them. */
  wires: ProgramLink | undefined;
}

/** Which programs hear nothing of which API servers, and whose wires are not like the others. */
export class ClientLinks {
  private readonly engine: Engine;
  private readonly servers: readonly ApiServerProcess[];
  private readonly links: Map<string, ClientLink>;
  private timers: OutageTimers | undefined;

  constructor(engine: Engine, servers: readonly ApiServerProcess[]) {
    this.engine = engine;
    this.servers = servers;
    this.links = new Map();
    this.timers = undefined;
  }

  /** A program has been made: the first of its name and number, or a new life. */
  made(program: Program, replica: number, door: unknown): void {
    const key = linkKey(program.process.name, replica);
    const balanced = door instanceof BalancedConnection ? door : undefined;
    const known = this.links.get(key);
    if (known === undefined) {
      const ways = door instanceof ManyConnections ? this.servers.length : 1;
      this.links.set(key, { program, balanced, ways, silent: new Map(), outages: [], wires: undefined });
      return;
    }
    known.program = program;
    known.balanced = balanced;
    if (known.wires !== undefined) program.route(known.wires);
    for (const server of known.silent.keys()) balanced?.outOfReach.add(server);
    if (isCut(known)) known.outages.push(this.cutOff(known, false, 'cut'));
  }

  /** A server does not answer a program any more. */
  silence(key: string, server: number, silence: Silence): void {
    const link = this.links.get(key);
    if (link !== undefined) this.cut(link, this.servers[server]!, silence);
  }

  /** It answers again. */
  restore(key: string, server: number): void {
    const link = this.links.get(key);
    if (link !== undefined) mend(link, this.servers[server]!);
  }

  /** A server does not answer anybody any more, or does again; who stands for many goes to others by itself. */
  silenceAll(server: number, silent: boolean): void {
    for (const link of this.links.values()) {
      if (link.ways > 1) continue;
      if (silent) this.cut(link, this.servers[server]!, 'frozen');
      else mend(link, this.servers[server]!);
    }
  }

  /** How many programs of a name there have been. */
  countOf(name: string): number {
    let count = 0;
    while (this.links.has(linkKey(name, count))) count++;
    return count;
  }

  /** The wires between a program and a server, which `make` makes if nothing has been said of them yet. */
  wires(key: string, server: number, bytes: ObjectBytes, make: (name: string) => LinkWires): LinkWires {
    const link = this.links.get(key)!;
    link.wires ??= new ProgramLink(bytes, () =>
      link.balanced === undefined ? 0 : this.servers.indexOf(link.balanced.dialed()),
    );
    link.program.route(link.wires);
    return link.wires.wiresTo(server, () => make(`${key}/${linkKey('kube-apiserver', server)}`));
  }

  private cut(link: ClientLink, server: ApiServerProcess, silence: Silence): void {
    link.silent.set(server, (link.silent.get(server) ?? 0) + 1);
    link.balanced?.outOfReach.add(server);
    if (!isCut(link)) return;
    const last = link.outages.at(-1);
    if (last?.lasts === true) last.resume();
    else if (link.program.process.alive)
      link.outages.push(this.cutOff(link, link.balanced?.connected !== false, silence));
  }

  private cutOff(link: ClientLink, connected: boolean, silence: Silence): Outage {
    this.timers ??= new OutageTimers(this.engine);
    return link.program.cutOff(this.timers, connected, silence, () => {
      link.balanced?.hangUp();
      return !isCut(link);
    });
  }
}

function mend(link: ClientLink, server: ApiServerProcess): void {
  const reasons = link.silent.get(server)! - 1;
  if (reasons > 0) {
    link.silent.set(server, reasons);
    return;
  }
  link.silent.delete(server);
  link.balanced?.outOfReach.delete(server);
  if (isCut(link)) return;
  for (const outage of link.outages) outage.end();
  link.outages = link.outages.slice(-1);
}

/** Whether its connection is silent, or none can be made. */
function isCut({ balanced, silent, ways }: ClientLink): boolean {
  return balanced === undefined ? silent.size >= ways : balanced.isCut;
}

/** How the connection of a program is named, by its name and its number among its like. */
export function linkKey(name: string, replica: number): string {
  return `${name}/${replica}`;
}
