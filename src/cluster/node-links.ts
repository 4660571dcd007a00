import type { Call } from '../api/call.js';
import type { Pod } from '../api/pod.js';
import type { ConnectionLink } from '../client/connection.js';
import type { InformerHandler } from '../client/informer-handler.js';
import type { Engine, EventKind } from '../engine/index.js';
import { bodyBytes } from '../hub/body-bytes.js';
import type { ObjectBytes } from '../hub/object-bytes.js';
import type { NodeSelection } from './config.js';
import { type LinkTerms, LinkWires, type WireParts } from './link-wire.js';
import type { Machines } from './machines.js';

/** What was said of the wires of some nodes; it holds for those that join later, too. */
interface Rule {
  readonly nodes: NodeSelection;
  readonly terms: LinkTerms;
}

/** A change on its way to a node. */
interface Held {
  readonly sort: 'added' | 'updated' | 'deleted';
  readonly pod: Pod;
  readonly previous: Pod | undefined;
}

/** What the wires of nodes are made of. */
export interface NodeLinkParts extends WireParts {
  readonly engine: Engine;
  readonly bytes: ObjectBytes;
  readonly machines: Machines;
  /** What a change has been on its way for already when the program of all kubelets hears of it, ns. */
  readonly usualNs: number;
}

/**
 * The wires between nodes and API servers that are not like the others. One program stands for all kubelets: what it sends and
 * hears for a node takes the node's wire.
 */
export class NodeLinks implements ConnectionLink {
  private readonly parts: NodeLinkParts;
  private readonly rules: Rule[];
  /** By node; undefined for those of which nothing was said. */
  private readonly wires: (LinkWires | undefined)[];
  /** Nodes up to this number have been looked at. */
  private known: number;
  private readonly arrivedKind: EventKind;
  private readonly held: (Held | undefined)[];
  private readonly free: number[];
  private handlers: readonly InformerHandler<Pod>[];

  constructor(parts: NodeLinkParts) {
    const { engine, machines } = parts;
    this.parts = parts;
    this.rules = [];
    this.wires = [];
    this.known = machines.fleet.size;
    this.held = [];
    this.free = [];
    this.handlers = [];
    this.arrivedKind = engine.register('kubelet: changes on the wire of a node', (row) => this.arrived(row), 'wire');
    machines.program.route(this);
    machines.pods.detour((handlers) => {
      this.handlers = handlers;
      return {
        added: (pod) => this.hear('added', pod, undefined),
        updated: (previous, pod) => this.hear('updated', pod, previous),
        deleted: (pod, last) => this.hear('deleted', pod, last),
      };
    });
  }

  /** Says what the wires of some nodes are like, and of those that join later. */
  describe(selection: NodeSelection, terms: LinkTerms): void {
    for (const wires of this.wiresOf(this.parts.machines.select(selection))) describe(wires, terms);
    this.rules.push({ nodes: selection, terms });
  }

  /** The wires of nodes. */
  wiresOf(nodes: readonly number[]): LinkWires[] {
    return nodes.map((node) => {
      this.wires[node] ??= new LinkWires(this.parts, `node/${this.parts.machines.fleet.names[node]!}`);
      return this.wires[node];
    });
  }

  private wireOf(node: number): LinkWires | undefined {
    const { machines } = this.parts;
    for (; this.known < machines.fleet.size; this.known++)
      for (const { nodes, terms } of this.rules)
        if (nodes.by !== 'chance' && machines.select(nodes).includes(this.known))
          for (const wires of this.wiresOf([this.known])) describe(wires, terms);
    return this.wires[node];
  }

  callNs(call: Call, usualNs: number): number {
    return this.wireOf(call.node)?.out.wayNs(usualNs, bodyBytes(call, this.parts.bytes)) ?? usualNs;
  }

  answerNs(call: Call, usualNs: number): number {
    return this.wireOf(call.node)?.back.wayNs(usualNs, call.answerWireBytes) ?? usualNs;
  }

  /** They come for all nodes together, and go on to each from there. */
  changesNs(_: unknown, usualNs: number): number {
    return usualNs;
  }

  /** All nodes have room, for what is sent to them is held on their own wires. */
  roomNs(): number {
    return 0;
  }

  private hear(sort: Held['sort'], pod: Pod, previous: Pod | undefined): void {
    const { engine, bytes, machines, usualNs } = this.parts;
    const held: Held = { sort, pod, previous };
    const wire = this.wireOf(machines.fleet.indexOf(pod.spec.nodeName))?.back;
    if (wire === undefined) {
      this.tell(held);
      return;
    }
    const row = this.free.pop() ?? this.held.length;
    this.held[row] = held;
    engine.schedule(Math.max(wire.wayNs(usualNs, bytes.of(pod)) - usualNs, 0), this.arrivedKind, row);
  }

  private arrived(row: number): void {
    const held = this.held[row]!;
    this.held[row] = undefined;
    this.free.push(row);
    this.tell(held);
  }

  private tell({ sort, pod, previous }: Held): void {
    for (const handler of this.handlers) {
      if (sort === 'added') handler.added(pod);
      else if (sort === 'updated') handler.updated(previous!, pod);
      else handler.deleted(pod, previous);
    }
  }
}

function describe({ out, back }: LinkWires, terms: LinkTerms): void {
  out.describe(terms);
  back.describe(terms);
}
