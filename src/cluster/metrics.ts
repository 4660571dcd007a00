import { POD } from '../api/kind.js';
import type { Pod } from '../api/pod.js';
import { CustomMetrics } from '../spokes/metrics-server/custom-metrics.js';
import { MetricsServer } from '../spokes/metrics-server/metrics-server.js';
import { PodLoad } from '../spokes/metrics-server/pod-load.js';
import type { ClusterConfig } from './config.js';
import type { Program } from './program.js';

/** What pods use and who measures it, and what else autoscalers ask for. */
export class Metrics {
  readonly load: PodLoad;
  readonly server: MetricsServer;
  readonly custom: CustomMetrics;

  constructor(program: Program, { metricsServer, controllerManager }: ClusterConfig) {
    const { engine } = program.process;
    const { metricResolutionNs } = metricsServer;
    const pods = program.informer<Pod>(POD);
    // Two readings after a change there is a value of what is new alone, and the next look of an autoscaler sees it.
    const noticedNs = 2 * metricResolutionNs + controllerManager.horizontalPodAutoscalerSyncPeriodNs;
    this.load = new PodLoad(engine, pods, noticedNs);
    this.server = new MetricsServer(engine, pods, this.load, metricResolutionNs);
    this.custom = new CustomMetrics(engine, pods, controllerManager.horizontalPodAutoscalerSyncPeriodNs);
  }
}
