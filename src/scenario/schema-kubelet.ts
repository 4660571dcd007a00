import * as z from 'zod';
import type { KubeletConfig } from '../cluster/config.js';
import {
  type BySignal,
  EVICTION_SIGNALS,
  parseThreshold,
  type ThresholdValue,
} from '../spokes/kubelet/eviction-config.js';
import {
  bytes,
  contentType,
  count,
  distribution,
  duration,
  type Input,
  parsed,
  period,
  section,
} from './schema-values.js';

/** One value for each signal that is named. */
function bySignal<T>(value: z.ZodType<T>, description: string): z.ZodType<BySignal<T>> {
  const shape = Object.fromEntries(EVICTION_SIGNALS.map((signal) => [signal, value.optional()]));
  return section(shape, description) as unknown as z.ZodType<BySignal<T>>;
}

function thresholds(description: string): z.ZodType<BySignal<ThresholdValue>> {
  return bySignal(parsed(parseThreshold, 'An amount such as 500Mi, or a share such as 10%'), description);
}

/** `cluster.kubelet`. */
export const kubelet: z.ZodType<Input<KubeletConfig>> = section(
  {
    model: z
      .enum(['hollow', 'kubelet'])
      .optional()
      .describe('hollow: one status PATCH a pod, as KWOK; kubelet: the whole loop'),
    contentType: contentType('contentType of the KubeletConfiguration').optional(),
    podStart: distribution('From the pod being taken to its containers running').optional(),
    podStop: distribution('From the deletion being seen to the containers having ended').optional(),
    containerStart: distribution('From its start to running, for a container of a pod that is up already').optional(),
    volumeMount: distribution('Until the volumes of a pod are attached and mounted, all together').optional(),
    serializeImagePulls: z.boolean().optional().describe('serializeImagePulls: one pull at a time a node'),
    maxParallelImagePulls: count(0, 'maxParallelImagePulls, when they are not serialized; 0 means no limit').optional(),
    registryPullQps: z.number().optional().describe('registryPullQPS: pulls a second of one node; 0 means no limit'),
    registryBurst: count(1, 'registryBurst').optional(),
    eventRecordQps: z.number().optional().describe('eventRecordQPS: Events a second of one node; 0 means no limit'),
    eventBurst: count(1, 'eventBurst').optional(),
    shutdownGracePeriod: duration(
      'shutdownGracePeriod: how long pods may take to end when their node is shut down',
    ).optional(),
    shutdownGracePeriodCriticalPods: duration('shutdownGracePeriodCriticalPods, the last part of it').optional(),
    nodeBoot: distribution('From a node being switched on to its kubelet running').optional(),
    imageBandwidth: bytes('Of images a node can fetch and unpack a second; 0 means no limit').optional(),
    imageGcHighThresholdPercent: count(
      0,
      'imageGCHighThresholdPercent: of the disk, from which on unused images are thrown away; 100 means never',
      100,
    ).optional(),
    imageGcLowThresholdPercent: count(0, 'imageGCLowThresholdPercent: down to which they are', 100).optional(),
    imageMinimumGcAge: duration('imageMinimumGCAge: no image that is newer').optional(),
    imageMaximumGcAge: duration(
      'imageMaximumGCAge: any image that was not used for so long, whatever is free; 0s means none',
    ).optional(),
    nodeStatus: z.boolean().optional().describe('Whether node statuses are written beside the leases'),
    nodeLeaseDurationSeconds: count(1, 'nodeLeaseDurationSeconds; renewed every quarter of it').optional(),
    nodeStatusUpdateFrequency: period('nodeStatusUpdateFrequency').optional(),
    nodeStatusReportFrequency: period('nodeStatusReportFrequency').optional(),
    evictionHard: thresholds('evictionHard: so much must be left, or a pod is evicted at once').optional(),
    evictionSoft: thresholds('evictionSoft: the same, after a while').optional(),
    evictionSoftGracePeriod: bySignal(
      duration('How long it may be short'),
      'evictionSoftGracePeriod: how long a soft threshold must have been met',
    ).optional(),
    evictionMinimumReclaim: thresholds('evictionMinimumReclaim: what must be free beyond a threshold').optional(),
    evictionMaxPodGracePeriod: count(
      0,
      'evictionMaxPodGracePeriod: seconds that pods get when a soft threshold was met',
    ).optional(),
    evictionPressureTransitionPeriod: duration(
      'evictionPressureTransitionPeriod: how long a node is said to be under pressure after it was last',
    ).optional(),
  },
  'The kubelets of all nodes',
);
