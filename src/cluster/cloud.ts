import type { Node } from '../api/node.js';
import type { Engine, EventKind } from '../engine/index.js';
import type { Distribution } from '../random/distribution.js';
import type { Stream } from '../random/stream.js';
import type { CloudProvider, NodeGroup } from '../spokes/cluster-autoscaler/node-group.js';
import { groupNode } from './cluster-nodes.js';
import type { NodeGroupConfig } from './config.js';
import type { Machines } from './machines.js';

/** The nodes that groups have from the start. */
export function firstGroupNodes(groups: readonly NodeGroupConfig[]): Node[] {
  return groups.flatMap((group) => Array.from({ length: group.size }, (_, index) => groupNode(group, index)));
}

/** Where machines come from that an autoscaler orders: they boot for a while, and register themselves. */
export class Cloud implements CloudProvider {
  readonly groups: readonly NodeGroup[];
  private readonly engine: Engine;
  private readonly configs: readonly NodeGroupConfig[];
  private readonly machines: Machines;
  private readonly stream: Stream;
  private readonly bootedKind: EventKind;
  private readonly groupByNode: Map<string, number>;
  /** By group: machines that run or boot, those of them that boot, and how many there ever were. */
  private readonly sizes: number[];
  private readonly booting: number[];
  private readonly made: number[];

  constructor(engine: Engine, configs: readonly NodeGroupConfig[], machines: Machines, stream: Stream) {
    this.engine = engine;
    this.configs = configs;
    this.groups = configs.map((config) => ({
      name: config.name,
      minSize: config.minSize,
      maxSize: config.maxSize,
      template: groupNode(config, 0),
    }));
    this.machines = machines;
    this.stream = stream;
    this.bootedKind = engine.register('cloud: machine booted', (group) => this.booted(group), 'timer');
    this.sizes = configs.map(({ size }) => size);
    this.booting = configs.map(() => 0);
    this.made = configs.map(({ size }) => size);
    this.groupByNode = new Map(
      configs.flatMap((config, group) =>
        firstGroupNodes([config]).map(({ metadata }): [string, number] => [metadata.name, group]),
      ),
    );
  }

  sizeOf(group: number): number {
    return this.sizes[group]!;
  }

  bootingIn(group: number): number {
    return this.booting[group]!;
  }

  groupOf(nodeName: string): number {
    return this.groupByNode.get(nodeName) ?? -1;
  }

  increase(group: number, count: number): void {
    this.sizes[group]! += count;
    this.booting[group]! += count;
    const boot: Distribution = this.configs[group]!.boot;
    for (let i = 0; i < count; i++) this.engine.schedule(boot.sample(this.stream), this.bootedKind, group);
  }

  remove(nodeName: string): void {
    const group = this.groupOf(nodeName);
    if (group < 0) return;
    this.groupByNode.delete(nodeName);
    this.sizes[group]!--;
    this.machines.switchOffForGood(nodeName);
  }

  private booted(group: number): void {
    const node = groupNode(this.configs[group]!, this.made[group]!++);
    this.booting[group]!--;
    this.groupByNode.set(node.metadata.name, group);
    this.machines.register(node);
  }
}
