import { NodeSelector, type PreferredTerm, preferredTerms } from './node-affinity.js';
import type { ContainerManifest, PodSpecManifest, TolerationManifest } from './pod-manifest.js';
import { qosClassOf } from './pod-qos.js';
import { nonZeroRequests, podLimits, podRequests } from './pod-resources.js';
import type { HostPort, PodShape, RestartPolicy } from './pod-shape.js';
import { toResources } from './resource-list.js';
import { NO_TOLERATIONS, type Toleration } from './taint.js';

/** Priorities of the classes that every cluster has (scheduling.SystemNodeCritical, SystemClusterCritical). */
const SYSTEM_PRIORITIES: Readonly<Record<string, number>> = {
  'system-node-critical': 2_000_001_000,
  'system-cluster-critical': 2_000_000_000,
};

/** Works out a shape; the spec has its defaults. Throws InputError for values that Kubernetes refuses. */
export function buildShape(id: number, spec: PodSpecManifest): PodShape {
  const nonZero = toResources(nonZeroRequests(spec));
  const affinity = spec.affinity?.nodeAffinity;
  return {
    id,
    spec,
    requests: { ...toResources(podRequests(spec)), pods: 0 },
    limits: { ...toResources(podLimits(spec)), pods: 0 },
    nonZeroMilliCpu: nonZero.milliCpu,
    nonZeroMemory: nonZero.memory,
    qosClass: qosClassOf(spec),
    nodeSelector: Object.keys(spec.nodeSelector ?? {}).length === 0 ? undefined : spec.nodeSelector,
    requiredNodeAffinity: requiredSelector(affinity?.requiredDuringSchedulingIgnoredDuringExecution),
    preferredNodeAffinity: preferred(affinity?.preferredDuringSchedulingIgnoredDuringExecution),
    tolerations: spec.tolerations?.map(toleration) ?? NO_TOLERATIONS,
    priority: spec.priority ?? SYSTEM_PRIORITIES[spec.priorityClassName ?? ''] ?? 0,
    preemptionPolicy: spec.preemptionPolicy ?? 'PreemptLowerPriority',
    schedulerName: spec.schedulerName ?? 'default-scheduler',
    terminationGracePeriodSeconds: spec.terminationGracePeriodSeconds ?? 30,
    restartPolicy: (spec.restartPolicy ?? 'Always') as RestartPolicy,
    hostPorts: hostPorts(spec),
    images: [...(spec.initContainers ?? []), ...spec.containers].map((container) => container.image ?? ''),
  };
}

type Required = NonNullable<
  NonNullable<PodSpecManifest['affinity']>['nodeAffinity']
>['requiredDuringSchedulingIgnoredDuringExecution'];

function requiredSelector(required: Required): NodeSelector | undefined {
  return required === undefined || required === null ? undefined : new NodeSelector(required.nodeSelectorTerms ?? []);
}

function preferred(terms: Parameters<typeof preferredTerms>[0] | undefined): readonly PreferredTerm[] {
  return preferredTerms(terms ?? []);
}

/** A toleration with the zero values of the fields that its manifest leaves out. */
export function toleration(manifest: TolerationManifest): Toleration {
  return {
    key: manifest.key ?? '',
    operator: manifest.operator ?? '',
    value: manifest.value ?? '',
    effect: manifest.effect ?? '',
    tolerationSeconds: manifest.tolerationSeconds ?? -1,
  };
}

/** Ports taken on the node by containers and sidecars (schedutil.GetHostPorts). */
function hostPorts(spec: PodSpecManifest): readonly HostPort[] {
  const sidecars = (spec.initContainers ?? []).filter((container) => container.restartPolicy === 'Always');
  return [...spec.containers, ...sidecars].flatMap(portsOf);
}

function portsOf(container: ContainerManifest): readonly HostPort[] {
  const ports: HostPort[] = [];
  for (const { hostPort = 0, hostIP = '', protocol = 'TCP' } of container.ports ?? [])
    if (hostPort > 0) ports.push({ ip: hostIP === '' ? '0.0.0.0' : hostIP, protocol, port: hostPort });
  return ports;
}
