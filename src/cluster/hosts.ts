import { assert, type Engine } from '../engine/index.js';
import { Processor, type TakeBusy } from '../engine/processor.js';
import type { ComponentName, HostProfile } from './profile.js';

/** How many processes of a component there are, each on a machine of its own. */
export type Copies = Partial<Readonly<Record<ComponentName, number>>>;

/** What a machine has done so far. */
export interface HostLoad {
  readonly host: string;
  readonly cores: number;
  /** By the programs on it. */
  readonly busySeconds: ReadonlyMap<string, number>;
}

/**
 * The machines of a control plane, and which program runs on which. Of a machine with something of which there are several,
 * there are as many: API servers and etcd members of the same number share one, as do the other replicas as far as it goes.
 */
export class Hosts {
  readonly all: Processor[];
  private readonly names: string[];
  private readonly engine: Engine;
  private readonly byComponent: Map<ComponentName, readonly Processor[]>;

  constructor(engine: Engine, profiles: readonly HostProfile[], copies: Copies = {}) {
    this.engine = engine;
    this.byComponent = new Map();
    this.names = [];
    this.all = profiles.flatMap((profile) => {
      const count = Math.max(1, ...profile.components.map((component) => copies[component] ?? 1));
      const names = Array.from({ length: count }, (_, index) => numbered(profile.name, index));
      const hosts = names.map((name) => new Processor(engine, `host ${name}`, profile.cores, profile.sliceNs));
      this.names.push(...names);
      for (const component of profile.components) this.byComponent.set(component, hosts);
      return hosts;
    });
  }

  /** A machine beside those of the profile. */
  add(name: string, cores: number): Processor {
    const host = new Processor(this.engine, `host ${name}`, cores);
    this.all.push(host);
    this.names.push(name);
    return host;
  }

  /** Tells the busy seconds of each program so far, machine by machine. */
  tellBusy(take: TakeBusy): void {
    for (const host of this.all) host.tellBusy(take);
  }

  loads(): HostLoad[] {
    return this.all.map((host, index) => {
      const busySeconds = new Map<string, number>();
      host.tellBusy((name, seconds) => busySeconds.set(name, seconds));
      return { host: this.names[index]!, cores: host.cores, busySeconds };
    });
  }

  /** Where a process of a component runs, by its number among its like. */
  of(component: ComponentName, index = 0): Processor {
    const hosts = this.byComponent.get(component);
    assert(hosts !== undefined, `the profile places ${component} on no host`);
    return hosts![Math.min(index, hosts!.length - 1)]!;
  }
}

/** The name of one of several: that of the first has no number. */
export function numbered(name: string, index: number): string {
  return index === 0 ? name : `${name}/${index}`;
}
