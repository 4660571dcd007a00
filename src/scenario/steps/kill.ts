import { z } from 'zod';
import { InputError } from '../../api/input-error.js';
import { KILLABLE, type ProcessName } from '../../cluster/config.js';
import type { Place } from '../place.js';
import { duration } from '../schema-values.js';
import { suggest } from '../suggest.js';
import type { Action } from './action.js';
import type { Stage } from './stage.js';
import { type StepKind, stepKind } from './step-kind.js';
import type { StepReading } from './step-reading.js';

/** A process gets SIGKILL and starts again after `forNs`. */
class Kill implements Action {
  readonly isOrder: boolean = false;
  readonly isFault: boolean = true;
  private readonly process: ProcessName;
  /** -1: it never comes back. */
  readonly forNs: number;

  constructor(process: ProcessName, forNs: number) {
    this.process = process;
    this.forNs = forNs;
  }

  get text(): string {
    return `kill ${this.process.component}`;
  }

  perform({ cluster }: Stage, place: Place): void {
    const { component, index } = this.process;
    const replicas = cluster.replicasOf(component);
    if (index >= replicas)
      throw new InputError(
        `there is no ${component}/${index}: it has ${replicas} replica${replicas === 1 ? '' : 's'}`,
        place,
      );
    cluster.kill(this.process, this.forNs);
  }
}

function readProcess(target: string, reading: StepReading): ProcessName {
  const [name = '', index = '', ...rest] = target.split('/');
  const component = KILLABLE.find((one) => one === name);
  if (component === undefined)
    throw reading.error('target', `unknown component ${JSON.stringify(name)}`, suggest(name, KILLABLE));
  if (!/^[0-9]+$/.test(index) || rest.length > 0)
    throw reading.error('target', `${JSON.stringify(target)} does not name a process`, `write ${name}/0`);
  return { component, index: Number(index) };
}

export const KILL: StepKind = stepKind({
  shape: {
    fault: z.literal('kill').describe('A process dies at once'),
    target: z.string().describe(`COMPONENT/INDEX, COMPONENT one of ${KILLABLE.join(', ')}`),
    for: duration('Until it starts again; never without it').optional(),
  },
  example: 'fault: kill, target: scheduler/0, for: 5s',
  read: ({ target, for: forNs = -1 }, reading) => new Kill(readProcess(target, reading), forNs),
});
