import * as z from 'zod';
import { InputError } from '../../api/input-error.js';
import { KILLABLE, type ProcessFault, type ProcessName } from '../../cluster/process-fault.js';
import type { Place } from '../place.js';
import { formatPath } from '../source.js';
import { suggest } from '../suggest.js';
import type { Action } from './action.js';
import type { Stage } from './stage.js';
import type { StepReading } from './step-reading.js';

const NODE_REMEDY = 'write node-crash, kubelet-freeze, node-slow or node-reboot with nodes: NAME';

/** Something happens to one process, and passes. */
export class ProcessDisturbance implements Action {
  readonly isOrder: boolean = false;
  readonly isFault: boolean = true;
  private readonly disturbance: ProcessFault;

  constructor(disturbance: ProcessFault) {
    this.disturbance = disturbance;
  }

  get forNs(): number {
    return this.disturbance.forNs;
  }

  get text(): string {
    return `${this.disturbance.fault} ${this.disturbance.process.component}`;
  }

  perform({ cluster }: Stage, place: Place): void {
    const { component, index } = this.disturbance.process;
    const replicas = cluster.faults.replicasOf(component);
    if ((typeof index === 'number' && index >= replicas) || replicas === 0)
      throw new InputError(
        `there is no ${component}/${index}: it has ${replicas} replica${replicas === 1 ? '' : 's'}`,
        {
          ...place,
          remedy:
            replicas === 0 ? 'leave out the step, or give it replicas' : `write ${component}/${replicas - 1} at most`,
        },
      );
    if (index === 'leader' && !cluster.faults.elects(component))
      throw new InputError(`there is no ${component}/leader: all of its copies work`, {
        ...place,
        remedy: `write ${component}/0 or ${component}/any, or give the spoke leaderElection`,
      });
    cluster.faults.begin(this.disturbance);
  }
}

/** The process that a step names: one of these components, or of the spokes of the scenario's own. Throws InputError. */
export function readProcess(target: string, components: readonly string[], reading: StepReading): ProcessName {
  return processOf(target, [...components, ...reading.spokes], reading);
}

/** The member of etcd that a step names. Throws InputError. */
export function readMember(target: string, reading: StepReading): ProcessName {
  return processOf(target, ['etcd', 'etcd-events'], reading);
}

function processOf(target: string, known: readonly string[], reading: StepReading): ProcessName {
  const [name = '', index = '', ...rest] = target.split('/');
  const stream = `processes/${formatPath(reading.path)}`;
  if (['node', 'nodes', 'kubelet'].includes(name))
    throw reading.error('target', `${JSON.stringify(target)} is no process of the control plane`, NODE_REMEDY);
  if (!known.includes(name))
    throw reading.error('target', `unknown component ${JSON.stringify(name)}`, suggest(name, known));
  if (index === 'leader' && name === 'api-server')
    throw reading.error('target', 'API servers have no leader: all of them work', `write ${name}/0 or ${name}/any`);
  if ((index === 'any' || index === 'leader') && rest.length === 0) return { component: name, index, stream };
  if (!/^[0-9]+$/.test(index) || rest.length > 0)
    throw reading.error('target', `${JSON.stringify(target)} does not name a process`, `write ${name}/0`);
  return { component: name, index: Number(index), stream };
}

/** The key that names a process. */
export function processKey(components: readonly string[] = KILLABLE): z.ZodString {
  const choice = `COMPONENT one of ${components.join(', ')}, or a spoke of your own`;
  return z.string().describe(`COMPONENT/INDEX, COMPONENT/any to draw one, or COMPONENT/leader; ${choice}`);
}
