import type { Engine } from '../engine/index.js';
import type { MemberLinks } from '../hub/etcd/member-links.js';
import type { Hub } from './hub.js';
import { type Link, type ProcessEnd, sortOf } from './link-end.js';
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
  private readonly passing: Passing<readonly Cut[]>;

  constructor(engine: Engine, cluster: Wired) {
    this.cluster = cluster;
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

  private numbers({ component, index }: ProcessEnd): number[] {
    const replicas = this.cluster.faults.replicasOf(component);
    return index >= 0 ? [index] : Array.from({ length: replicas }, (_, number) => number);
  }

  private serverCuts(from: ProcessEnd, to: ProcessEnd): Cut[] {
    const links = this.membersOf(to);
    return this.numbers(from).flatMap((server) =>
      this.numbers(to).map(
        (member): Cut =>
          (cut) =>
            links.severServer(server, member, cut),
      ),
    );
  }

  private peerCuts(from: ProcessEnd, to: ProcessEnd): Cut[] {
    const links = this.membersOf(from);
    const pairs = this.numbers(from).flatMap((a) =>
      this.numbers(to).map((b) => [Math.min(a, b), Math.max(a, b)] as const),
    );
    const apart = pairs.filter(([a, b], place) => a !== b && pairs.findIndex(([c, d]) => a === c && b === d) === place);
    return apart.map(
      ([a, b]): Cut =>
        (cut) =>
          links.sever(a, b, cut),
    );
  }

  private clientCuts(from: ProcessEnd, to: ProcessEnd): Cut[] {
    const { faults, wiring } = this.cluster;
    return this.numbers(from).flatMap((replica) => {
      const link = faults.linkOf(from.component, replica);
      return this.numbers(to).map(
        (server): Cut =>
          (cut) =>
            cut ? wiring.links.silence(link, server, 'cut') : wiring.links.restore(link, server),
      );
    });
  }
}
