import type { Kind } from '../api/kind.js';
import { CSI_NODE, NODE, PERSISTENT_VOLUME, PERSISTENT_VOLUME_CLAIM, POD, STORAGE_CLASS } from '../api/kind.js';
import type { LabelSelector } from '../api/label-selector.js';
import type { Labels } from '../api/labels.js';
import type { Node } from '../api/node.js';
import type { ApiObject } from '../api/object.js';
import type { Pod } from '../api/pod.js';
import type { Informer } from '../client/informer.js';
import { SeriesEventRecorder } from '../client/series-event-recorder.js';
import { assert } from '../engine/index.js';
import type { Streams } from '../random/streams.js';
import type { CustomPlugin } from '../spokes/scheduler/custom-plugin.js';
import type { BudgetObject } from '../spokes/scheduler/informer-budgets.js';
import type { Selecting } from '../spokes/scheduler/informer-listers.js';
import { Scheduler } from '../spokes/scheduler/scheduler.js';
import type { SchedulerLinks } from '../spokes/scheduler/scheduler-links.js';
import type { SchedulerMeter } from '../spokes/scheduler/scheduler-meter.js';
import type { SchedulerVersion } from '../spokes/scheduler/scheduler-options.js';
import type { SchedulerProbe } from '../spokes/scheduler/scheduler-probe.js';
import type { SchedulerConfig } from './config.js';
import type { SchedulerCosts } from './profile.js';
import type { Program } from './program.js';

/** What a scheduler may be given from outside. */
export interface SchedulerExtras {
  /** Who wants to know in full how pods come to their nodes. */
  readonly schedulerProbe?: SchedulerProbe | undefined;
  /** Who counts attempts. */
  readonly schedulerMeter?: SchedulerMeter | undefined;
  readonly schedulerPlugins?: readonly CustomPlugin[] | undefined;
}

/** Puts a scheduler, to be started, into its program: one client for bindings and one for events, of the same limits (trap T5). */
export function newScheduler(
  program: Program,
  kinds: readonly Kind[],
  config: SchedulerConfig,
  version: SchedulerVersion,
  costs: SchedulerCosts,
  streams: Streams,
  { schedulerProbe, schedulerMeter, schedulerPlugins = [] }: SchedulerExtras,
): Scheduler {
  const { kubeApiQps, kubeApiBurst, ...settings } = config;
  return new Scheduler(
    { ...schedulerLinks(program, kinds, kubeApiQps, kubeApiBurst), probe: schedulerProbe, meter: schedulerMeter },
    {
      profiles: settings.profiles,
      version,
      parallelism: settings.parallelism,
      podInitialBackoffNs: settings.podInitialBackoffNs,
      podMaxBackoffNs: settings.podMaxBackoffNs,
      costs,
      customPlugins: schedulerPlugins,
    },
    streams.stream(`ties/${program.life}`),
  );
}

/** The clients and informers of a scheduler. */
export function schedulerLinks(program: Program, kinds: readonly Kind[], qps: number, burst: number): SchedulerLinks {
  const { process } = program;
  const { name } = process;
  const user = `system:${name}`;
  const informer = <T extends ApiObject>(name: string): Informer<T> => program.informer<T>(kindNamed(kinds, name));
  return {
    process,
    client: program.client(name, user, qps, burst),
    events: new SeriesEventRecorder(process, program.client(`${name} events`, user, qps, burst)),
    pods: program.informer<Pod>(POD, isUnfinished),
    nodes: program.informer<Node>(NODE),
    listers: {
      namespaces: informer('Namespace'),
      services: informer<Selecting<Labels>>('Service'),
      owners: ['ReplicaSet', 'StatefulSet', 'ReplicationController'].map((name) =>
        informer<Selecting<LabelSelector>>(name),
      ),
    },
    budgets: informer<BudgetObject>('PodDisruptionBudget'),
    storage: {
      claims: program.informer(PERSISTENT_VOLUME_CLAIM),
      volumes: program.informer(PERSISTENT_VOLUME),
      storageClasses: program.informer(STORAGE_CLASS),
      csiNodes: program.informer(CSI_NODE),
    },
  };
}

function kindNamed(kinds: readonly Kind[], name: string): Kind {
  const kind = kinds.find((one) => one.name === name);
  assert(kind !== undefined, `there is no kind ${name}`);
  return kind!;
}

/** The scheduler watches all pods that have not finished (scheduler.go NewInformerFactory). */
function isUnfinished({ status }: Pod): boolean {
  return status.phase !== 'Succeeded' && status.phase !== 'Failed';
}
