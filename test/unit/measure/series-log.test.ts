import { describe, expect, it } from 'vitest';
import { type Gauges, SeriesLog } from '../../../src/measure/series-log.js';

const IDLE: Gauges = { tellBusy: () => undefined, queues: () => [], apiServers: [] };
const sum = (values: readonly number[] | undefined): number =>
  (values ?? []).reduce((total, value) => total + value, 0);

describe('SeriesLog', () => {
  it('loses no request when the interval doubles, and keeps to 640 samples', () => {
    const log = new SeriesLog(5e9, IDLE);
    for (let i = 0; i < 50_000; i++) log.answered(i % 3 === 0 ? 'a' : 'b', 1e6 + i, 5e9 + i * 7.3e6);
    const series = log.close(5e9 + 50_000 * 7.3e6);
    expect(series.samples).toBeLessThanOrEqual(640);
    expect(series.samples).toBeGreaterThan(320);
    expect(series.requests.map(({ name, values }) => [name, values.length, sum(values)])).toEqual([
      ['a', series.samples, 16_667],
      ['b', series.samples, 33_333],
    ]);
    expect(sum(series.latency.count)).toBe(50_000);
  });

  it('counts what happened in the sample it happened in', () => {
    const log = new SeriesLog(0, IDLE);
    for (const atNs of [0, 9_999_999, 10_000_000, 35_000_000]) log.delivered('scheduler', 2e6, atNs);
    expect(log.close(36_000_000).watchEvents).toEqual([{ name: 'scheduler', values: [2, 1, 0, 1] }]);
  });

  it('knows percentiles to an eighth and the longest exactly', () => {
    const log = new SeriesLog(0, IDLE);
    for (let us = 1; us <= 1000; us++) log.committed(us * 1e3, 1);
    const { commit } = log.close(2);
    expect(commit.max).toEqual([0.001]);
    expect(commit.p50[0]! / 500e-6).toBeCloseTo(1, 0.9);
    expect(commit.p99[0]! / 990e-6).toBeCloseTo(1, 0.9);
  });

  it('reads gauges at the end of each sample, and goes without where there are none for a while', () => {
    let busy = 0;
    const levels = [{ name: 'exempt', queues: { requestsWaiting: 0, seatsInUse: 3 } }];
    const tellBusy: Gauges['tellBusy'] = (take) => take('etcd', busy);
    const gauges = { tellBusy, queues: () => [], apiServers: [{ levels }] };
    const log = new SeriesLog(0, gauges);
    busy = 0.25;
    log.committed(1, 10e6);
    const [level] = levels.splice(0, 1);
    log.committed(1, 20e6);
    levels.push(level!);
    busy = 0.5;
    const series = log.close(30e6);
    expect(series.busySeconds).toEqual([{ name: 'etcd', values: [0.25, 0, 0.25] }]);
    expect(series.seats).toEqual([{ name: 'exempt', values: [3, 0, 3] }]);
  });

  it('takes queues of several replicas for one', () => {
    const queues = [[{ name: 'deployment', length: 2 }], [{ name: 'deployment', length: 5 }]];
    const tellBusy: Gauges['tellBusy'] = (take) => {
      take('etcd', 1);
      take('etcd', 2);
    };
    const log = new SeriesLog(0, { tellBusy, queues: () => queues, apiServers: [] });
    const series = log.close(20e6);
    expect(series.queues).toEqual([{ name: 'deployment', values: [7, 7] }]);
    expect(series.busySeconds).toEqual([]);
  });

  it('adds up the priority levels of several API servers', () => {
    const level = (requestsWaiting: number) => ({ name: 'exempt', queues: { requestsWaiting, seatsInUse: 1 } });
    const apiServers = [{ levels: [level(2)] }, { levels: [level(5)] }];
    const series = new SeriesLog(0, { ...IDLE, apiServers }).close(20e6);
    expect(series.waiting).toEqual([{ name: 'exempt', values: [7, 7] }]);
    expect(series.seats).toEqual([{ name: 'exempt', values: [2, 2] }]);
  });

  it('takes hours of silence in its stride', () => {
    const log = new SeriesLog(0, IDLE);
    log.answered('a', 5, 1);
    log.answered('a', 5, 7200e9);
    const series = log.close(7200e9);
    expect(sum(series.requests[0]?.values)).toBe(2);
    expect(series.samples * series.intervalNs).toBeGreaterThanOrEqual(7200e9);
  });
});
