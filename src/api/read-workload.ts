import type { DaemonSetSpec } from './daemon-set.js';
import type { JsonObject } from './json.js';
import type { PodTemplate } from './pod.js';
import type { StatefulSetSpec } from './stateful-set.js';
import { statefulStorage } from './stateful-storage.js';
import type { DeploymentSpec, IntOrPercent, ReplicaSetSpec } from './workload.js';

/** A strategy as manifests write it. */
interface StrategyManifest<Type> {
  readonly type: Type;
  readonly rollingUpdate?: {
    readonly maxSurge?: IntOrPercent;
    readonly maxUnavailable?: IntOrPercent;
    readonly partition?: number;
  };
}

/** Spec of a Deployment out of a checked and defaulted manifest. */
export function deploymentSpec(manifest: JsonObject, template: PodTemplate): DeploymentSpec {
  const { strategy, ...fields } = manifest;
  const { type, rollingUpdate } = strategy as StrategyManifest<DeploymentSpec['strategy']>;
  const known = { minReadySeconds: 0, paused: false, ...fields } as unknown as DeploymentSpec;
  return {
    replicas: known.replicas,
    selector: known.selector,
    template,
    strategy: type,
    maxSurge: rollingUpdate?.maxSurge ?? 0,
    maxUnavailable: rollingUpdate?.maxUnavailable ?? 0,
    minReadySeconds: known.minReadySeconds,
    revisionHistoryLimit: known.revisionHistoryLimit,
    progressDeadlineSeconds: known.progressDeadlineSeconds,
    paused: known.paused,
  };
}

export function replicaSetSpec(manifest: JsonObject, template: PodTemplate): ReplicaSetSpec {
  const known = { minReadySeconds: 0, ...manifest } as unknown as ReplicaSetSpec;
  return { replicas: known.replicas, minReadySeconds: known.minReadySeconds, selector: known.selector, template };
}

/** A ReplicationController is a ReplicaSet whose selector is plain labels. */
export function replicationControllerSpec(
  { selector, ...manifest }: JsonObject,
  template: PodTemplate,
): ReplicaSetSpec {
  return replicaSetSpec({ ...manifest, selector: { matchLabels: selector } }, template);
}

export function statefulSetSpec(manifest: JsonObject, template: PodTemplate): StatefulSetSpec {
  const { updateStrategy, ordinals, ...fields } = manifest;
  const { type, rollingUpdate } = updateStrategy as StrategyManifest<StatefulSetSpec['updateStrategy']>;
  const known = { minReadySeconds: 0, serviceName: '', ...fields } as unknown as StatefulSetSpec;
  const storage = statefulStorage(fields);
  return {
    replicas: known.replicas,
    selector: known.selector,
    template,
    serviceName: known.serviceName,
    podManagementPolicy: known.podManagementPolicy,
    updateStrategy: type,
    partition: rollingUpdate?.partition ?? -1,
    maxUnavailable: rollingUpdate?.maxUnavailable ?? 1,
    minReadySeconds: known.minReadySeconds,
    firstOrdinal: (ordinals as { start?: number } | undefined)?.start ?? 0,
    revisionHistoryLimit: known.revisionHistoryLimit,
    ...(storage === undefined ? {} : { storage }),
  };
}

export function daemonSetSpec(manifest: JsonObject, template: PodTemplate, nodeName = ''): DaemonSetSpec {
  const { updateStrategy, ...fields } = manifest;
  const { type, rollingUpdate } = updateStrategy as StrategyManifest<DaemonSetSpec['updateStrategy']>;
  const known = { minReadySeconds: 0, ...fields } as unknown as DaemonSetSpec;
  return {
    selector: known.selector,
    template,
    nodeName,
    updateStrategy: type,
    maxUnavailable: rollingUpdate?.maxUnavailable ?? 1,
    maxSurge: rollingUpdate?.maxSurge ?? 0,
    minReadySeconds: known.minReadySeconds,
    revisionHistoryLimit: known.revisionHistoryLimit,
  };
}
