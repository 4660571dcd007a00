import type { Suite } from '../suite.js';
import { apfMatching } from './apf-matching.js';
import { apfPriorityLevels } from './apf-priority-levels.js';
import { apfQueues } from './apf-queues.js';
import { apfWorkEstimate } from './apf-work-estimate.js';
import { clientGo } from './client-go.js';
import { cronjob } from './cronjob.js';
import { daemonset } from './daemonset.js';
import { defaulting } from './defaulting.js';
import { deployment } from './deployment.js';
import { deploymentRollout } from './deployment-rollout.js';
import { disruption } from './disruption.js';
import { endpointslice } from './endpointslice.js';
import { hpa } from './hpa.js';
import { job } from './job.js';
import { nodeLifecycle } from './node-lifecycle.js';
import { podResources } from './pod-resources.js';
import { quantities } from './quantities.js';
import { replicaset } from './replicaset.js';
import { schedulerFilterScore, schedulerFilterScoreMixed } from './scheduler-filter-score.js';
import { schedulerPreemption } from './scheduler-preemption.js';
import { schedulerQueue } from './scheduler-queue.js';
import { schedulerQueueingHints } from './scheduler-queueing-hints.js';
import { selectors } from './selectors.js';
import { statefulset } from './statefulset.js';
import { watchCache } from './watch-cache.js';

/** Every suite; vector files without one are counted as skipped. */
// biome-ignore format: one suite a line merges without conflicts.
export const SUITES: readonly Suite[] = [
  apfMatching,
  apfPriorityLevels,
  apfQueues,
  apfWorkEstimate,
  clientGo,
  cronjob,
  daemonset,
  defaulting,
  deployment,
  deploymentRollout,
  disruption,
  endpointslice,
  hpa,
  job,
  nodeLifecycle,
  podResources,
  quantities,
  replicaset,
  schedulerFilterScore,
  schedulerFilterScoreMixed,
  schedulerPreemption,
  schedulerQueue,
  schedulerQueueingHints,
  selectors,
  statefulset,
  watchCache,
];
