import { InputError } from '../api/input-error.js';

/** What a JSON file of a result has to have to be read: an older hubsim may have written less. */
export interface ResultShape {
  readonly file: string;
  /** What its `schema` says, where it has one. */
  readonly schema?: string;
  /** Paths that must be there. */
  readonly keys: readonly string[];
}

export const SUMMARY_SHAPE: ResultShape = {
  file: 'summary.json',
  schema: 'hubsim/summary/v1',
  keys: [
    ...['name', 'seed', 'fingerprint', 'end.findings', 'convergence.workloads', 'expectations', 'cpu'],
    ...['pods.created', 'pods.createdToBound', 'pods.boundToRunning', 'pods.createdToRunning', 'pods.createdAt'],
    ...[
      'pods.boundAt',
      'pods.runningAt',
      'nodes.unknownAt',
      'etcd.commitLatency',
      'etcd.fsyncLatency',
      'etcd.databaseCommitLatency',
    ],
    ...['hub.rate', 'hub.latency.read', 'hub.latency.mutating', 'hub.watchRate', 'hub.watchLag', 'hub.load.latency'],
    ...['hub.byRequest', 'hub.byClient', 'hub.byPriorityLevel', 'hub.bytesSent', 'hub.watchers'],
  ],
};

export const SERIES_SHAPE: ResultShape = {
  file: 'series.json',
  schema: 'hubsim/series/v2',
  keys: [
    ...['question', 'timeZeroNs', 'endNs', 'requestBucketNs', 'watchBucketNs', 'marks', 'nodeStates'],
    ...['series.intervalNs', 'series.samples', 'series.requests', 'series.watchEvents', 'series.latency.count'],
    ...['series.watchLag.count', 'series.watchLagHeat.counts', 'series.commit.count', 'series.waiting', 'series.seats'],
    ...['series.queues', 'series.busySeconds', 'series.durations', 'series.requestDurations', 'series.workQueues'],
    'series.scheduler.attempts',
  ],
};

export const ORIGIN_SHAPE: ResultShape = {
  file: 'scenario.json',
  keys: ['command', 'version', 'scenario', 'configuration'],
};

export const RUN_SHAPE: ResultShape = { file: 'run.json', keys: ['scenario.file', 'scenario.seed'] };

/** Throws InputError for what another hubsim has written, or nobody. */
export function checkShape(directory: string, { file, schema, keys }: ResultShape, content: unknown): void {
  const said = schema === undefined ? undefined : at(content, 'schema');
  const missing = keys.find((key) => at(content, key) === undefined);
  if (said === schema && missing === undefined) return;
  const lack =
    said === schema ? `has no ${missing}` : `is ${JSON.stringify(said ?? null)}, not ${JSON.stringify(schema)}`;
  throw new InputError(`${directory} is of another version of hubsim: its ${file} ${lack}`, {
    remedy: 'run its scenario again',
  });
}

function at(content: unknown, path: string): unknown {
  let value = content;
  for (const key of path.split('.')) value = (value as Record<string, unknown> | null | undefined)?.[key];
  return value;
}
