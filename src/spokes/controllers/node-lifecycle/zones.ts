import type { Node } from '../../../api/node.js';
import { zoneKey } from '../../../api/zone-key.js';
import { ByLabels } from './by-labels.js';
import { TaintQueue } from './taint-queue.js';
import { type EvictionRates, evictionRate, type ZoneCounts, type ZoneState, zoneState } from './zone-state.js';

/** One zone: how it is, and which of its nodes are to be tainted. */
interface Zone {
  state: ZoneState;
  readonly queue: TaintQueue;
}

/** Nodes with this label do not count for the state of their zone. */
const EXCLUDED_LABEL = 'node.kubernetes.io/exclude-disruption';

/** What a pass means for the cluster: nothing special, all zones have just gone down, or one has come back. */
export type Disruption = 'none' | 'entered' | 'left';

/** The zones of the cluster, each with an eviction rate of its own (node_lifecycle_controller.go handleDisruption). */
export class Zones {
  private readonly rates: EvictionRates;
  private readonly byKey: Map<string, Zone>;
  private readonly byNode: ByLabels<Zone>;

  constructor(rates: EvictionRates) {
    this.rates = rates;
    this.byKey = new Map();
    this.byNode = new ByLabels((node) => this.zoneOf(node));
  }

  get queues(): readonly TaintQueue[] {
    return [...this.byKey.values()].map(({ queue }) => queue);
  }

  queueOf(node: Node): TaintQueue {
    return this.byNode.of(node).queue;
  }

  forget(nodeId: number): void {
    this.byNode.forget(nodeId);
  }

  /** Takes in what a pass has counted, and sets every zone's rate. */
  update(counts: ReadonlyMap<string, ZoneCounts>, nowNs: number): Disruption {
    const states = new Map<string, ZoneState>();
    for (const [key, count] of counts) states.set(key, zoneState(count, this.rates.unhealthyZoneThreshold));
    const allDown = [...states.values()].every((state) => state === 'fullDisruption');
    const zones = [...this.byKey].filter(([key]) => counts.has(key));
    const allWereDown = zones.every(([, { state }]) => state === 'fullDisruption');
    if (allDown && allWereDown) return 'none';
    for (const [key, zone] of zones) {
      const state = states.get(key)!;
      const { ready, notReady } = counts.get(key)!;
      if (zone.state === state && !allDown && !allWereDown) continue;
      zone.state = state;
      zone.queue.setRate(allDown ? 0 : evictionRate(state, ready + notReady, this.rates), nowNs);
    }
    if (allDown) return 'entered';
    return allWereDown ? 'left' : 'none';
  }

  private zoneOf(node: Node): Zone {
    const key = zoneKey(node.metadata.labels);
    let zone = this.byKey.get(key);
    if (zone === undefined) {
      zone = { state: 'initial', queue: new TaintQueue(this.rates.nodeEvictionRate) };
      this.byKey.set(key, zone);
    }
    return zone;
  }
}

/** The zone that a node counts for, undefined if it does not count for any. */
export function countedZone(node: Node): string | undefined {
  return EXCLUDED_LABEL in node.metadata.labels ? undefined : zoneKey(node.metadata.labels);
}
