import { NODE, POD, REPLICA_SET } from '../api/kind.js';
import type { Node } from '../api/node.js';
import type { Pod } from '../api/pod.js';
import type { ReplicaSet } from '../api/workload.js';
import { SeriesEventRecorder } from '../client/series-event-recorder.js';
import type { Streams } from '../random/streams.js';
import { Scheduler } from '../spokes/scheduler/scheduler.js';
import type { ClusterConfig } from './config.js';
import type { SchedulerCosts } from './profile.js';
import type { Program } from './program.js';

const NAME = 'kube-scheduler';
const USER = 'system:kube-scheduler';

/** Puts kube-scheduler into its program: one client for bindings and one for events, of the same limits (trap T5). */
export function startScheduler(program: Program, config: ClusterConfig, costs: SchedulerCosts, streams: Streams): void {
  const { kubeApiQps, kubeApiBurst, ...settings } = config.scheduler;
  const { process } = program;
  const scheduler = new Scheduler(
    {
      process,
      client: program.client(NAME, USER, kubeApiQps, kubeApiBurst),
      events: new SeriesEventRecorder(process, program.client(`${NAME} events`, USER, kubeApiQps, kubeApiBurst)),
      pods: program.informer<Pod>(POD, isUnfinished),
      nodes: program.informer<Node>(NODE),
      replicaSets: program.informer<ReplicaSet>(REPLICA_SET),
    },
    {
      schedulerName: 'default-scheduler',
      kubernetesMinor: config.kubernetesMinor,
      percentageOfNodesToScore: settings.percentageOfNodesToScore,
      podInitialBackoffNs: settings.podInitialBackoffNs,
      podMaxBackoffNs: settings.podMaxBackoffNs,
      costs,
    },
    streams.stream('scheduler/ties'),
  );
  scheduler.start();
}

/** The scheduler watches all pods that have not finished (scheduler.go NewInformerFactory). */
function isUnfinished({ status }: Pod): boolean {
  return status.phase !== 'Succeeded' && status.phase !== 'Failed';
}
