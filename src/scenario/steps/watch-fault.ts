import * as z from 'zod';
import { InputError } from '../../api/input-error.js';
import type { Kind } from '../../api/kind.js';
import type { WatchFault } from '../../cluster/config.js';
import type { Place } from '../place.js';
import { suggest } from '../suggest.js';
import type { Action } from './action.js';
import type { Stage } from './stage.js';

/** Programs by the names that faults of processes have for them. */
const PROGRAMS: Readonly<Record<string, string>> = {
  scheduler: 'kube-scheduler',
  'controller-manager': 'kube-controller-manager',
  kubelets: 'kubelet',
};

/** What a program's cache of one kind should hear arrives late. */
export class WatchDisturbance implements Action {
  readonly isOrder: boolean = false;
  readonly isFault: boolean = true;
  private readonly program: string;
  private readonly kind: Kind;
  private readonly disturbance: WatchFault;

  constructor(program: string, kind: Kind, disturbance: WatchFault) {
    this.program = PROGRAMS[program] ?? program;
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
    const { resource } = this.kind;
    throw new InputError(`there is no program ${this.program} that watches ${resource}`, {
      ...place,
      remedy: suggest(this.program, cluster.watchersOf(this.kind)),
    });
  }
}

/** Whose watch of what. */
export const WATCH_KEYS: { readonly target: z.ZodString; readonly resource: z.ZodString } = {
  target: z.string().describe('Program: kube-scheduler, kube-controller-manager, kubelet, or a spoke of your own'),
  resource: z.string().describe('Plural name: configmaps'),
};
