import type { Engine } from '../engine/index.js';
import type { MemberLinks } from '../hub/etcd/member-links.js';
import type { Hub } from './hub.js';
import { type Link, type ProcessEnd, sortOf } from './link-end.js';
import { memberPairs, processPairs, type ReplicasOf } from './link-pairs.js';
import type { Machines } from './machines.js';
import { Passing } from './passing.js';
import type { ProcessFaults } from './process-faults.js';
import type { Wiring } from './wiring.js';

/** What wires are between. */
export interface Wired {
  readonly hub: Hub;
  readonly wiring: Wiring;
  readonly faults: ProcessFaults;
  readonly machines: Machines;
}

/** Cuts a wire, or mends it. */
type Cut = (cut: boolean) => void;

/** Wires that are cut, and mended again. */
export class Partitions {
  private readonly cluster: Wired;
  private readonly replicasOf: ReplicasOf;
  private readonly passing: Passing<readonly Cut[]>;

  constructor(engine: Engine, cluster: Wired) {
    this.cluster = cluster;
    this.replicasOf = (component) => cluster.faults.replicasOf(component);
    this.passing = new Passing(engine, 'fault: partition ends', (cuts) => {
      for (const cut of cuts) cut(false);
    });
  }

  /** Those that are to end. */
  get endsAhead(): number {
    return this.passing.ahead;
  }

  /** Cuts all wires of a link, for `forNs` (-1 = for good). `nodes` are the machines at its end. */
  begin(link: Link, nodes: readonly number[], forNs: number): void {
    const cuts = this.cutsOf(link, nodes);
    for (const cut of cuts) cut(true);
    this.passing.after(forNs, cuts);
  }

  private cutsOf(link: Link, nodes: readonly number[]): Cut[] {
    const { from, to } = link;
    const { machines } = this.cluster;
    if (from.at === 'nodes') return [(cut) => (cut ? machines.cutOff(nodes) : machines.reconnect(nodes))];
    const sort = sortOf(link);
    if (sort === 'server') return this.serverCuts(from, to);
    return sort === 'peers' ? this.peerCuts(from, to) : this.clientCuts(from, to);
  }

  private membersOf({ component }: ProcessEnd): MemberLinks {
    const { hub, faults } = this.cluster;
    return faults.linksOf(component === 'etcd' ? hub.etcd : hub.eventsEtcd!);
  }

  private serverCuts(from: ProcessEnd, to: ProcessEnd): Cut[] {
    const links = this.membersOf(to);
    return processPairs(from, to, this.replicasOf).map(
      ([server, member]): Cut =>
        (cut) =>
          links.severServer(server, member, cut),
    );
  }

  private peerCuts(from: ProcessEnd, to: ProcessEnd): Cut[] {
    const links = this.membersOf(from);
    return memberPairs(from, to, this.replicasOf).map(
      ([a, b]): Cut =>
        (cut) =>
          links.sever(a, b, cut),
    );
  }

  private clientCuts(from: ProcessEnd, to: ProcessEnd): Cut[] {
    const { faults, wiring } = this.cluster;
    return processPairs(from, to, this.replicasOf).map(([replica, server]): Cut => {
      const link = faults.linkOf(from.component, replica);
      return (cut) => (cut ? wiring.links.silence(link, server, 'cut') : wiring.links.restore(link, server));
    });
  }
}
