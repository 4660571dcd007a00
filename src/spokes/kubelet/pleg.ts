import type { Stream } from '../../random/stream.js';

/** The generic pod lifecycle event generator looks at all containers of a node once a second (trap T10). */
const RELIST_PERIOD_NS = 1e9;

/**
 * The phase of each node's periodic work. Instead of a tick a second a node, whoever waits for one asks when it comes.
 */
export class Pleg {
  private readonly stream: Stream;
  private readonly phaseNs: number[];

  constructor(stream: Stream) {
    this.stream = stream;
    this.phaseNs = [];
  }

  /** Time from `nowNs` to the node's next relist, ns. */
  untilRelistNs(node: number, nowNs: number): number {
    return this.untilTickNs(node, nowNs, RELIST_PERIOD_NS);
  }

  /** Time from `nowNs` to the node's next tick of another period, whole seconds, ns. */
  untilTickNs(node: number, nowNs: number, periodNs: number): number {
    while (this.phaseNs.length <= node) this.phaseNs.push(Math.floor(this.stream.uniform() * RELIST_PERIOD_NS));
    const sinceTickNs = (nowNs - this.phaseNs[node]! + RELIST_PERIOD_NS) % periodNs;
    return periodNs - sinceTickNs;
  }
}
