/** Minors of Kubernetes 1.x that the table below is complete for. */
export const KNOWN_MINORS: readonly number[] = [30, 31, 32, 33, 34, 35, 36];

/** What differs between minors of Kubernetes, as the control plane of one has it. */
export interface VersionTraits {
  readonly nodeMonitorGracePeriodNs: number;
  /** Informers ask for their first state by a LIST; if not, the watch brings it. */
  readonly listsBeforeWatching: boolean;
  /** The watch cache serves a LIST of the latest state; if not, etcd does. */
  readonly consistentListsFromCache: boolean;
  /** The watch cache keeps earlier states, and serves later pages of a LIST from them; if not, etcd does. */
  readonly listsFromSnapshots: boolean;
  /** A LIST takes seats by the bytes it reads; if not, by the objects. */
  readonly listSeatsByBytes: boolean;
  /** Plugins judge whether an event helps a pod; if not, every event that concerns them is taken to help. */
  readonly queueingHints: boolean;
  /** A scheduler with nothing else to do takes pods that still back off. */
  readonly popsFromBackoff: boolean;
  /** NodeResourcesBalancedAllocation scores how much a pod improves the balance; if not, the balance there will be. */
  readonly balancesByImprovement: boolean;
  /** Namespaces lose their pods before anything else. */
  readonly podsLeaveNamespacesFirst: boolean;
  /** ReplicaSets and Deployments count the pods that are ending. */
  readonly countsTerminating: boolean;
  /** A StatefulSet may lose more than one pod at a time to an update. */
  readonly statefulSetMaxUnavailable: boolean;
  /** HorizontalPodAutoscalers may have tolerances of their own. */
  readonly autoscalerTolerances: boolean;
  /** Controllers do not sync an object before their caches show what they wrote for it last. */
  readonly staleCacheChecks: boolean;
}

/** Since no minor: off unless somebody turns it on. */
export const NEVER: number = Number.POSITIVE_INFINITY;

/** One change between minors. */
export interface VersionChange<Trait extends keyof VersionTraits = keyof VersionTraits> {
  readonly trait: Trait;
  /** Feature gate that switches it, `''` for none. */
  readonly gate: string;
  /** First minor of the new; {@link NEVER} for what is off in all of them. */
  readonly since: number;
  readonly before: VersionTraits[Trait];
  readonly after: VersionTraits[Trait];
  readonly meaning: string;
  readonly source: string;
}

function change<Trait extends keyof VersionTraits>(
  trait: Trait,
  gate: string,
  since: number,
  before: VersionTraits[Trait],
  after: VersionTraits[Trait],
  meaning: string,
  source: string,
): VersionChange<Trait> {
  return { trait, gate, since, before, after, meaning, source };
}

/** Every change that the model knows, in order of the minor that brought it. */
export const VERSION_CHANGES: readonly VersionChange[] = [
  change(
    'consistentListsFromCache',
    'ConsistentListFromCache',
    31,
    false,
    true,
    'a LIST of the latest state is served from the watch cache, and takes seats accordingly',
    'apiserver/pkg/features',
  ),
  change(
    'nodeMonitorGracePeriodNs',
    '',
    32,
    40e9,
    50e9,
    '`--node-monitor-grace-period` is 50 s, it was 40 s',
    'kubernetes#126287',
  ),
  change(
    'queueingHints',
    'SchedulerQueueingHints',
    32,
    false,
    true,
    'plugins judge whether an event helps a pod they rejected; before, every event of a kind they listen to was taken to',
    'pkg/features',
  ),
  change(
    'popsFromBackoff',
    'SchedulerPopFromBackoffQ',
    33,
    false,
    true,
    'a scheduler with nothing else to do takes pods that still back off',
    'pkg/features',
  ),
  change(
    'podsLeaveNamespacesFirst',
    'OrderedNamespaceDeletion',
    33,
    false,
    true,
    'a namespace that ends loses its pods before anything else',
    'pkg/features',
  ),
  change(
    'listSeatsByBytes',
    'SizeBasedListCostEstimate',
    34,
    false,
    true,
    'a LIST takes a seat for each 100 kB; before, for each 100 objects, at most 10',
    'apiserver/pkg/features',
  ),
  change(
    'listsFromSnapshots',
    'ListFromCacheSnapshot',
    34,
    false,
    true,
    'later pages of a LIST, and states at exact revisions, are served from the watch cache; before, from etcd',
    'apiserver/pkg/features',
  ),
  change(
    'listsBeforeWatching',
    'WatchListClient',
    35,
    true,
    false,
    'informers get their first state through the watch; before, by a LIST',
    'client-go/features',
  ),
  change(
    'countsTerminating',
    'DeploymentReplicaSetTerminatingReplicas',
    35,
    false,
    true,
    'the status of ReplicaSets and Deployments counts pods that are ending',
    'pkg/features',
  ),
  change(
    'autoscalerTolerances',
    'HPAConfigurableTolerance',
    35,
    false,
    true,
    '`tolerance` in the behaviour of a HorizontalPodAutoscaler counts; before, the controller has one for all',
    'pkg/features',
  ),
  change(
    'balancesByImprovement',
    '',
    36,
    false,
    true,
    'NodeResourcesBalancedAllocation scores how much a pod improves the balance; before, the balance there would be',
    'kubernetes#135573',
  ),
  change(
    'staleCacheChecks',
    'StaleControllerConsistency',
    36,
    false,
    true,
    'controllers of ReplicaSets, DaemonSets, StatefulSets and Jobs wait until their caches show their own last writes',
    'pkg/features',
  ),
  change(
    'statefulSetMaxUnavailable',
    'MaxUnavailableStatefulSet',
    NEVER,
    false,
    true,
    '`maxUnavailable` of a StatefulSet counts; without it one pod at a time is replaced',
    'pkg/features',
  ),
];

/** The feature gates that the model knows. */
export const FEATURE_GATES: readonly string[] = VERSION_CHANGES.map(({ gate }) => gate).filter((gate) => gate !== '');

/** What Kubernetes 1.`minor` is like, with some of its feature gates set otherwise. */
export function traitsOf(minor: number, gates: Readonly<Record<string, boolean | undefined>> = {}): VersionTraits {
  const traits = VERSION_CHANGES.map(({ trait, gate, since, before, after }) => {
    return [trait, (gates[gate] ?? minor >= since) ? after : before];
  });
  return Object.fromEntries(traits) as unknown as VersionTraits;
}
