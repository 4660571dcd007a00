import type { Engine, EventKind } from '../../engine/index.js';
import { CRITICAL_PRIORITY } from './pod-plan.js';
import { LIVE } from './pod-rows.js';
import type { PodWorkers } from './pod-workers.js';

/** How long pods may take to end when their node is switched off; names as the KubeletConfiguration's. */
export interface ShutdownGrace {
  readonly shutdownGracePeriodNs: number;
  readonly shutdownGracePeriodCriticalPodsNs: number;
}

/** Ends the pods of a node that is about to be switched off: first all others, then the critical ones (nodeshutdown). */
export class NodeShutdown {
  private readonly engine: Engine;
  private readonly workers: PodWorkers;
  private readonly grace: ShutdownGrace;
  private readonly criticalKind: EventKind;

  constructor(engine: Engine, workers: PodWorkers, grace: ShutdownGrace) {
    this.engine = engine;
    this.workers = workers;
    this.grace = grace;
    this.criticalKind = engine.register('kubelet: critical pods shut down', (node) => this.endCritical(node), 'timer');
  }

  begin(node: number): void {
    const { shutdownGracePeriodNs, shutdownGracePeriodCriticalPodsNs } = this.grace;
    const othersNs = Math.max(0, shutdownGracePeriodNs - shutdownGracePeriodCriticalPodsNs);
    this.end(node, false, othersNs);
    this.engine.schedule(othersNs, this.criticalKind, node);
  }

  private endCritical(node: number): void {
    this.end(node, true, this.grace.shutdownGracePeriodCriticalPodsNs);
  }

  private end(node: number, critical: boolean, graceNs: number): void {
    const { table } = this.workers;
    for (const row of table.pods.on(node)) {
      const { priority, graceNs: ownNs } = table.planOf(row);
      if (table.pods.stage[row] !== LIVE || critical !== priority >= CRITICAL_PRIORITY) continue;
      this.workers.kill(row, Math.min(graceNs, ownNs), 'Terminated');
    }
  }
}
