import type { Summary } from '../measure/summary.js';
import type { ReportedRun } from './reported-run.js';

/** Virtual time zero as a moment: no date is meant. */
const EPOCH_SECONDS = 0;

/**
 * A run as OpenMetrics text, for promtool and whatever else reads it: Kubernetes' own names where it has the metric,
 * the time since time zero as timestamp. Counters and gauges over time, one point a sample; sums at the end.
 */
export function* openMetrics(run: ReportedRun): Generator<string, void, void> {
  const { summary, series } = run;
  const times = series.commit.count.map((_, at) => EPOCH_SECONDS + ((at + 1) * series.intervalNs) / 1e9);
  yield* counter('hubsim_client_requests', 'Requests answered, by client.', 'client', series.requests, times);
  yield* counter('hubsim_watch_events', 'Watch events delivered, by program.', 'program', series.watchEvents, times);
  yield* counter('process_cpu_seconds', 'Processor time spent.', 'job', series.busySeconds, times);
  yield* gauge(
    'apiserver_flowcontrol_current_inqueue_requests',
    'Requests waiting for a seat.',
    'priority_level',
    series.waiting,
    times,
  );
  yield* gauge('apiserver_flowcontrol_current_executing_seats', 'Seats in use.', 'priority_level', series.seats, times);
  yield* counter(
    'etcd_server_proposals_committed',
    'Proposals committed.',
    'job',
    [{ name: 'etcd', values: series.commit.count }],
    times,
  );
  yield* requests(summary, times.at(-1) ?? 0);
  yield '# EOF';
}

interface Named {
  readonly name: string;
  readonly values: readonly number[];
}

function* counter(
  name: string,
  help: string,
  label: string,
  all: readonly Named[],
  times: readonly number[],
): Generator<string> {
  yield* head(name, 'counter', help);
  for (const one of all) {
    let total = 0;
    for (const [at, value] of one.values.entries()) {
      total += value;
      yield `${name}_total{${label}="${quoted(one.name)}"} ${number(total)} ${number(times[at]!)}`;
    }
  }
}

function* gauge(
  name: string,
  help: string,
  label: string,
  all: readonly Named[],
  times: readonly number[],
): Generator<string> {
  yield* head(name, 'gauge', help);
  for (const one of all)
    for (const [at, value] of one.values.entries())
      yield `${name}{${label}="${quoted(one.name)}"} ${value} ${number(times[at]!)}`;
}

/** Durations as summaries: the run keeps their quantiles, not Kubernetes' buckets. */
function* requests({ hub }: Summary, atSeconds: number): Generator<string> {
  yield* head('apiserver_request_duration_seconds', 'summary', 'Time to answer, by sort of request.');
  for (const { client, verb, resource, subresource, code, count, latency } of hub.byRequest) {
    const labels = [
      ['client', client],
      ['verb', verb.toUpperCase()],
      ['resource', resource],
      ['subresource', subresource],
      ['code', String(code)],
    ].map(([key, value]) => `${key}="${quoted(value!)}"`);
    for (const [quantile, value] of [
      [0.5, latency.p50] as const,
      [0.9, latency.p90] as const,
      [0.99, latency.p99] as const,
    ])
      if (value !== null)
        yield `apiserver_request_duration_seconds{${labels.join(',')},quantile="${quantile}"} ${number(value)} ${number(atSeconds)}`;
    yield `apiserver_request_duration_seconds_count{${labels.join(',')}} ${count} ${number(atSeconds)}`;
  }
}

function* head(name: string, type: string, help: string): Generator<string> {
  yield `# TYPE ${name} ${type}`;
  yield `# HELP ${name} ${help}`;
}

/** To the nanosecond, without an exponent. */
function number(value: number): string {
  return String(Number(value.toFixed(9)));
}

function quoted(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
}
