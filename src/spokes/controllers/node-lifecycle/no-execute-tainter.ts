import type { Node } from '../../../api/node.js';
import type { Informer } from '../../../client/informer.js';
import type { Process } from '../../../client/process.js';
import { type Task, TaskRunner, type Wait } from '../../../client/task.js';
import type { EventKind } from '../../../engine/index.js';
import type { NodeMarker } from './node-marker.js';
import { NOT_READY, newTaint, UNREACHABLE } from './node-taints.js';
import type { TaintQueue } from './taint-queue.js';
import type { EvictionRates, ZoneCounts } from './zone-state.js';
import { type Disruption, Zones } from './zones.js';

/** How often the queues are looked at (scheduler NodeEvictionPeriod). */
const PERIOD_NS = 100e6;

/**
 * Taints lost nodes NoExecute, zone by zone at the zone's rate (doNoExecuteTaintingPass). The original looks every
 * 100 ms whether there is something to do; here the clock only ticks while there is.
 */
export class NoExecuteTainter {
  private readonly process: Process;
  private readonly nodes: Informer<Node>;
  private readonly marker: NodeMarker;
  private readonly zones: Zones;
  private readonly runner: TaskRunner;
  private readonly tickKind: EventKind;
  private ticking: boolean;

  constructor(process: Process, nodes: Informer<Node>, marker: NodeMarker, rates: EvictionRates) {
    this.process = process;
    this.nodes = nodes;
    this.marker = marker;
    this.zones = new Zones(rates);
    this.runner = new TaskRunner(process);
    this.tickKind = process.engine.register(
      'node lifecycle: NoExecute pass',
      () => this.runner.start(this.pass()),
      'timer',
    );
    this.ticking = false;
  }

  /** The node is to be tainted when its turn comes, even if it was before and has lost the taint (markNodeForTainting). */
  request(node: Node, taintKey: string): void {
    const queue = this.zones.queueOf(node);
    if (!node.spec.taints.some(({ key, effect }) => key === taintKey && effect === 'NoExecute')) queue.remove(node.id);
    queue.add(node.id, this.process.engine.nowNs);
    this.tick();
  }

  cancel(node: Node): void {
    this.zones.queueOf(node).remove(node.id);
  }

  /** The node is gone. */
  forget(node: Node): void {
    this.cancel(node);
    this.zones.forget(node.id);
  }

  /** Sets the rates after a monitor pass. */
  update(counts: ReadonlyMap<string, ZoneCounts>): Disruption {
    return this.zones.update(counts, this.process.engine.nowNs);
  }

  private tick(): void {
    const waiting = this.zones.queues.filter(({ busy }) => busy);
    if (this.ticking || waiting.length === 0) return;
    this.ticking = true;
    const { engine } = this.process;
    // Where evictions have been stopped there is nothing that a convergence could wait for.
    const stopped = waiting.every(({ moving }) => !moving);
    engine.scheduleAs(stopped, PERIOD_NS - (engine.nowNs % PERIOD_NS), this.tickKind);
  }

  private *pass(): Task {
    for (const queue of this.zones.queues) yield* this.serve(queue);
    this.ticking = false;
    this.tick();
  }

  private *serve(queue: TaintQueue): Generator<Wait, void, void> {
    const { engine } = this.process;
    for (let id = queue.take(engine.nowNs); id >= 0; id = queue.take(engine.nowNs)) {
      const done = yield* this.taint(id);
      queue.handled(id, done, engine.nowNs);
    }
  }

  /** Whether the node has the taint of its condition now, or needs none. */
  private *taint(nodeId: number): Generator<Wait, boolean, void> {
    const node = this.nodes.cache.byId(nodeId);
    if (node === undefined || node.status.ready === 'True') return true;
    const [key, opposite] = node.status.ready === 'False' ? [NOT_READY, UNREACHABLE] : [UNREACHABLE, NOT_READY];
    const { nowNs } = this.process.engine;
    const add = [newTaint(key, 'NoExecute', nowNs)];
    return yield* this.marker.swapTaints(node, { add, remove: [newTaint(opposite, 'NoExecute', nowNs)] });
  }
}
