import { InputError } from '../api/input-error.js';
import { NODE } from '../api/kind.js';
import type { KindRegistry } from '../api/kind-registry.js';
import type { Node } from '../api/node.js';
import type { PodShapes } from '../api/pod-shapes.js';
import type { Cluster } from '../cluster/cluster.js';
import type { NodeSelection, ProcessName } from '../cluster/config.js';
import { AssertionError, type Engine } from '../engine/index.js';
import type { Load } from '../spokes/load/load-order.js';
import {
  type DemandStep,
  type DrainStep,
  type KillStep,
  type NodeChangeStep,
  type Step,
  stepsWithin,
  type WatchFaultStep,
} from './config.js';
import { loadOrder } from './load-order.js';
import { NodeFaults } from './node-faults.js';
import { PlacedPatch } from './placed-patch.js';

/** Does what the steps of `before` and of the timeline say, at the moment it is told to. */
export class StepPerformer {
  private readonly cluster: Cluster;
  private readonly shapes: PodShapes;
  private readonly faults: NodeFaults;
  private readonly kinds: KindRegistry;
  private readonly loads: Map<Step, Load>;

  constructor(engine: Engine, cluster: Cluster, shapes: PodShapes, kinds: KindRegistry) {
    this.cluster = cluster;
    this.shapes = shapes;
    this.faults = new NodeFaults(engine, cluster.machines);
    this.kinds = kinds;
    this.loads = new Map();
  }

  /** Ends of faults that are still to come. */
  get endsAhead(): number {
    return this.faults.endsAhead + this.cluster.restartsAhead;
  }

  /** Makes what the loads among the steps need, before time zero. Throws InputError for a load that cannot be. */
  prepare(steps: readonly Step[]): void {
    for (const step of stepsWithin(steps)) {
      if (step.action !== 'load') continue;
      const order = loadOrder(step, `load-${this.loads.size}`, this.kinds, this.shapes);
      const { rate, count, as } = step;
      this.loads.set(
        step,
        this.cluster.prepareLoad(order, as, rate === undefined ? undefined : () => rate.arrivals(count)),
      );
    }
  }

  /** Throws InputError for a step that names a node which there is not. */
  perform(step: Step): void {
    const { user } = this.cluster;
    switch (step.action) {
      case 'apply':
        // A Node that is applied stands for a machine that has come up.
        for (const object of step.objects) if (object.kind === NODE) this.join(object as Node);
        user.apply(step.objects, step.clients, this.shapes, step.sourceOf);
        this.cluster.recipe?.follow(step.objects);
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
      case 'demand':
        this.demand(step);
        return;
      case 'load':
        this.loads.get(step)!.start();
        return;
      case 'kill':
        this.cluster.kill(this.existing(step), step.forNs);
        return;
      case 'watch-fault':
        this.disturbWatch(step);
        return;
      case 'group':
        throw new AssertionError('the timeline opens groups, and performs what is in them');
      case 'node-fault':
        this.faults.begin(step, this.select(step.nodes, step));
        return;
    }
  }

  private existing({ process, place }: KillStep): ProcessName {
    const { component, index } = process;
    const replicas = this.cluster.replicasOf(component);
    if (index < replicas) return process;
    throw new InputError(
      `there is no ${component}/${index}: it has ${replicas} replica${replicas === 1 ? '' : 's'}`,
      place,
    );
  }

  private disturbWatch(step: WatchFaultStep): void {
    const { program, kind, place } = step;
    if (this.cluster.disturbWatch(program, kind, step)) return;
    throw new InputError(`there is no program ${program} that watches ${kind.resource}`, place);
  }

  private demand({ target, milliCpu, overNs }: DemandStep): void {
    this.cluster.metrics?.load.demand(target.kind, target.namespace, target.name, milliCpu, overNs);
  }

  private join({ metadata, status }: Node): void {
    this.cluster.machines.join(metadata.name, status.allocatable);
  }

  private names(step: NodeChangeStep | DrainStep): string[] {
    return this.select(step.nodes, step).map((node) => this.cluster.machines.fleet.names[node]!);
  }

  private select(selection: NodeSelection, step: Step): number[] {
    const nodes = this.cluster.machines.select(selection);
    const unknown = nodes.indexOf(-1);
    if (unknown < 0 || selection.by !== 'name') return nodes;
    throw new InputError(`there is no node ${selection.names[unknown]}`, step.place);
  }
}
