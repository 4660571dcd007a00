import { z } from 'zod';
import { InputError } from '../../api/input-error.js';
import type { Kind } from '../../api/kind.js';
import type { WatchFault } from '../../cluster/config.js';
import type { Place } from '../place.js';
import type { Action } from './action.js';
import type { Stage } from './stage.js';

/** What a program's cache of one kind should hear arrives late. */
export class WatchDisturbance implements Action {
  readonly isOrder: boolean = false;
  readonly isFault: boolean = true;
  private readonly program: string;
  private readonly kind: Kind;
  private readonly disturbance: WatchFault;

  constructor(program: string, kind: Kind, disturbance: WatchFault) {
    this.program = program;
    this.kind = kind;
    this.disturbance = disturbance;
  }

  get forNs(): number {
    return this.disturbance.forNs;
  }

  get text(): string {
    return `${this.disturbance.fault} of ${this.kind.resource} in ${this.program}`;
  }

  perform({ cluster }: Stage, place: Place): void {
    if (cluster.disturbWatch(this.program, this.kind, this.disturbance)) return;
    throw new InputError(`there is no program ${this.program} that watches ${this.kind.resource}`, place);
  }
}

/** Whose watch of what. */
export const WATCH_KEYS: { readonly target: z.ZodString; readonly resource: z.ZodString } = {
  target: z.string().describe('Program: kube-scheduler, kube-controller-manager, kubelet, or a spoke of your own'),
  resource: z.string().describe('Plural name: configmaps'),
};
