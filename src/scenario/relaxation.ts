import type { ClusterConfig } from '../cluster/config.js';
import type { Profile } from '../cluster/profile.js';
import { Constant } from '../random/constant.js';
import type { ScenarioConfig } from './config.js';

/** What is waited for, as a trace names it. */
interface Wait {
  readonly name: string;
  readonly cause: string;
}

/** The setting that decides how long something is waited for. */
export interface Relaxation {
  /** Path of the setting in a scenario. */
  readonly setting: string;
  readonly advice: 'raise' | 'lower' | 'change';
  /** The same scenario without that wait, where there can be one. */
  readonly lift?: (scenario: ScenarioConfig) => ScenarioConfig;
}

/** More than any client asks for. */
const UNLIMITED = { kubeApiQps: -1 };
const NOTHING = new Constant(0, '0s');

interface Rule extends Relaxation {
  readonly matches: (wait: Wait) => boolean;
}

function cluster(change: (cluster: ClusterConfig) => Partial<ClusterConfig>): NonNullable<Relaxation['lift']> {
  return (scenario) => ({ ...scenario, cluster: { ...scenario.cluster, ...change(scenario.cluster) } });
}

function kubelet(key: 'podStart' | 'podStop', pattern: RegExp): Rule {
  return {
    matches: ({ name }) => pattern.test(name),
    setting: `kubelet.${key}`,
    advice: 'lower',
    lift: cluster(({ kubelet }) => ({ kubelet: { ...kubelet, [key]: NOTHING } })),
  };
}

/** Workers of a controller, by the work queue they take from. */
const WORKERS = [
  ['deployment', 'concurrentDeploymentSyncs'],
  ['replicasets', 'concurrentReplicaSetSyncs'],
  ['replicationcontrollers', 'concurrentRcSyncs'],
  ['statefulset', 'concurrentStatefulSetSyncs'],
  ['daemonset', 'concurrentDaemonSetSyncs'],
  ['job', 'concurrentJobSyncs'],
  ['cronjob', 'concurrentCronJobSyncs'],
  ['endpoint slice', 'concurrentServiceEndpointSyncs'],
  ['endpoint', 'concurrentEndpointSyncs'],
  ['garbage collector', 'concurrentGcSyncs'],
] as const;

/** More than there are objects at work at a time. */
const WORKERS_ENOUGH = 10_000;

function workers([queue, key]: (typeof WORKERS)[number]): Rule {
  return {
    matches: ({ name }) => name === `${queue}: waits for a worker`,
    setting: `controllerManager.${key}`,
    advice: 'raise',
    lift: cluster(({ controllerManager }) => ({ controllerManager: { ...controllerManager, [key]: WORKERS_ENOUGH } })),
  };
}

/** More seats than any number of clients takes. */
const SEATS = { maxRequestsInflight: 1_000_000, maxMutatingRequestsInflight: 1_000_000 };

/** In order: the first that matches holds. */
const RULES: readonly Rule[] = [
  {
    matches: ({ name }) => name === 'kube-scheduler: rate limiter',
    setting: 'scheduler.kubeApiQps',
    advice: 'raise',
    lift: cluster(({ scheduler }) => ({ scheduler: { ...scheduler, ...UNLIMITED } })),
  },
  {
    matches: ({ cause }) => cause === 'limiter',
    setting: 'controllerManager.kubeApiQps',
    advice: 'raise',
    lift: cluster(({ controllerManager }) => ({ controllerManager: { ...controllerManager, ...UNLIMITED } })),
  },
  {
    matches: ({ cause }) => cause === 'disk',
    setting: 'etcd.fsync',
    advice: 'lower',
    lift: cluster(({ etcd }) => ({ etcd: { ...etcd, fsync: NOTHING } })),
  },
  ...WORKERS.map(workers),
  {
    matches: ({ name }) => name === 'flow control: waits for a seat',
    setting: 'apiServer.maxRequestsInflight',
    advice: 'raise',
    lift: cluster(({ apiServer }) => ({ apiServer: { ...apiServer, ...SEATS } })),
  },
  {
    matches: ({ name }) => name === 'admission: webhook answers',
    setting: 'latency or timeoutSeconds of the webhook',
    advice: 'lower',
  },
  {
    // What images wait for is no delay of the network but the bandwidth of nodes and registry.
    matches: ({ name, cause }) => cause === 'wire' && name !== 'kubelet: image pulled',
    setting: 'network.delay',
    advice: 'lower',
    lift: cluster(({ network }) => ({ network: { ...network, delay: NOTHING } })),
  },
  kubelet('podStart', /^kubelet: (container created|pod started)$/),
  kubelet('podStop', /^kubelet: (container ended|pod stopped)$/),
  {
    matches: ({ name }) => name === 'node lifecycle: monitor pass',
    setting: 'controllerManager.nodeMonitorGracePeriod',
    advice: 'lower',
  },
  {
    matches: ({ name }) => name.endsWith(': pod backs off'),
    setting: 'scheduler.podInitialBackoff',
    advice: 'lower',
    lift: cluster(({ scheduler }) => ({ scheduler: { ...scheduler, podInitialBackoffNs: 0, podMaxBackoffNs: 0 } })),
  },
  {
    matches: ({ name }) => name.endsWith(': pod waits for its turn'),
    setting: 'profile',
    advice: 'change',
    lift: (scenario) => ({ ...scenario, profile: withIdleScheduler(scenario.profile) }),
  },
  {
    matches: ({ name }) => name.endsWith(': waits for a core'),
    setting: 'profile',
    advice: 'change',
    lift: (scenario) => ({ ...scenario, profile: withoutQueues(scenario.profile) }),
  },
  { matches: ({ cause }) => cause === 'processor', setting: 'profile', advice: 'change' },
];

function withoutQueues(profile: Profile): Profile {
  return { ...profile, hosts: profile.hosts.map((host) => ({ ...host, cores: Number.POSITIVE_INFINITY })) };
}

/** One scheduling cycle after the other takes no time: no pod waits for the one before it. */
function withIdleScheduler(profile: Profile): Profile {
  const { scheduler } = profile;
  const nothing = { cycleNs: 0, nodeListedNs: 0, nodeFilteredNs: 0, nodeTriedNs: 0, nodeScoredNs: 0, plugins: {} };
  return { ...profile, scheduler: { ...scheduler, ...nothing } };
}

/** What to change for less of a wait; `undefined` where no setting of the cluster decides it. */
export function relaxationOf(wait: Wait): Relaxation | undefined {
  return RULES.find(({ matches }) => matches(wait));
}
