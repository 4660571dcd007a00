import type { Engine } from '../engine/index.js';
import { ObjectBytes } from '../hub/object-bytes.js';
import type { Distribution } from '../random/distribution.js';
import type { Streams } from '../random/streams.js';
import { linkKey } from './client-links.js';
import { isMany, type Link, type ProcessEnd, sortOf } from './link-end.js';
import { memberPairs, processPairs, type ReplicasOf } from './link-pairs.js';
import { type LinkTerms, LinkWires, type NetworkLink, type WireParts } from './link-wire.js';
import { NodeLinks } from './node-links.js';
import type { Wired } from './partitions.js';
import { Passing } from './passing.js';

/** Wires that are slower for a while. */
interface Slowed {
  readonly wires: readonly LinkWires[];
  readonly terms: LinkTerms;
}

/** The wires that are not like all others, or become so. */
export class Links {
  private readonly engine: Engine;
  private readonly cluster: Wired;
  private readonly parts: WireParts;
  private readonly bytes: ObjectBytes;
  private readonly usualNs: number;
  private readonly replicasOf: ReplicasOf;
  private readonly passing: Passing<Slowed>;
  /** Those between API servers and etcd, and between its members, by name. */
  private readonly named: Map<string, LinkWires>;
  private nodes: NodeLinks | undefined;
  /** What is said of loads, which are made later. */
  private readonly ofLoads: NetworkLink[];

  /** `usual`: how long something is on any other wire. */
  constructor(engine: Engine, streams: Streams, cluster: Wired, usual: Distribution) {
    this.engine = engine;
    this.cluster = cluster;
    this.parts = { clock: engine, streams };
    this.bytes = new ObjectBytes();
    this.usualNs = Number.isFinite(usual.mean) ? Math.round(usual.mean) : 0;
    this.replicasOf = (component) => cluster.faults.replicasOf(component);
    this.named = new Map();
    this.nodes = undefined;
    this.ofLoads = [];
    this.passing = new Passing(engine, 'fault: link is as before', ({ wires, terms }) => {
      for (const { out, back } of wires) {
        out.recover(terms);
        back.recover(terms);
      }
    });
  }

  /** Ends of faults that are still to come. */
  get endsAhead(): number {
    return this.passing.ahead;
  }

  /** Says what the wires of a link are like. */
  describe(described: NetworkLink): void {
    const { link, delay, bandwidth } = described;
    if (link.from.at === 'nodes') this.nodeLinks().describe(link.from.nodes, { delay, bandwidth });
    else if (link.from.component === 'load') this.ofLoads.push(described);
    else this.describeWires(link, { delay, bandwidth });
  }

  /** A load has been made: what was said of it holds. */
  loadMade(number: number): void {
    for (const { link, delay, bandwidth } of this.ofLoads) {
      const from = link.from as ProcessEnd;
      if (from.index < 0 || from.index === number)
        this.describeWires({ ...link, from: { ...from, index: number } }, { delay, bandwidth });
    }
  }

  private describeWires(link: Link, terms: LinkTerms): void {
    for (const { out, back } of this.wiresOf(link, [])) {
      out.describe(terms);
      back.describe(terms);
    }
  }

  /** All wires of a link become slower, for `forNs` (-1 = for good). `nodes` are the machines at its end. */
  slow(link: Link, nodes: readonly number[], terms: LinkTerms, forNs: number): void {
    const wires = this.wiresOf(link, nodes);
    for (const { out, back } of wires) {
      out.slow(terms);
      back.slow(terms);
    }
    this.passing.after(forNs, { wires, terms });
  }

  private wiresOf(link: Link, nodes: readonly number[]): LinkWires[] {
    const { from, to } = link;
    if (from.at === 'nodes') return this.nodeLinks().wiresOf(nodes);
    const sort = sortOf(link);
    const { hub, faults, wiring } = this.cluster;
    const { replicasOf } = this;
    if (sort === 'client') {
      // Whoever stands for many has one wire, whichever servers it leads to.
      const end = isMany(from) ? { ...to, index: 0 } : to;
      return processPairs(from, end, replicasOf).map(([replica, server]) =>
        wiring.links.wires(faults.linkOf(from.component, replica), server, this.bytes, (name) => this.make(name)),
      );
    }
    const etcd = to.component === 'etcd' ? hub.etcd : hub.eventsEtcd!;
    if (sort === 'peers')
      return memberPairs(from, to, replicasOf).map(([a, b]) => {
        const wires = this.between(linkKey(to.component, a), linkKey(to.component, b));
        etcd.wires!.link(a, b, wires);
        return wires;
      });
    const { all } = to.component === 'etcd' ? hub.connections : hub.eventConnections;
    return processPairs(from, to, replicasOf).map(([server, member]) => {
      const wires = this.between(linkKey(from.component, server), linkKey(to.component, member));
      all[server]!.link(member, wires);
      return wires;
    });
  }

  private between(a: string, b: string): LinkWires {
    const name = `${a}/${b}`;
    const wires = this.named.get(name) ?? this.make(name);
    this.named.set(name, wires);
    return wires;
  }

  private make(name: string): LinkWires {
    return new LinkWires(this.parts, name);
  }

  private nodeLinks(): NodeLinks {
    const { engine, parts, bytes, usualNs } = this;
    const { machines } = this.cluster;
    this.nodes ??= new NodeLinks({ ...parts, engine, bytes, machines, usualNs });
    return this.nodes;
  }
}
