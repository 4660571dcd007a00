import { describe, expect, it } from 'vitest';
import type { Pod } from '../../../../src/api/pod.js';
import type { PodSpecManifest } from '../../../../src/api/pod-manifest.js';
import { NO_VOTE, voteOf } from '../../../../src/spokes/controllers/horizontal-pod-autoscaler/metric-vote.js';
import {
  averageReplicas,
  type PodMetricView,
  utilizationReplicas,
} from '../../../../src/spokes/controllers/horizontal-pod-autoscaler/replica-calculator.js';
import { resourceRequests } from '../../../../src/spokes/controllers/horizontal-pod-autoscaler/resource-requests.js';
import { readyPodCount } from '../../../../src/spokes/controllers/horizontal-pod-autoscaler/total-metric.js';
import { samplePod } from '../sample-pod.js';

const REQUESTS: PodSpecManifest = { containers: [{ name: 'c', resources: { requests: { cpu: '1' } } }] };
const NOW_NS = 3600e9;

function pods(count: number, change: Parameters<typeof samplePod>[1] = {}): readonly Pod[] {
  return Array.from({ length: count }, (_, index) => samplePod(`p${index}`, { spec: REQUESTS, ...change }));
}

function view(some: readonly Pod[], values: readonly number[], change: Partial<PodMetricView> = {}): PodMetricView {
  const metrics = values.map((value, index) => [`p${index}`, { value, timeNs: NOW_NS, windowNs: 30e9 }] as const);
  return {
    pods: some,
    metrics: new Map(metrics),
    resource: 'cpu',
    currentReplicas: some.length,
    tolerance: { up: 0.1, down: 0.1 },
    delays: { cpuInitializationPeriodNs: 300e9, initialReadinessDelayNs: 30e9 },
    nowNs: NOW_NS,
    ...change,
  };
}

describe('replicas for a utilisation', () => {
  it('follow usage, unless it is close to the target', () => {
    expect(utilizationReplicas(view(pods(2), [900, 900]), 50, '')).toEqual({
      replicas: 4,
      usage: 900,
      utilization: 90,
    });
    expect(utilizationReplicas(view(pods(2), [540, 540]), 50, '')?.replicas).toBe(2);
  });

  it('take missing pods for idle when growing, and for busy when shrinking', () => {
    expect(utilizationReplicas(view(pods(4), [1000, 1000]), 50, '')?.replicas).toBe(4);
    expect(utilizationReplicas(view(pods(4), [1500, 1500]), 50, '')?.replicas).toBe(6);
    expect(utilizationReplicas(view(pods(4), [100, 100]), 50, '')?.replicas).toBe(4);
  });

  it('do not believe the usage of a pod that has just started', () => {
    const young = pods(2, { status: { startTimeNs: NOW_NS - 60e9, readySinceNs: NOW_NS - 10e9 } });
    expect(utilizationReplicas(view(young, [5000, 5000]), 50, '')).toBeUndefined();
    expect(averageReplicas(view(young, [5000, 5000], { resource: '' }), 2500)?.replicas).toBe(4);
  });
});

describe('replicas for an average', () => {
  it('are not known while there are no pods, whatever is still measured of those that are gone', () => {
    expect(averageReplicas(view([], [500], { resource: '' }), 100)).toBeUndefined();
  });
});

describe('requests', () => {
  const resources = { requests: { cpu: '200m' } };
  const spec: PodSpecManifest = {
    containers: [
      { name: 'a', resources },
      { name: 'b', resources },
    ],
    initContainers: [{ name: 'mesh', restartPolicy: 'Always', resources }, { name: 'setup' }],
  };

  it('add up over containers and sidecars, or are those of one container', () => {
    expect(resourceRequests([samplePod('p', { spec })], 'cpu', '')?.get('p')).toBe(600);
    expect(resourceRequests([samplePod('p', { spec })], 'cpu', 'b')?.get('p')).toBe(200);
  });

  it('are missing as a whole where one is missing', () => {
    expect(resourceRequests([samplePod('p', { spec })], 'memory', '')).toBeUndefined();
    expect(resourceRequests([samplePod('p', { spec })], 'cpu', 'x')).toBeUndefined();
  });

  it('are those of the pod where it states its own', () => {
    const own = { ...spec, resources: { requests: { cpu: '3' } } };
    expect(resourceRequests([samplePod('p', { spec: own })], 'cpu', '')?.get('p')).toBe(3000);
    expect(resourceRequests([samplePod('p', { spec: own })], 'cpu', 'a')?.get('p')).toBe(200);
  });
});

describe('several metrics', () => {
  it('get the largest of their wishes', () => {
    expect(voteOf([3, 7, 5], 4)).toBe(7);
  });

  it('never shrink the target while one of them is broken', () => {
    expect(voteOf([3, undefined], 4)).toBe(NO_VOTE);
    expect(voteOf([6, undefined], 4)).toBe(6);
    expect(voteOf([undefined], 4)).toBe(NO_VOTE);
  });

  it('count only pods that run and are ready', () => {
    const some = [
      ...pods(2),
      samplePod('x', { status: { ready: false } }),
      samplePod('y', { status: { phase: 'Failed' } }),
    ];
    expect(readyPodCount(some)).toBe(2);
  });
});
