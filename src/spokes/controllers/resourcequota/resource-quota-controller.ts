import { POD, SERVICE } from '../../../api/kind.js';
import type { ApiObject } from '../../../api/object.js';
import type { Pod } from '../../../api/pod.js';
import { isQuotaOf } from '../../../api/quota-resources.js';
import { hasDeadline } from '../../../api/quota-scope.js';
import { isCharged, QuotaUsage } from '../../../api/quota-usage.js';
import type { ResourceQuota } from '../../../api/resource-quota.js';
import type { Service } from '../../../api/service.js';
import type { ApiClient } from '../../../client/api-client.js';
import type { Informer } from '../../../client/informer.js';
import type { Process } from '../../../client/process.js';
import { type Task, work } from '../../../client/task.js';
import { WorkQueue } from '../../../client/work-queue.js';
import type { EventKind } from '../../../engine/index.js';
import { countedStatus, sameAmounts, sameQuotaStatus } from './quota-status.js';

/** How often WaitForCacheSync looks whether the caches are filled. */
const CACHE_SYNC_POLL_NS = 100e6;

export interface ResourceQuotaControllerParts {
  readonly process: Process;
  readonly client: ApiClient;
  readonly quotas: Informer<ResourceQuota>;
  /** Of every kind that quotas may count. */
  readonly counted: readonly Informer<ApiObject>[];
  /** `--concurrent-resource-quota-syncs`, for each of its two queues. */
  readonly workers: number;
  /** `--resource-quota-sync-period`, ns. */
  readonly syncPeriodNs: number;
  /** Processor time of one sync, ns. */
  readonly syncNs: number;
}

/**
 * Counts what is used of each ResourceQuota (pkg/controller/resourcequota): when its limits change, when something that it
 * counts is deleted or ends, and of all from time to time. What is created the API server adds by itself.
 */
export class ResourceQuotaController {
  private readonly parts: ResourceQuotaControllerParts;
  private readonly queue: WorkQueue;
  /** For quotas that say nothing of their limits yet: until they do, all that they limit is refused. */
  private readonly priorityQueue: WorkQueue;
  private readonly usage: QuotaUsage;
  private readonly resyncKind: EventKind;

  constructor(parts: ResourceQuotaControllerParts) {
    const { process, quotas, counted, workers } = parts;
    this.parts = parts;
    this.queue = new WorkQueue(process, 'resourcequota_primary', workers, (key) => this.sync(key, this.queue));
    this.priorityQueue = new WorkQueue(process, 'resourcequota_priority', workers, (key) =>
      this.sync(key, this.priorityQueue),
    );
    this.usage = new QuotaUsage();
    this.resyncKind = process.engine.register('resource quota: full resync', () => this.resync(), 'timer');
    quotas.addHandler({
      added: (quota) => this.quotaChanged(quota),
      updated: (previous, quota) => {
        if (!sameAmounts(previous.spec.hard, quota.spec.hard)) this.quotaChanged(quota);
      },
      deleted: ({ id }) => this.queue.add(id),
    });
    for (const informer of counted)
      informer.addHandler({
        added: () => undefined,
        updated: (previous, object) => {
          if (quotas.cache.size > 0 && this.frees(previous, object)) this.replenish(object);
        },
        deleted: (object) => this.replenish(object),
      });
    process.engine.scheduleAs(true, parts.syncPeriodNs, this.resyncKind);
  }

  private quotaChanged({ id, spec, status }: ResourceQuota): void {
    if (sameAmounts(spec.hard, status?.hard)) this.queue.add(id);
    else this.priorityQueue.add(id);
  }

  /** Whether an update changes what an object takes (quota/v1/install DefaultUpdateFilter). */
  private frees(previous: ApiObject, object: ApiObject): boolean {
    if (object.kind === SERVICE) return limitedType(previous as Service) !== limitedType(object as Service);
    if (object.kind !== POD) return false;
    const [before, after] = [previous as Pod, object as Pod];
    const { nowNs } = this.parts.process.engine;
    if (before.spec.shape !== after.spec.shape && hasDeadline(before.spec.shape) !== hasDeadline(after.spec.shape))
      return true;
    return isCharged(before, nowNs) && !isCharged(after, nowNs);
  }

  private replenish({ kind, metadata }: ApiObject): void {
    const { cache } = this.parts.quotas;
    if (cache.size === 0) return;
    for (const quota of cache.inNamespace(metadata.namespace)) {
      if (Object.keys(quota.status?.hard ?? {}).some((name) => isQuotaOf(kind, name))) this.queue.add(quota.id);
    }
  }

  private resync(): void {
    const { process, quotas, syncPeriodNs } = this.parts;
    for (const { id } of quotas.cache.values()) this.queue.add(id);
    process.engine.scheduleAs(true, syncPeriodNs, this.resyncKind);
  }

  private *sync(key: number, queue: WorkQueue): Task {
    const { process, client, quotas, counted, syncNs } = this.parts;
    if (!quotas.synced || !counted.every(({ synced }) => synced)) {
      queue.addAfter(key, CACHE_SYNC_POLL_NS);
      return;
    }
    if (syncNs > 0) yield work(syncNs);
    const quota = quotas.cache.byId(key);
    const status = quota && countedStatus(quota, counted, this.usage, process.engine.nowNs);
    if (status !== undefined && !sameQuotaStatus(quota!.status, status)) {
      const call = client.updateStatus(quota!.withStatus(status));
      yield call;
      if (!call.ok) {
        queue.addRateLimited(key);
        return;
      }
    }
    queue.forget(key);
  }
}

/** The type of a Service if quotas limit it (GetQuotaServiceType). */
function limitedType({ spec }: Service): string {
  return spec.type === 'NodePort' || spec.type === 'LoadBalancer' ? spec.type : '';
}
