import { Histogram } from '../stats/histogram.js';
import type { Measurements } from './measurements.js';
import type { ReceiverLog } from './receiver-log.js';
import type { RequestLog } from './request-log.js';
import { spread } from './spread.js';
import type { ClientSummary, HubSummary, PriorityLevelSummary, RequestSummary, WatcherSummary } from './summary.js';

/** What the hub did from time zero to the end. */
export function summarizeHub(measured: Measurements, endNs: number): HubSummary {
  const { requests, watch, load, receivers } = measured;
  const seconds = (endNs - measured.timeZeroNs) / 1e9;
  return {
    requests: requests.rate.count,
    rate: { mean: requests.rate.mean(endNs), peak: requests.rate.peak },
    rejected: requests.rejected,
    latency: { read: spread(requests.readLatency), mutating: spread(requests.mutatingLatency) },
    watchEvents: watch.rate.count,
    watchRate: { mean: watch.rate.mean(endNs), peak: watch.rate.peak },
    watchLag: spread(measured.watchLag),
    load: { rate: load.rate, latency: spread(load.latency), answerToWatch: spread(load.answerToWatch) },
    byRequest: byRequest(requests, seconds),
    byClient: byClient(requests, seconds),
    byPriorityLevel: byPriorityLevel(measured, seconds),
    relists: receivers.reduce((sum, { relists }) => sum + relists, 0),
    terminatedWatches: measured.terminatedWatches,
    bytesSent: { answers: requests.answerBytes, watches: measured.watchBytes },
    watchers: watchers(receivers, seconds),
  };
}

function byRequest(requests: RequestLog, seconds: number): RequestSummary[] {
  const rows = requests.keys.map((key, index): RequestSummary => {
    const latency = requests.latencyOf(index);
    const { count } = latency;
    return { ...key, count, rate: perSecond(count, seconds), latency: spread(latency), bytes: requests.bytesOf(index) };
  });
  return rows.sort(
    (a, b) =>
      compare(a.client, b.client) ||
      compare(a.resource, b.resource) ||
      compare(a.subresource, b.subresource) ||
      compare(a.verb, b.verb) ||
      a.code - b.code ||
      compare(a.priorityLevel, b.priorityLevel),
  );
}

function byClient(requests: RequestLog, seconds: number): ClientSummary[] {
  const rows = [...requests.limiterWait].map(([client, waits]): ClientSummary => {
    const { count } = waits;
    return { client, requests: count, rate: perSecond(count, seconds), limiterWait: spread(waits) };
  });
  return rows.sort((a, b) => compare(a.client, b.client));
}

/** Levels that nobody asked for anything are left out. */
function byPriorityLevel({ requests, levels }: Measurements, seconds: number): PriorityLevelSummary[] {
  const rows = levels.map((meter): PriorityLevelSummary => {
    const latency = requests.latencyAt(meter.name);
    const wait = requests.seatWait.get(meter.name) ?? new Histogram();
    const { count } = latency;
    return {
      priorityLevel: meter.name,
      requests: count,
      rate: perSecond(count, seconds),
      rejected: meter.rejected,
      latency: spread(latency),
      wait: spread(wait),
      queueLength: { mean: perSecond(meter.waitingNs / 1e9, seconds), max: meter.waitingMax },
      seats: {
        mean: perSecond(meter.seatsNs / 1e9, seconds),
        max: meter.seatsMax,
        nominal: meter.nominalSeats,
      },
    };
  });
  return rows
    .filter((row) => row.requests + row.rejected + row.seats.max > 0)
    .sort((a, b) => compare(a.priorityLevel, b.priorityLevel));
}

/** Those that nothing came to are left out. */
function watchers(receivers: readonly ReceiverLog[], seconds: number): WatcherSummary[] {
  return receivers
    .filter(({ events, relists }) => events + relists > 0)
    .map((log): WatcherSummary => {
      const staleness = {
        mean: perSecond(log.staleIntegral, seconds),
        max: log.staleNsMax / 1e9,
        share: perSecond(log.staleForNs / 1e9, seconds),
      };
      return {
        client: log.program,
        resource: log.kind.resource,
        events: log.events,
        lag: spread(log.lag),
        relists: log.relists,
        staleness: log.cache ? staleness : null,
      };
    })
    .sort((a, b) => compare(a.client, b.client) || compare(a.resource, b.resource));
}

function perSecond(amount: number, seconds: number): number {
  return seconds === 0 ? 0 : amount / seconds;
}

/** By code unit, as every machine orders it. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
