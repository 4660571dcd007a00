import { assert, type Engine } from '../engine/index.js';
import type { Etcd } from '../hub/etcd/etcd.js';
import { MemberLinks } from '../hub/etcd/member-links.js';
import type { Streams } from '../random/streams.js';
import { type ClientLinks, linkKey } from './client-links.js';
import type { Component } from './component.js';
import { copyName } from './custom-spokes.js';
import type { Hub } from './hub.js';
import { OUTSIDE } from './link-end.js';
import { Passing } from './passing.js';
import type { ProcessFault, ProcessName } from './process-fault.js';
import type { SpokeCopies } from './spoke-copies.js';

/** The processes of one component, by number. */
interface Processes {
  readonly replicas: number;
  /** The one that leads; -1: none at the moment. Undefined where none ever does. */
  readonly leaderIndex?: number | undefined;
  kill(index: number): void;
  restart(index: number): void;
  freeze?(index: number): void;
  thaw?(index: number): void;
  slow(index: number, factor: number): void;
  /** Left out where nothing that its clock shows makes a difference. */
  setClock?(index: number, skewNs: number): void;
  slowDisk?(index: number, factor: number): void;
  defragment?(index: number, fault: ProcessFault, begins: boolean): void;
}

/** What they belong to. */
export interface ProcessFaultParts {
  readonly engine: Engine;
  readonly streams: Streams;
  readonly hub: Hub;
  readonly links: ClientLinks;
}

/** A fault of one process that has begun. */
interface Begun {
  readonly fault: ProcessFault;
  readonly index: number;
}

/** What happens to the processes of a control plane and to spokes of the user's own, and passes again. */
export class ProcessFaults {
  private readonly engine: Engine;
  private readonly streams: Streams;
  private readonly hub: Hub;
  private readonly links: ClientLinks;
  private readonly memberLinks: Map<Etcd, MemberLinks>;
  private readonly components: () => readonly Component[];
  private readonly spokes: () => readonly SpokeCopies[];
  private readonly passing: Passing<Begun>;
  private readonly webhooksDown: Passing<string>;

  constructor(
    { engine, streams, hub, links }: ProcessFaultParts,
    components: () => readonly Component[],
    spokes: () => readonly SpokeCopies[],
  ) {
    this.engine = engine;
    this.streams = streams;
    this.hub = hub;
    this.links = links;
    this.memberLinks = new Map();
    this.components = components;
    this.spokes = spokes;
    this.passing = new Passing(engine, 'fault: processes restart', (begun) => this.change(begun, false));
    this.webhooksDown = new Passing(engine, 'fault: webhook answers again', (name) =>
      this.hub.webhooks!.down.delete(name),
    );
  }

  /** Faults that are to pass. */
  get endsAhead(): number {
    return this.passing.ahead + this.webhooksDown.ahead;
  }

  /** How many processes of a component there are, dead or alive. */
  replicasOf(component: string): number {
    return this.processesOf(component)?.replicas ?? this.links.countOf(component);
  }

  /** Whether the processes of a component elect one of them. */
  elects(component: string): boolean {
    const spoke = this.spokes().find(({ name }) => name === component);
    return spoke?.elects ?? this.processesOf(component)?.leaderIndex !== undefined;
  }

  /** Where nobody leads at the moment nothing happens to the leader. */
  begin(fault: ProcessFault): void {
    const index = this.indexOf(fault.process);
    if (index < 0) return;
    const begun = { fault, index };
    this.change(begun, true);
    this.passing.after(fault.forNs, begun);
  }

  private indexOf({ component, index, stream }: ProcessName): number {
    if (index === 'any') return this.streams.stream(stream).below(this.replicasOf(component));
    return index === 'leader' ? this.processesOf(component)!.leaderIndex! : index;
  }

  get webhookNames(): readonly string[] {
    const { mutating = [], validating = [] } = this.hub.webhooks ?? {};
    return [...mutating, ...validating].map(({ name }) => name);
  }

  /** Nobody answers a webhook for `forNs` (-1 = for good). */
  takeWebhookDown(name: string, forNs: number): void {
    this.hub.webhooks!.down.add(name);
    this.webhooksDown.after(forNs, name);
  }

  /** Lets a fault begin, or pass. */
  private change({ fault: given, index }: Begun, begins: boolean): void {
    const { fault, process, factor = 1, skewNs = 0 } = given;
    const processes = this.processesOf(process.component)!;
    if (fault === 'slow') {
      processes.slow(index, begins ? factor : 1);
      return;
    }
    if (fault === 'clock') {
      processes.setClock?.(index, begins ? skewNs : 0);
      return;
    }
    if (fault === 'disk-slow') {
      assert(processes.slowDisk !== undefined, `${process.component} has no disk`);
      processes.slowDisk!(index, begins ? factor : 1);
      return;
    }
    if (fault === 'defragment') {
      assert(processes.defragment !== undefined, `${process.component} has no database`);
      processes.defragment!(index, given, begins);
      return;
    }
    // A member that cannot write its log ends (etcdserver/raft.go), and again whenever it is started.
    if (fault === 'kill' || fault === 'disk-full') {
      if (begins) processes.kill(index);
      else processes.restart(index);
      return;
    }
    assert(processes.freeze !== undefined && processes.thaw !== undefined, `${process.component} cannot stand still`);
    if (begins) processes.freeze!(index);
    else processes.thaw!(index);
  }

  /** The wires of an etcd's members. */
  linksOf(etcd: Etcd): MemberLinks {
    const { connections, eventConnections, eventsEtcd } = this.hub;
    const known = this.memberLinks.get(etcd);
    if (known !== undefined) return known;
    const links = new MemberLinks(this.engine, etcd, etcd === eventsEtcd ? eventConnections : connections);
    this.memberLinks.set(etcd, links);
    return links;
  }

  /** Names the connection of one process of a component, of a client outside, or of a spoke. */
  linkOf(component: string, index: number): string {
    if (OUTSIDE.includes(component)) return linkKey(component, index);
    const spoke = this.spokes().find(({ name }) => name === component);
    if (spoke === undefined) return linkKey(`kube-${component}`, index);
    return linkKey(copyName(component, index, spoke.replicas), 0);
  }

  private membersOf(etcd: Etcd): Processes {
    const links = this.linksOf(etcd);
    const { store, eventsEtcd } = this.hub;
    const backend = (etcd === eventsEtcd ? store.eventsBackend : store.backend)!;
    return {
      replicas: etcd.replicas,
      leaderIndex: etcd.leaderIndex,
      kill: (index) => etcd.kill(index),
      restart: (index) => etcd.restart(index),
      slow: (index, factor) => etcd.members[index]!.slow(factor),
      slowDisk: (index, factor) => etcd.slowDisk(index, factor),
      defragment: (index, { compacts, disarms }, begins) => {
        const member = etcd.members[index]!;
        if (begins && member.up) member.lock();
        if (begins && member.up && compacts === true) backend.compactAll(store.revision);
        if (begins || !member.unlock()) return;
        backend.defragment(index);
        if (disarms === true) backend.disarm();
      },
      freeze: (index) => links.freeze(index),
      thaw: (index) => links.thaw(index),
    };
  }

  /** Undefined where a recipe stands in its place. */
  private processesOf(name: string): Processes | undefined {
    const { apiServers, etcd, eventsEtcd } = this.hub;
    if (name === 'api-server') return serversOf(apiServers, this.links);
    if (name === 'etcd') return this.membersOf(etcd);
    if (name === 'etcd-events') return eventsEtcd && this.membersOf(eventsEtcd);
    const spoke = this.spokes().find((one) => one.name === name);
    return spoke ?? this.components().find(({ plan }) => plan.name === `kube-${name}`);
  }
}

function serversOf(servers: Hub['apiServers'], links: ClientLinks): Processes {
  return {
    replicas: servers.length,
    kill: (index) => {
      // Whoever is dead refuses, and is silent no more.
      if (servers[index]!.frozen) links.silenceAll(index, false);
      servers[index]!.kill();
    },
    restart: (index) => servers[index]!.restart(),
    slow: (index, factor) => servers[index]!.slow(factor),
    freeze: (index) => {
      if (servers[index]!.freeze()) links.silenceAll(index, true);
    },
    thaw: (index) => {
      if (servers[index]!.thaw()) links.silenceAll(index, false);
    },
  };
}
