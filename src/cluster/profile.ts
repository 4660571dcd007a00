import type { CallCosts } from '../client/connection.js';
import type { WakeCosts } from '../engine/processor.js';
import type { ApiServerCosts } from '../hub/api-server-costs.js';
import type { EtcdCosts } from '../hub/etcd/etcd-costs.js';
import type { Distribution } from '../random/distribution.js';
import type { CycleCosts } from '../spokes/scheduler/scheduler-options.js';

/** The programs of a control plane and what stands around it, as profiles place them on hosts. */
export const COMPONENTS = [
  'etcd',
  'kube-apiserver',
  'kube-scheduler',
  'kube-controller-manager',
  'kubelets',
  'clients',
] as const;
export type ComponentName = (typeof COMPONENTS)[number];

/** A machine whose cores its components share. */
export interface HostProfile {
  readonly name: string;
  /** Infinity: nothing ever waits for a core. */
  readonly cores: number;
  /** How long a program keeps a core that others want, ns. */
  readonly sliceNs: number;
  readonly components: readonly ComponentName[];
}

/** What any program's traffic with the hub costs it, and being woken for it; processor nanoseconds. */
export interface ProgramCosts extends CallCosts, WakeCosts {
  /** One change of a watched object. */
  readonly decodeNs: number;
}

/** What the scheduler's own work costs, in processor nanoseconds. */
export type SchedulerCosts = CycleCosts;

/** What the controllers' own work costs, in processor nanoseconds. */
export interface ControllerManagerCosts {
  /** One reconciliation, beside its requests. */
  readonly syncNs: number;
}

/** What every step costs and where it runs (design §4): the numbers that are the machine's, not Kubernetes'. */
export interface Profile {
  readonly name: string;
  readonly hosts: readonly HostProfile[];
  /** One way over the wire, ns. */
  readonly networkDelay: Distribution;
  /** Processor time that programs take for themselves, ns a second: garbage, health checks, metrics, timers. */
  readonly background: ReadonlyMap<string, number>;
  readonly etcd: EtcdCosts & WakeCosts;
  readonly apiServer: ApiServerCosts & WakeCosts;
  readonly scheduler: SchedulerCosts & ProgramCosts;
  readonly controllerManager: ControllerManagerCosts & ProgramCosts;
  readonly kubelets: ProgramCosts;
  readonly clients: ProgramCosts;
}
