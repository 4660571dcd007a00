import { beforeAll, describe, expect, it } from 'vitest';
import type { Summary } from '../../../src/measure/summary.js';
import { runScenario } from '../../golden/golden-record.js';

let summary: Summary;
beforeAll(() => {
  summary = runScenario('rolling-update').summary;
});

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

describe('the figures of the hub', () => {
  it('add up to the same requests, refusals and bytes whichever way they are counted', () => {
    const { hub } = summary;
    expect(sum(hub.byRequest.map(({ count }) => count))).toBe(hub.requests);
    expect(sum(hub.byClient.map(({ requests }) => requests))).toBe(hub.requests);
    expect(sum(hub.byPriorityLevel.map(({ requests }) => requests))).toBe(hub.requests);
    expect(sum(hub.byPriorityLevel.map(({ rejected }) => rejected))).toBe(hub.rejected);
    expect(sum(hub.byRequest.map(({ bytes }) => bytes))).toBe(hub.bytesSent.answers);
    expect(sum(hub.watchers.map(({ events }) => events))).toBe(hub.watchEvents);
    expect(sum(hub.watchers.map(({ relists }) => relists))).toBe(hub.relists);
    expect(hub.bytesSent.watches).toBeGreaterThan(0);
  });

  it('say through which priority level each client came, and how full it was', () => {
    const { byRequest, byPriorityLevel } = summary.hub;
    const levels = (client: string): Set<string> =>
      new Set(byRequest.filter((row) => row.client === client).map(({ priorityLevel }) => priorityLevel));
    expect(levels('replicaset-controller')).toEqual(new Set(['workload-high']));
    expect(levels('kubelet')).toContain('node-high');
    const level = byPriorityLevel.find(({ priorityLevel }) => priorityLevel === 'workload-high')!;
    expect(level.seats.nominal).toBe(98);
    expect(level.seats.mean).toBeGreaterThan(0);
    expect(level.seats.max).toBeGreaterThanOrEqual(1);
    expect(level.rate).toBeCloseTo(level.requests / summary.end.virtualSeconds, 9);
  });

  it('follow the staleness of every cache: behind as long as the slowest change took', () => {
    const pods = summary.hub.watchers.find((row) => row.client === 'kube-scheduler' && row.resource === 'pods')!;
    expect(pods.events).toBeGreaterThan(0);
    expect(pods.staleness!.max).toBeCloseTo(pods.lag.max!, 9);
    expect(pods.staleness!.share).toBeGreaterThan(0);
    expect(pods.staleness!.mean).toBeLessThan(pods.staleness!.max);
  });

  it('count fsyncs, of which each commits one version written or deletion, or more', () => {
    const { etcd, pods } = summary;
    expect(etcd.fsyncs).toBeGreaterThan(0);
    expect(etcd.fsyncs).toBeLessThanOrEqual(etcd.puts + pods.deleted);
    expect(etcd.fsyncLatency.p50).toBeLessThan(etcd.commitLatency.p50!);
  });
});
