import { describe, expect, it } from 'vitest';
import { type Gauges, SeriesLog, type Totals } from '../../../src/measure/series-log.js';

const IDLE: Gauges = { tellBusy: () => undefined, queues: () => [], apiServers: [] };
const NOTHING: Totals = { tellAnswered: () => undefined, tellHeard: () => undefined };
const sum = (values: readonly number[] | undefined): number =>
  (values ?? []).reduce((total, value) => total + value, 0);

describe('SeriesLog', () => {
  it('loses no request when the interval doubles, and keeps to 640 samples', () => {
    const answered = new Map<string, number>();
    const totals: Totals = {
      ...NOTHING,
      tellAnswered: (take) => {
        for (const [client, total] of answered) take(client, total);
      },
    };
    const log = new SeriesLog(5e9, IDLE, totals);
    for (let i = 0; i < 50_000; i++) {
      const client = i % 3 === 0 ? 'a' : 'b';
      log.answered(1e6 + i, 5e9 + i * 7.3e6);
      answered.set(client, (answered.get(client) ?? 0) + 1);
    }
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
    let heard = 0;
    const log = new SeriesLog(0, IDLE, { ...NOTHING, tellHeard: (take) => take('scheduler', heard) });
    for (const atNs of [0, 9_999_999, 10_000_000, 35_000_000]) {
      log.delivered(2e6, atNs);
      heard++;
    }
    expect(log.close(36_000_000).watchEvents).toEqual([{ name: 'scheduler', values: [2, 1, 0, 1] }]);
  });

  it('knows percentiles to an eighth and the longest exactly', () => {
    const log = new SeriesLog(0, IDLE, NOTHING);
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
    const log = new SeriesLog(0, gauges, NOTHING);
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
    const log = new SeriesLog(0, { tellBusy, queues: () => queues, apiServers: [] }, NOTHING);
    const series = log.close(20e6);
    expect(series.queues).toEqual([{ name: 'deployment', values: [7, 7] }]);
    expect(series.busySeconds).toEqual([]);
  });

  it('adds up the priority levels of several API servers', () => {
    const level = (requestsWaiting: number) => ({ name: 'exempt', queues: { requestsWaiting, seatsInUse: 1 } });
    const apiServers = [{ levels: [level(2)] }, { levels: [level(5)] }];
    const series = new SeriesLog(0, { ...IDLE, apiServers }, NOTHING).close(20e6);
    expect(series.waiting).toEqual([{ name: 'exempt', values: [7, 7] }]);
    expect(series.seats).toEqual([{ name: 'exempt', values: [2, 2] }]);
  });

  it('takes hours of silence in its stride', () => {
    let answered = 0;
    const log = new SeriesLog(0, IDLE, { ...NOTHING, tellAnswered: (take) => take('a', answered) });
    for (const atNs of [1, 7200e9]) {
      log.answered(5, atNs);
      answered++;
    }
    const series = log.close(7200e9);
    expect(sum(series.requests[0]?.values)).toBe(2);
    expect(series.samples * series.intervalNs).toBeGreaterThanOrEqual(7200e9);
  });
});
