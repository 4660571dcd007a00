/** Minors of Kubernetes 1.x that the table below is complete for. */
export const KNOWN_MINORS: readonly number[] = [30, 31, 32, 33, 34, 35, 36];

/** What differs between minors of Kubernetes, as the control plane of one has it. */
export interface VersionTraits {
  readonly nodeMonitorGracePeriodNs: number;
  /** Informers ask for their first state by a LIST; if not, the watch brings it. */
  readonly listsBeforeWatching: boolean;
  /** The watch cache serves a LIST of the latest state; if not, etcd does. */
  readonly consistentListsFromCache: boolean;
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
  /** Controllers do not sync an object before their caches show what they wrote for it last. */
  readonly staleCacheChecks: boolean;
}

/** One change between minors. */
export interface VersionChange<Trait extends keyof VersionTraits = keyof VersionTraits> {
  readonly trait: Trait;
  /** First minor of the new. */
  readonly since: number;
  readonly before: VersionTraits[Trait];
  readonly after: VersionTraits[Trait];
  readonly meaning: string;
  readonly source: string;
}

function change<Trait extends keyof VersionTraits>(
  trait: Trait,
  since: number,
  before: VersionTraits[Trait],
  after: VersionTraits[Trait],
  meaning: string,
  source: string,
): VersionChange<Trait> {
  return { trait, since, before, after, meaning, source };
}

/** Every change that the model knows, in order of the minor that brought it. */
export const VERSION_CHANGES: readonly VersionChange[] = [
  change(
    'consistentListsFromCache',
    31,
    false,
    true,
    'a LIST of the latest state is served from the watch cache, and takes seats accordingly',
    'ConsistentListFromCache, apiserver/pkg/features',
  ),
  change(
    'nodeMonitorGracePeriodNs',
    32,
    40e9,
    50e9,
    '`--node-monitor-grace-period` is 50 s, it was 40 s',
    'kubernetes#126287',
  ),
  change(
    'queueingHints',
    32,
    false,
    true,
    'plugins judge whether an event helps a pod they rejected; before, every event of a kind they listen to was taken to',
    'SchedulerQueueingHints, pkg/features',
  ),
  change(
    'popsFromBackoff',
    33,
    false,
    true,
    'a scheduler with nothing else to do takes pods that still back off',
    'SchedulerPopFromBackoffQ, pkg/features',
  ),
  change(
    'podsLeaveNamespacesFirst',
    33,
    false,
    true,
    'a namespace that ends loses its pods before anything else',
    'OrderedNamespaceDeletion, pkg/features',
  ),
  change(
    'listSeatsByBytes',
    34,
    false,
    true,
    'a LIST takes a seat for each 100 kB; before, for each 100 objects, at most 10',
    'SizeBasedListCostEstimate, apiserver/pkg/features',
  ),
  change(
    'listsBeforeWatching',
    35,
    true,
    false,
    'informers get their first state through the watch; before, by a LIST',
    'WatchListClient, client-go/features',
  ),
  change(
    'countsTerminating',
    35,
    false,
    true,
    'the status of ReplicaSets and Deployments counts pods that are ending',
    'DeploymentReplicaSetTerminatingReplicas, pkg/features',
  ),
  change(
    'balancesByImprovement',
    36,
    false,
    true,
    'NodeResourcesBalancedAllocation scores how much a pod improves the balance; before, the balance there would be',
    'kubernetes#135573',
  ),
  change(
    'staleCacheChecks',
    36,
    false,
    true,
    'controllers of ReplicaSets, DaemonSets, StatefulSets and Jobs wait until their caches show their own last writes',
    'StaleControllerConsistency*, pkg/features',
  ),
];

/** What Kubernetes 1.`minor` is like. */
export function traitsOf(minor: number): VersionTraits {
  const traits = VERSION_CHANGES.map(({ trait, since, before, after }) => [trait, minor < since ? before : after]);
  return Object.fromEntries(traits) as unknown as VersionTraits;
}
