import { identityKey } from '../../../api/identity-key.js';
import { controllerOf, type OwnerReference } from '../../../api/meta.js';
import type { Pod } from '../../../api/pod.js';

/** A controller, and how many of the pods are its own. */
interface Share {
  readonly controller: OwnerReference;
  pods: number;
}

/** What a budget counts of the pods that it covers; they come and go version by version. */
export class CoveredPods {
  count: number;
  /** Those that are ready and not about to go. */
  healthy: number;
  private readonly shares: Map<number, Share>;

  constructor() {
    this.count = 0;
    this.healthy = 0;
    this.shares = new Map();
  }

  /** Who controls them, each once. */
  *controllers(): Generator<OwnerReference> {
    for (const { controller } of this.shares.values()) yield controller;
  }

  /** This version of a pod has come (`sign` 1) or gone (-1). */
  change(pod: Pod, sign: 1 | -1): void {
    this.count += sign;
    if (isHealthy(pod)) this.healthy += sign;
    const controller = controllerOf(pod.metadata);
    if (controller === undefined) return;
    const key = identityKey(controller.kindId, controller.id);
    const share = this.shares.get(key);
    if (share === undefined) this.shares.set(key, { controller, pods: sign });
    else {
      share.pods += sign;
      if (share.pods === 0) this.shares.delete(key);
    }
  }
}

/** Whether a pod is ready and not about to go. */
function isHealthy({ metadata, status }: Pod): boolean {
  return status.ready && !metadata.deleting;
}
