import { defaultPodOnly, defaultTemplateSpec } from './default-pod.js';
import { defaultClaimSpec, defaultVolumeSources } from './default-volume.js';
import type { Defaulter } from './default-workload.js';
import { fillIn, fillInZero, type JsonObject, makeObjectAt, objectAt, objectsAt } from './json.js';
import { roundResourceList } from './resource-list.js';

function pod(_object: JsonObject, spec: JsonObject): void {
  defaultPodOnly(spec);
  defaultTemplateSpec(spec);
}

function podTemplate(object: JsonObject): void {
  const spec = objectAt(objectAt(object, 'template'), 'spec');
  if (spec !== undefined) defaultTemplateSpec(spec);
}

function node(object: JsonObject): void {
  const status = objectAt(object, 'status');
  const capacity = objectAt(status, 'capacity');
  if (status !== undefined && capacity !== undefined) fillIn(status, 'allocatable', { ...capacity });
  roundResourceList(capacity);
  roundResourceList(objectAt(status, 'allocatable'));
}

function namespace(object: JsonObject): void {
  const metadata = makeObjectAt(object, 'metadata');
  if (typeof metadata.name === 'string' && metadata.name !== '')
    makeObjectAt(metadata, 'labels')['kubernetes.io/metadata.name'] = metadata.name;
  fillInZero(makeObjectAt(object, 'status'), 'phase', 'Active');
}

function service(object: JsonObject, spec: JsonObject): void {
  defaultSessionAffinity(spec);
  fillInZero(spec, 'type', 'ClusterIP');
  for (const port of objectsAt(spec, 'ports')) {
    fillInZero(port, 'protocol', 'TCP');
    fillInZero(port, 'targetPort', port.port);
  }
  const { type } = spec;
  const external = Array.isArray(spec.externalIPs) && spec.externalIPs.length > 0;
  if (type === 'NodePort' || type === 'LoadBalancer' || (type === 'ClusterIP' && external))
    fillInZero(spec, 'externalTrafficPolicy', 'Cluster');
  if (type !== 'ExternalName') fillIn(spec, 'internalTrafficPolicy', 'Cluster');
  if (type !== 'LoadBalancer') return;
  fillIn(spec, 'allocateLoadBalancerNodePorts', true);
  for (const ingress of objectsAt(objectAt(objectAt(object, 'status'), 'loadBalancer'), 'ingress'))
    if (typeof ingress.ip === 'string' && ingress.ip !== '') fillIn(ingress, 'ipMode', 'VIP');
}

function defaultSessionAffinity(spec: JsonObject): void {
  fillInZero(spec, 'sessionAffinity', 'None');
  if (spec.sessionAffinity === 'None') delete spec.sessionAffinityConfig;
  else if (spec.sessionAffinity === 'ClientIP')
    fillIn(makeObjectAt(makeObjectAt(spec, 'sessionAffinityConfig'), 'clientIP'), 'timeoutSeconds', 10_800);
}

function secret(object: JsonObject): void {
  fillInZero(object, 'type', 'Opaque');
}

function endpoints(object: JsonObject): void {
  for (const subset of objectsAt(object, 'subsets'))
    for (const port of objectsAt(subset, 'ports')) fillInZero(port, 'protocol', 'TCP');
}

function endpointSlice(object: JsonObject): void {
  for (const port of objectsAt(object, 'ports')) fillIn(port, 'protocol', 'TCP');
}

function persistentVolume(object: JsonObject, spec: JsonObject): void {
  fillInZero(makeObjectAt(object, 'status'), 'phase', 'Pending');
  fillInZero(spec, 'persistentVolumeReclaimPolicy', 'Retain');
  fillIn(spec, 'volumeMode', 'Filesystem');
  roundResourceList(objectAt(spec, 'capacity'));
  defaultVolumeSources(spec);
}

function persistentVolumeClaim(object: JsonObject, spec: JsonObject): void {
  fillInZero(makeObjectAt(object, 'status'), 'phase', 'Pending');
  defaultClaimSpec(spec);
}

/** Limits of containers: the maximum is the default limit, that the default request, and the minimum the last resort. */
function limitRange(_object: JsonObject, spec: JsonObject): void {
  for (const item of objectsAt(spec, 'limits')) {
    if (item.type === 'Container') {
      const limit = { ...objectAt(item, 'max'), ...objectAt(item, 'default') };
      const request = { ...objectAt(item, 'min'), ...limit, ...objectAt(item, 'defaultRequest') };
      if (Object.keys(limit).length > 0) item.default = limit;
      if (Object.keys(request).length > 0) item.defaultRequest = request;
    }
    for (const field of ['max', 'min', 'default', 'defaultRequest', 'maxLimitRequestRatio'])
      roundResourceList(objectAt(item, field));
  }
}

function resourceQuota(_object: JsonObject, spec: JsonObject): void {
  roundResourceList(objectAt(spec, 'hard'));
}

function priorityClass(object: JsonObject): void {
  fillIn(object, 'value', 0);
  fillIn(object, 'preemptionPolicy', 'PreemptLowerPriority');
}

function priorityLevelConfiguration(_object: JsonObject, spec: JsonObject): void {
  const exempt = objectAt(spec, 'exempt');
  if (exempt !== undefined) fillShares(exempt, 0);
  const limited = objectAt(spec, 'limited');
  if (limited === undefined) return;
  fillShares(limited, 30);
  const queuing = objectAt(objectAt(limited, 'limitResponse'), 'queuing');
  if (queuing === undefined) return;
  fillInZero(queuing, 'handSize', 8);
  fillInZero(queuing, 'queues', 64);
  fillInZero(queuing, 'queueLengthLimit', 50);
}

function fillShares(level: JsonObject, shares: number): void {
  fillIn(level, 'nominalConcurrencyShares', shares);
  fillIn(level, 'lendablePercent', 0);
}

function flowSchema(_object: JsonObject, spec: JsonObject): void {
  fillInZero(spec, 'matchingPrecedence', 1000);
}

function storageClass(object: JsonObject): void {
  fillIn(object, 'reclaimPolicy', 'Delete');
  fillIn(object, 'volumeBindingMode', 'Immediate');
}

function networkPolicy(_object: JsonObject, spec: JsonObject): void {
  const rules = [...objectsAt(spec, 'ingress'), ...objectsAt(spec, 'egress')];
  for (const rule of rules) for (const port of objectsAt(rule, 'ports')) fillIn(port, 'protocol', 'TCP');
  if (Array.isArray(spec.policyTypes) && spec.policyTypes.length > 0) return;
  spec.policyTypes = objectsAt(spec, 'egress').length > 0 ? ['Ingress', 'Egress'] : ['Ingress'];
}

/** Defaults of the kinds that run nothing (apis/core/v1, discovery, scheduling, flowcontrol, storage, networking). */
export const CORE_DEFAULTS: Readonly<Record<string, Defaulter>> = {
  EndpointSlice: endpointSlice,
  Endpoints: endpoints,
  FlowSchema: flowSchema,
  LimitRange: limitRange,
  Namespace: namespace,
  NetworkPolicy: networkPolicy,
  Node: node,
  PersistentVolume: persistentVolume,
  PersistentVolumeClaim: persistentVolumeClaim,
  Pod: pod,
  PodTemplate: podTemplate,
  PriorityClass: priorityClass,
  PriorityLevelConfiguration: priorityLevelConfiguration,
  ResourceQuota: resourceQuota,
  Secret: secret,
  Service: service,
  StorageClass: storageClass,
};
