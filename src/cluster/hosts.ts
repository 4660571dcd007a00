import { assert, type Engine } from '../engine/index.js';
import { Processor } from '../engine/processor.js';
import type { ComponentName, HostProfile } from './profile.js';

/** The machines of a control plane, and which program runs on which. */
export class Hosts {
  readonly all: Processor[];
  private readonly engine: Engine;
  private readonly byComponent: Map<ComponentName, Processor>;

  constructor(engine: Engine, profiles: readonly HostProfile[]) {
    this.engine = engine;
    this.byComponent = new Map();
    this.all = profiles.map((profile) => {
      const host = new Processor(engine, `host ${profile.name}`, profile.cores);
      for (const component of profile.components) this.byComponent.set(component, host);
      return host;
    });
  }

  /** A machine beside those of the profile. */
  add(name: string, cores: number): Processor {
    const host = new Processor(this.engine, `host ${name}`, cores);
    this.all.push(host);
    return host;
  }

  of(component: ComponentName): Processor {
    const host = this.byComponent.get(component);
    assert(host !== undefined, `the profile places ${component} on no host`);
    return host!;
  }
}
