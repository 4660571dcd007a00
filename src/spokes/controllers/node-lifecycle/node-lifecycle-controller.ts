import type { Lease, Node } from '../../../api/node.js';
import type { ApiClient } from '../../../client/api-client.js';
import type { EventRecorder } from '../../../client/event-recorder.js';
import type { Informer } from '../../../client/informer.js';
import type { PodsByNode } from '../../../client/pods-by-node.js';
import type { Process } from '../../../client/process.js';
import { NoExecuteTainter } from './no-execute-tainter.js';
import { NoScheduleTainter } from './no-schedule-tainter.js';
import { NodeMarker } from './node-marker.js';
import { NodeMonitor } from './node-monitor.js';
import type { EvictionRates } from './zone-state.js';

/** Periods and rates; names as the flags'. */
interface NodeLifecycleSettings extends EvictionRates {
  readonly nodeMonitorPeriodNs: number;
  readonly nodeMonitorGracePeriodNs: number;
  readonly nodeStartupGracePeriodNs: number;
}

export interface NodeLifecycleControllerParts {
  readonly process: Process;
  readonly client: ApiClient;
  /** Posts through the same client, and so draws from the same bucket. */
  readonly events: EventRecorder;
  readonly nodes: Informer<Node>;
  readonly leases: Informer<Lease>;
  readonly podsByNode: PodsByNode;
  readonly settings: NodeLifecycleSettings;
}

/**
 * Finds nodes that have stopped giving signs of life, and says so in their status, their pods and their taints
 * (pkg/controller/nodelifecycle). What the taints do to pods is the taint eviction controller's business.
 */
export class NodeLifecycleController {
  readonly monitor: NodeMonitor;

  constructor(parts: NodeLifecycleControllerParts) {
    const { process, client, events, nodes, settings } = parts;
    const marker = new NodeMarker(process.engine, client, events);
    new NoScheduleTainter(process, nodes, marker);
    const tainter = new NoExecuteTainter(process, nodes, marker, settings);
    const times = {
      periodNs: settings.nodeMonitorPeriodNs,
      gracePeriodNs: settings.nodeMonitorGracePeriodNs,
      startupGracePeriodNs: settings.nodeStartupGracePeriodNs,
    };
    this.monitor = new NodeMonitor({ ...parts, ...times }, marker, tainter);
  }
}
