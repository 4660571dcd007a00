import { PERSISTENT_VOLUME_CLAIM, POD, SERVICE } from './kind.js';
import type { ApiObject } from './object.js';
import type { Pod } from './pod.js';
import type { PodSpecManifest } from './pod-manifest.js';
import { podLimits, podRequests } from './pod-resources.js';
import type { PodShape } from './pod-shape.js';
import { Quantity } from './quantity.js';
import { countNames, isExtended, OF_STORAGE_CLASS } from './quota-resources.js';
import { type ResourceList, resourceList } from './resource-list.js';
import type { Service } from './service.js';

const ONE = new Quantity(1_000_000_000n, 'DecimalSI');

/** Whether a pod uses its resources as far as quotas go: one that has ended, or should long have, does not (QuotaV1Pod). */
export function isCharged({ metadata, status }: Pod, nowNs: number): boolean {
  // A pod that is to be created has no status yet.
  if (status?.phase === 'Failed' || status?.phase === 'Succeeded') return false;
  if (!metadata.deleting) return true;
  return nowNs <= metadata.deletionTimestampNs + metadata.deletionGracePeriodSeconds * 1e9;
}

/** Says what objects use of quotas (pkg/quota/v1/evaluator/core); pods of one shape are worked out once. */
export class QuotaUsage {
  private readonly byShape: Map<number, ResourceList>;

  constructor() {
    this.byShape = new Map();
  }

  /** Amounts by the names that quotas have for them; not to be changed. */
  of(object: ApiObject, nowNs: number): ResourceList {
    switch (object.kind) {
      case POD:
        return isCharged(object as Pod, nowNs) ? this.ofShape((object as Pod).spec.shape) : UNCHARGED;
      case SERVICE:
        return serviceUsage(object as Service);
      case PERSISTENT_VOLUME_CLAIM:
        return claimUsage(object);
      default:
        return new Map(countNames(object.kind).map((name) => [name, ONE]));
    }
  }

  private ofShape(shape: PodShape): ResourceList {
    let usage = this.byShape.get(shape.id);
    if (usage === undefined) {
      usage = podUsage(shape.spec);
      this.byShape.set(shape.id, usage);
    }
    return usage;
  }
}

/** Pods that are stored all count as objects. */
const UNCHARGED: ResourceList = new Map([['count/pods', ONE]]);

function podUsage(spec: PodSpecManifest): ResourceList {
  const usage: ResourceList = new Map(UNCHARGED).set('pods', ONE);
  addCompute(usage, podRequests(spec), podLimits(spec));
  return usage;
}

/** The names under which quotas know requests and limits (podComputeUsageHelper). */
function addCompute(usage: ResourceList, requests: ResourceList, limits: ResourceList): void {
  for (const [name, amount] of requests) {
    const native = name === 'cpu' || name === 'memory' || name === 'ephemeral-storage' || name.startsWith('hugepages-');
    if (native) usage.set(name, amount);
    if (native || isExtended(name)) usage.set(`requests.${name}`, amount);
  }
  for (const name of ['cpu', 'memory', 'ephemeral-storage']) {
    const limit = limits.get(name);
    if (limit !== undefined) usage.set(`limits.${name}`, limit);
  }
}

/** The compute resources that one container states, by the names of quotas. */
export function containerUsage(requests: ResourceList, limits: ResourceList): ResourceList {
  const usage: ResourceList = new Map();
  addCompute(usage, requests, limits);
  return usage;
}

function serviceUsage({ spec, extra }: Service): ResourceList {
  const usage: ResourceList = new Map([
    ['count/services', ONE],
    ['services', ONE],
  ]);
  const ports = new Quantity(BigInt(spec.ports.length) * ONE.nanos, 'DecimalSI');
  const { allocateLoadBalancerNodePorts } = (extra?.spec ?? {}) as { allocateLoadBalancerNodePorts?: boolean };
  if (spec.type === 'NodePort' || (spec.type === 'LoadBalancer' && allocateLoadBalancerNodePorts !== false))
    usage.set('services.nodeports', ports);
  if (spec.type === 'LoadBalancer') usage.set('services.loadbalancers', ONE);
  return usage;
}

interface ClaimSpec {
  readonly storageClassName?: string;
  readonly resources?: { readonly requests?: Readonly<Record<string, string>> };
}

function claimUsage({ spec, metadata }: ApiObject): ResourceList {
  const { storageClassName = '', resources } = (spec ?? {}) as ClaimSpec;
  const storageClass = metadata.annotations['volume.beta.kubernetes.io/storage-class'] ?? storageClassName;
  const storage = resourceList(resources?.requests).get('storage');
  const usage: ResourceList = new Map([
    ['count/persistentvolumeclaims', ONE],
    ['persistentvolumeclaims', ONE],
  ]);
  if (storageClass !== '') usage.set(`${storageClass}${OF_STORAGE_CLASS}persistentvolumeclaims`, ONE);
  if (storage === undefined) return usage;
  const whole = new Quantity(storage.value() * ONE.nanos, storage.format);
  usage.set('requests.storage', whole);
  if (storageClass !== '') usage.set(`${storageClass}${OF_STORAGE_CLASS}requests.storage`, whole);
  return usage;
}
