import { defaultFieldRef, defaultVolume } from './default-volume.js';
import { imageTag } from './image.js';
import { fillIn, fillInZero, type JsonObject, makeObjectAt, objectAt, objectsAt } from './json.js';
import type { PodSpecManifest } from './pod-manifest.js';
import { aggregateContainers, isPodLevelResource } from './pod-resources.js';
import { roundResourceList } from './resource-list.js';

/**
 * A copy of a pod spec with the API server's defaults filled in, those of templates and then those of pods alone
 * (apis/core/v1 SetDefaults_PodSpec, SetDefaults_Pod).
 */
export function defaultPodSpec(spec: PodSpecManifest): PodSpecManifest {
  const copy: JsonObject = structuredClone(spec);
  defaultPodOnly(copy);
  defaultTemplateSpec(copy);
  return copy as unknown as PodSpecManifest;
}

/** Fills in place what pods have beyond templates: requests out of limits, service links, host network ports. */
export function defaultPodOnly(spec: JsonObject): void {
  for (const container of allContainers(spec)) requestTheLimits(container);
  defaultHugePageLimits(spec);
  defaultPodLevelRequests(spec);
  fillIn(spec, 'enableServiceLinks', true);
  if (spec.hostNetwork !== true) return;
  for (const container of allContainers(spec))
    for (const port of objectsAt(container, 'ports')) fillInZero(port, 'hostPort', port.containerPort);
}

/** Fills in place what pods and templates share. */
export function defaultTemplateSpec(spec: JsonObject): void {
  fillInZero(spec, 'dnsPolicy', 'ClusterFirst');
  fillInZero(spec, 'restartPolicy', 'Always');
  fillIn(spec, 'terminationGracePeriodSeconds', 30);
  fillInZero(spec, 'schedulerName', 'default-scheduler');
  for (const volume of objectsAt(spec, 'volumes')) defaultVolume(volume);
  for (const container of [...allContainers(spec), ...objectsAt(spec, 'ephemeralContainers')])
    defaultContainer(container);
  for (const resources of [objectAt(spec, 'resources'), spec]) {
    roundResourceList(objectAt(resources, 'limits'));
    roundResourceList(objectAt(resources, 'requests'));
    roundResourceList(objectAt(resources, 'overhead'));
  }
}

function allContainers(spec: JsonObject): readonly JsonObject[] {
  return [...objectsAt(spec, 'containers'), ...objectsAt(spec, 'initContainers')];
}

function requestTheLimits(container: JsonObject): void {
  const resources = objectAt(container, 'resources');
  const limits = objectAt(resources, 'limits');
  if (resources === undefined || limits === undefined) return;
  const requests = makeObjectAt(resources, 'requests');
  for (const [name, limit] of Object.entries(limits)) fillIn(requests, name, limit);
}

/** Huge pages limited in containers limit the pod too, when it states resources as a whole (defaultHugePagePodLimits). */
function defaultHugePageLimits(spec: JsonObject): void {
  const resources = objectAt(spec, 'resources');
  if (resources === undefined) return;
  const requests = objectAt(resources, 'requests') ?? {};
  const limits = objectAt(resources, 'limits') ?? {};
  if (Object.keys(requests).length + Object.keys(limits).length === 0) return;
  for (const [name, limit] of aggregateContainers(spec as unknown as PodSpecManifest, 'limits'))
    if (name.startsWith('hugepages-') && requests[name] === undefined) fillIn(limits, name, String(limit));
  if (Object.keys(limits).length > 0) resources.limits = limits;
}

/** A pod limited as a whole requests as a whole: what its containers request, or its limits (defaultPodRequests). */
function defaultPodLevelRequests(spec: JsonObject): void {
  const resources = objectAt(spec, 'resources');
  const limits = objectAt(resources, 'limits') ?? {};
  if (resources === undefined || Object.keys(limits).length === 0) return;
  const requests = { ...objectAt(resources, 'requests') };
  for (const [name, amount] of aggregateContainers(spec as unknown as PodSpecManifest, 'requests'))
    if (isPodLevelResource(name) && !name.startsWith('hugepages-')) fillIn(requests, name, String(amount));
  for (const [name, limit] of Object.entries(limits)) if (isPodLevelResource(name)) fillIn(requests, name, limit);
  if (Object.keys(requests).length > 0) resources.requests = requests;
}

function defaultContainer(container: JsonObject): void {
  fillInZero(container, 'imagePullPolicy', imageTag(container.image) === 'latest' ? 'Always' : 'IfNotPresent');
  fillInZero(container, 'terminationMessagePath', '/dev/termination-log');
  fillInZero(container, 'terminationMessagePolicy', 'File');
  for (const port of objectsAt(container, 'ports')) fillInZero(port, 'protocol', 'TCP');
  for (const variable of objectsAt(container, 'env')) {
    const source = objectAt(variable, 'valueFrom');
    defaultFieldRef(source);
    const fileKey = objectAt(source, 'fileKeyRef');
    if (fileKey !== undefined) fillIn(fileKey, 'optional', false);
  }
  const resources = objectAt(container, 'resources');
  roundResourceList(objectAt(resources, 'limits'));
  roundResourceList(objectAt(resources, 'requests'));
  for (const field of ['livenessProbe', 'readinessProbe', 'startupProbe']) defaultProbe(objectAt(container, field));
  const lifecycle = objectAt(container, 'lifecycle');
  defaultHttpGet(objectAt(lifecycle, 'postStart'));
  defaultHttpGet(objectAt(lifecycle, 'preStop'));
}

function defaultProbe(probe: JsonObject | undefined): void {
  if (probe === undefined) return;
  fillInZero(probe, 'timeoutSeconds', 1);
  fillInZero(probe, 'periodSeconds', 10);
  fillInZero(probe, 'successThreshold', 1);
  fillInZero(probe, 'failureThreshold', 3);
  defaultHttpGet(probe);
  const grpc = objectAt(probe, 'grpc');
  if (grpc !== undefined) fillIn(grpc, 'service', '');
}

function defaultHttpGet(handler: JsonObject | undefined): void {
  const action = objectAt(handler, 'httpGet');
  if (action === undefined) return;
  fillInZero(action, 'path', '/');
  fillInZero(action, 'scheme', 'HTTP');
}
