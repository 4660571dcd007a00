import type { BucketCounts } from '../measure/bucket-counts.js';
import { QUEUE_BOUNDS } from '../measure/queue-log.js';
import { REQUEST_BOUNDS } from '../measure/request-durations.js';
import type { NamedSeries, RunSeries } from '../measure/run-result.js';
import { ATTEMPT_BOUNDS, POD_ATTEMPTS_BOUNDS, POD_DURATION_BOUNDS } from '../measure/scheduler-log.js';
import type { Summary } from '../measure/summary.js';
import { MetricFamily } from './metric-family.js';
import type { ReportedRun } from './reported-run.js';
import { workQueueName } from './work-queue-name.js';

type Metrics = Generator<string, void, void>;

/**
 * A run as OpenMetrics text, for promtool and whatever else reads it: Kubernetes' own names where it has the metric,
 * the time since time zero as timestamp. Counters and gauges over time, a point a sample; histograms at the end, with
 * Kubernetes' own buckets.
 */
export function* openMetrics(run: ReportedRun): Metrics {
  const { series, timeZeroNs, endNs } = run;
  const end = (endNs - timeZeroNs) / 1e9;
  const times = series.commit.count.map((_, at) => Math.min(end, ((at + 1) * series.intervalNs) / 1e9));
  yield* hub(run, times, end);
  yield* workQueues(run, times, end);
  yield* scheduler(run, times, end);
  yield '# EOF';
}

function* hub({ series, summary }: ReportedRun, times: readonly number[], end: number): Metrics {
  yield* over('hubsim_client_requests', 'counter', 'Requests answered, by client.', 'client', series.requests, times);
  yield* over('hubsim_watch_events', 'counter', 'Watch events delivered.', 'program', series.watchEvents, times);
  yield* over('process_cpu_seconds', 'counter', 'Processor time spent.', 'job', series.busySeconds, times);
  const waiting = 'Number of requests currently pending in queues of the API Priority and Fairness subsystem';
  yield* over(
    'apiserver_flowcontrol_current_inqueue_requests',
    'gauge',
    waiting,
    'priority_level',
    series.waiting,
    times,
  );
  const seats = 'Concurrency occupied by the currently executing requests';
  yield* over('apiserver_flowcontrol_current_executing_seats', 'gauge', seats, 'priority_level', series.seats, times);
  const commits = [{ name: 'etcd', values: series.commit.count }];
  yield* over('etcd_server_proposals_committed', 'counter', 'Proposals committed.', 'job', commits, times);
  yield* requests(series, end);
  yield* byClient(summary, end);
}

/** With the labels that the API server gives them (endpoints/metrics/metrics.go); no request here is a dry run. */
function* requests({ requestDurations }: RunSeries, end: number): Metrics {
  const counter =
    'Counter of apiserver requests broken out for each verb, dry run value, group, version, resource, scope, component, and HTTP response code.';
  const total = new MetricFamily('apiserver_request', 'counter', counter);
  const histogram =
    'Response latency distribution in seconds for each verb, dry run value, group, version, resource, subresource, scope and component.';
  const took = new MetricFamily('apiserver_request_duration_seconds', 'histogram', histogram);
  for (const { verb, group, version, resource, subresource, scope, codes, durations } of requestDurations) {
    const labels = { verb, dry_run: '', group, version, resource, subresource, scope, component: 'apiserver' };
    for (const { code, count } of codes) total.count({ ...labels, code: String(code) }, count, end);
    took.buckets(labels, REQUEST_BOUNDS, durations, end);
  }
  yield* total.lines();
  yield* took.lines();
}

/** What Kubernetes' own metric does not tell: who asked, and at which priority level. */
function* byClient({ hub }: Summary, end: number): Metrics {
  const help = 'Requests answered, by client, verb, resource, priority level and code.';
  const total = new MetricFamily('hubsim_requests', 'counter', help);
  for (const { client, verb, resource, subresource, code, priorityLevel, count } of hub.byRequest) {
    const labels = { client, verb, resource, subresource, code: String(code) };
    total.count({ ...labels, priority_level: priorityLevel }, count, end);
  }
  yield* total.lines();
}

function* workQueues({ series }: ReportedRun, times: readonly number[], end: number): Metrics {
  const queues = series.workQueues.filter(({ adds }) => adds > 0);
  const depths = queues.map(
    ({ name }) => series.queues.find((one) => one.name === name) ?? { name, values: times.map(() => 0) },
  );
  const named = depths.map(({ name, values }) => ({ name: workQueueName(name), values }));
  yield* over('workqueue_depth', 'gauge', 'Current depth of workqueue', 'name', named, times);
  const adds = new MetricFamily('workqueue_adds', 'counter', 'Total number of adds handled by workqueue');
  const retries = new MetricFamily('workqueue_retries', 'counter', 'Total number of retries handled by workqueue');
  const waited = new MetricFamily(
    'workqueue_queue_duration_seconds',
    'histogram',
    'How long in seconds an item stays in workqueue before being requested.',
  );
  const worked = new MetricFamily(
    'workqueue_work_duration_seconds',
    'histogram',
    'How long in seconds processing an item from workqueue takes.',
  );
  for (const queue of queues) {
    const labels = { name: workQueueName(queue.name) };
    adds.count(labels, queue.adds, end);
    retries.count(labels, queue.retries, end);
    waited.buckets(labels, QUEUE_BOUNDS, queue.waited, end);
    worked.buckets(labels, QUEUE_BOUNDS, queue.worked, end);
  }
  for (const family of [adds, retries, waited, worked]) yield* family.lines();
}

function* scheduler({ series }: ReportedRun, times: readonly number[], end: number): Metrics {
  const { attempts, podAttempts, podDurations } = series.scheduler;
  const pending = ['active', 'backoff', 'unschedulable'].map((pool) => pendingIn(pool, series, times.length));
  const help = 'Number of pending pods, by the queue type.';
  yield* over('scheduler_pending_pods', 'gauge', help, 'queue', pending, times);
  const tried = new MetricFamily(
    'scheduler_schedule_attempts',
    'counter',
    'Number of attempts to schedule pods, by the result.',
  );
  const took = new MetricFamily(
    'scheduler_scheduling_attempt_duration_seconds',
    'histogram',
    'Scheduling attempt latency in seconds (scheduling algorithm + binding)',
  );
  for (const { result, profile, durations } of attempts) {
    tried.count({ result, profile }, durations.count, end);
    took.buckets({ result, profile }, ATTEMPT_BOUNDS, durations, end);
  }
  yield* tried.lines();
  yield* took.lines();
  yield* whole(
    'scheduler_pod_scheduling_attempts',
    'Number of attempts to successfully schedule a pod.',
    POD_ATTEMPTS_BOUNDS,
    podAttempts,
    end,
  );
  yield* whole(
    'scheduler_pod_scheduling_sli_duration_seconds',
    'E2e latency for a pod being scheduled, from its first attempt on.',
    POD_DURATION_BOUNDS,
    podDurations,
    end,
  );
}

/** The pods in the pools of a name of all schedulers; what nothing was ever in is not in the series. */
function pendingIn(pool: string, { queues }: RunSeries, samples: number): NamedSeries {
  const pools = queues.filter(({ name }) => name.endsWith(` ${pool}`));
  const values = Array.from({ length: samples }, (_, at) => pools.reduce((sum, one) => sum + one.values[at]!, 0));
  return { name: pool, values };
}

/** A histogram without labels. */
function* whole(name: string, help: string, bounds: readonly number[], counts: BucketCounts, end: number): Metrics {
  const family = new MetricFamily(name, 'histogram', help);
  family.buckets({}, bounds, counts, end);
  yield* family.lines();
}

/** A quantity over time; a counter adds up. */
function* over(
  name: string,
  type: 'counter' | 'gauge',
  help: string,
  label: string,
  all: readonly NamedSeries[],
  times: readonly number[],
): Metrics {
  const family = new MetricFamily(name, type, help);
  for (const one of all) {
    let total = 0;
    for (const [at, value] of one.values.entries()) {
      total = type === 'counter' ? total + value : value;
      if (type === 'counter') family.count({ [label]: one.name }, total, times[at]!);
      else family.value({ [label]: one.name }, total, times[at]!);
    }
  }
  yield* family.lines();
}
