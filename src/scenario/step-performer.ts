import { InputError } from '../api/input-error.js';
import { NODE } from '../api/kind.js';
import type { KindRegistry } from '../api/kind-registry.js';
import type { PodShapes } from '../api/pod-shapes.js';
import type { Cluster } from '../cluster/cluster.js';
import type { Engine, EventKind } from '../engine/index.js';
import type { ClosedLoad } from '../spokes/load/closed-load.js';
import type { DrainStep, NodeChangeStep, NodeCrashStep, NodeSelection, StaleCacheStep, Step } from './config.js';
import { loadOrder } from './load-order.js';
import { PlacedPatch } from './placed-patch.js';

/** Does what the steps of `before` and of the timeline say, at the moment it is told to. */
export class StepPerformer {
  private readonly engine: Engine;
  private readonly cluster: Cluster;
  private readonly shapes: PodShapes;
  private readonly restartKind: EventKind;
  /** Ends of faults that are still to come: a run goes on until they have, though all may be as desired before. */
  endsAhead: number;
  /** Nodes that are down until a moment, by the number their restart event carries. */
  private readonly outages: (readonly number[])[];
  private readonly kinds: KindRegistry;
  private readonly loads: Map<Step, ClosedLoad>;

  constructor(engine: Engine, cluster: Cluster, shapes: PodShapes, kinds: KindRegistry) {
    this.engine = engine;
    this.cluster = cluster;
    this.shapes = shapes;
    this.restartKind = engine.register('fault: nodes restart', (outage) => this.restart(outage), 'timer');
    this.endsAhead = 0;
    this.outages = [];
    this.kinds = kinds;
    this.loads = new Map();
  }

  /** Makes what the loads among the steps need, before time zero. Throws InputError for a load that cannot be. */
  prepare(steps: readonly Step[]): void {
    for (const step of steps) {
      if (step.action !== 'load') continue;
      const order = loadOrder(step, `load-${this.loads.size}`, this.kinds, this.shapes);
      this.loads.set(step, this.cluster.prepareLoad(order, step.as));
    }
  }

  /** Throws InputError for a step that names a node which there is not. */
  perform(step: Step): void {
    const { user } = this.cluster;
    switch (step.action) {
      case 'apply':
        // A Node that is applied stands for a machine that has come up.
        for (const { kind, metadata } of step.objects) if (kind === NODE) this.cluster.join(metadata.name);
        user.apply(step.objects, step.clients);
        return;
      case 'scale':
        user.scale(step.target.kind, step.target.namespace, step.target.name, step.replicas);
        return;
      case 'delete':
        user.delete(step.target.kind, step.target.namespace, step.target.name, step.options);
        return;
      case 'change':
        user.change(
          step.target.kind,
          step.target.namespace,
          step.target.name,
          new PlacedPatch(step.change, step.place),
        );
        return;
      case 'node-change':
        for (const name of this.names(step)) user.change(NODE, '', name, step.change);
        return;
      case 'rollout':
        user.rollout(step.verb, step.target.kind, step.target.namespace, step.target.name, step.toRevision);
        return;
      case 'drain':
        user.drain(this.names(step), step.options);
        return;
      case 'load':
        this.loads.get(step)!.start();
        return;
      case 'kill':
        this.cluster.killApiServer(step.forNs);
        return;
      case 'stale-cache':
        this.delayWatch(step);
        return;
      case 'node-crash':
        this.crash(step);
        return;
    }
  }

  private delayWatch({ program, kind, forNs, place }: StaleCacheStep): void {
    if (this.cluster.delayWatch(program, kind, forNs)) return;
    throw new InputError(`there is no program ${program} that watches ${kind.resource}`, place);
  }

  private crash(step: NodeCrashStep): void {
    const nodes = this.select(step.nodes, step);
    this.cluster.crash(nodes);
    if (step.forNs < 0) return;
    this.endsAhead++;
    // A chore until its time has come: convergence does not wait for it.
    this.engine.scheduleAs(true, step.forNs, this.restartKind, this.outages.push(nodes) - 1);
  }

  private restart(outage: number): void {
    this.endsAhead--;
    this.engine.become(false);
    this.cluster.restart(this.outages[outage]!);
  }

  private names(step: NodeChangeStep | DrainStep): string[] {
    return this.select(step.nodes, step).map((node) => this.cluster.fleet.names[node]!);
  }

  private select(selection: NodeSelection, step: Step): number[] {
    const { fleet } = this.cluster;
    const all = fleet.names.map((_, index) => index);
    if (selection.by === 'all') return all;
    if (selection.by === 'zone') return all.filter((node) => this.cluster.zoneOf(node) === selection.zone);
    return selection.names.map((name) => {
      const node = fleet.indexOf(name);
      if (node < 0) throw new InputError(`there is no node ${name}`, step.place);
      return node;
    });
  }
}
