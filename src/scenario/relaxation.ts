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

/** What to change for less of a wait; `undefined` where no setting of the cluster decides it. */
export function relaxationOf(wait: Wait): Relaxation | undefined {
  return RULES.find(({ matches }) => matches(wait));
}
