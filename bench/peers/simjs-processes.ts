import { createRequire } from 'node:module';
import { ALIKE, type Contestant } from '../bench-case.js';

/** What simjs 2.0.3 has of use here; it comes without types. */
interface SimJs {
  readonly Sim: new () => { addEntity(kind: unknown): unknown; simulate(until: number): boolean };
  readonly Entity: new () => { setTimer(delay: number): { done(callback: () => void): unknown } };
  readonly Random: new (seed: number) => { exponential(rate: number): number };
}

/** N processes as simjs runs them, with its own random numbers: it goes by time, about one event a process and unit. */
export function simjsProcesses(count: number, operations: number): Contestant {
  const { Sim, Entity, Random } = load();
  const random = new Random(1);
  let acted = 0;
  class Process extends Entity {
    start(): void {
      this.act();
    }

    act(): void {
      acted++;
      this.setTimer(random.exponential(1)).done(this.act);
    }
  }
  const sim = new Sim();
  for (let index = 0; index < count; index++) sim.addEntity(Process);
  let until = 0;
  return {
    name: 'simjs 2.0.3',
    run() {
      acted = 0;
      until += operations / count;
      sim.simulate(until);
      return { operations: acted, hash: ALIKE };
    },
  };
}

/** It is made for a page: what it exports hangs from `window`. */
function load(): SimJs {
  const page = globalThis as { window?: { Sim?: SimJs } };
  page.window = {};
  createRequire(import.meta.url)('simjs');
  const { Sim } = page.window;
  delete page.window;
  return Sim!;
}
