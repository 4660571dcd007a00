import type { Node } from '../../api/node.js';
import type { Pod } from '../../api/pod.js';
import type { ApiClient } from '../../client/api-client.js';
import type { Informer } from '../../client/informer.js';
import type { Process } from '../../client/process.js';
import type { SeriesEventRecorder } from '../../client/series-event-recorder.js';
import type { BudgetObject } from './informer-budgets.js';
import type { ListerSources } from './informer-listers.js';
import type { SchedulerMeter } from './scheduler-meter.js';
import type { SchedulerProbe } from './scheduler-probe.js';
import type { StorageInformers } from './storage-watch.js';

/** What the scheduler holds of the hub. */
export interface SchedulerLinks {
  readonly process: Process;
  /** Bindings and status patches. */
  readonly client: ApiClient;
  /** Has a client of its own, so that events never take a binding's turn (trap T5). */
  readonly events: SeriesEventRecorder;
  /** All pods that have not finished. */
  readonly pods: Informer<Pod>;
  readonly nodes: Informer<Node>;
  /** Which pods count as alike, and in what namespaces they are. */
  readonly listers: ListerSources;
  readonly budgets: Informer<BudgetObject>;
  readonly storage: StorageInformers;
  /** Whoever wants to know in full what becomes of each pod; costs nothing where there is none. */
  readonly probe?: SchedulerProbe | undefined;
  /** Whoever counts attempts. */
  readonly meter?: SchedulerMeter | undefined;
}

/** Whether all informers have their first lists. */
export function haveSynced({ pods, nodes, budgets, listers, storage }: SchedulerLinks): boolean {
  const { namespaces, services, owners } = listers;
  const informers: { readonly synced: boolean }[] = [pods, nodes, budgets, namespaces, services, ...owners];
  const { claims, volumes, storageClasses, csiNodes } = storage;
  informers.push(claims, volumes, storageClasses, csiNodes);
  return informers.every((informer) => informer.synced);
}
