/**
 * `summary.json`: what a run came to (design §7). Times in virtual seconds since time zero, rates a second.
 * `null` stands wherever nothing was measured: an expectation on it fails rather than passing by accident.
 */
export interface Summary {
  readonly schema: typeof SUMMARY_SCHEMA;
  readonly name: string;
  readonly seed: number;
  /** 16 hex digits over every executed event. */
  readonly fingerprint: string;
  readonly end: EndSummary;
  readonly convergence: ConvergenceSummary;
  readonly pods: PodSummary;
  readonly nodes: NodeSummary;
  /** Busy processor seconds by component, from time zero to the end. */
  readonly cpu: Readonly<Record<string, number>>;
  /** The same by machine. */
  readonly hosts: readonly HostSummary[];
  readonly hub: HubSummary;
  readonly etcd: EtcdSummary;
  /** The objects of the scenario's own kinds at the end; left out of scenarios without any. */
  readonly objects?: readonly OwnObject[];
  /** What workloads ordered and what really runs at the end, where the scenario says how the cluster is controlled. */
  readonly orders?: readonly OrderSummary[];
  /** What a mesh came to, where there is one in place of the hub. */
  readonly mesh?: MeshSummary;
  readonly expectations: readonly ExpectationResult[];
}

/** A machine of the control plane. */
export interface HostSummary {
  readonly host: string;
  /** `null` for one that never has to wait for a core. */
  readonly cores: number | null;
  /** Share of its cores that was busy; `null` without a number of them. */
  readonly busy: number | null;
  /** Busy processor seconds by component. */
  readonly cpu: Readonly<Record<string, number>>;
}

/** Programs that tell each other what they do; every kubelet is one of them. */
export interface MeshSummary {
  readonly programs: number;
  readonly links: number;
  readonly messages: number;
  readonly lost: number;
  /** Objects of which some program has another version than the newest, or none, or one that is gone. */
  readonly disagreements: number;
}

/** A workload, and its pods that run on machines which are up, whatever any status says. */
export interface OrderSummary {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly wanted: number;
  readonly running: number;
}

/** An object of a kind that the scenario has brought along. */
export interface OwnObject {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly spec: unknown;
  readonly status: unknown;
}

export const SUMMARY_SCHEMA = 'hubsim/summary/v1';

/** A number, or `null` where nothing was measured. */
export type Measured = number | null;

export interface EndSummary {
  readonly reason: 'converged' | 'stuck' | 'horizon' | 'stopped' | 'limit';
  /** From time zero to the end. */
  readonly virtualSeconds: number;
  /** Executed since the simulation began, before time zero included. */
  readonly events: number;
  /** What is not as desired and why, or which limit was hit; one finding an entry, the largest first. */
  readonly findings: readonly string[];
}

export interface ConvergenceSummary {
  /** From the last timeline step to everything being as desired; `null` when that never came. */
  readonly seconds: Measured;
  readonly workloads: readonly WorkloadSummary[];
}

export interface WorkloadSummary {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  /** Replicas wanted at the end. */
  readonly desired: number;
  /** Replicas available at the end. */
  readonly available: number;
  /** Every change of the desired state since time zero. */
  readonly changes: readonly WorkloadChange[];
}

export interface WorkloadChange {
  readonly at: number;
  /** When the workload last became converged after this change and before the next. */
  readonly convergedAt: Measured;
  readonly seconds: Measured;
}

/** Counts and times of the pods that reached a state after time zero. */
export interface PodSummary {
  readonly created: number;
  readonly bound: number;
  readonly running: number;
  readonly deleted: number;
  /** Neither bound nor gone at the end. */
  readonly pending: number;
  /** Pending at the end, and the scheduler found no node. */
  readonly unschedulable: number;
  readonly createdToBound: Spread;
  readonly boundToRunning: Spread;
  readonly createdToRunning: Spread;
  readonly createdAt: Milestones;
  readonly boundAt: Milestones;
  readonly runningAt: Milestones;
  readonly finishedAt: Milestones;
  readonly terminatingAt: Milestones;
  readonly goneAt: Milestones;
}

export interface NodeSummary {
  /** When the nodes' Ready condition became Unknown. */
  readonly unknownAt: Milestones;
  /** When the nodes got a NoExecute taint. */
  readonly noExecuteAt: Milestones;
}

/** How durations are spread: percentiles by nearest rank. */
export interface Spread {
  readonly p50: Measured;
  readonly p90: Measured;
  readonly p99: Measured;
  readonly max: Measured;
}

/** The same with the mean, which is what the sum and the count of a Prometheus histogram tell. */
export interface SpreadAndMean extends Spread {
  readonly mean: Measured;
}

/** `pN`: when N % of all that ever got there had. */
export interface Milestones {
  readonly p1: Measured;
  readonly p10: Measured;
  readonly p50: Measured;
  readonly p90: Measured;
  readonly p99: Measured;
  readonly p100: Measured;
}

export interface HubSummary {
  /** Answered since time zero. */
  readonly requests: number;
  readonly rate: RateSummary;
  /** Answered 429. */
  readonly rejected: number;
  /** As the server sees it: from the request's arrival to its answer's departure. */
  readonly latency: { readonly read: Spread; readonly mutating: Spread };
  /** Delivered to watchers. */
  readonly watchEvents: number;
  readonly watchRate: RateSummary;
  /** From the store's commit to the arrival at a watcher. */
  readonly watchLag: Spread;
  /** What the load generator of the scenario saw. */
  readonly load: { readonly rate: Measured; readonly latency: Spread; readonly answerToWatch: Spread };
  readonly byRequest: readonly RequestSummary[];
  readonly byClient: readonly ClientSummary[];
  readonly byPriorityLevel: readonly PriorityLevelSummary[];
  /** Whole states that programs read of a kind: LISTs, and the beginnings of watches from nothing. */
  readonly relists: number;
  /** Watches that were closed because they could not keep up. */
  readonly terminatedWatches: number;
  /** Bytes of objects that left the API server. */
  readonly bytesSent: { readonly answers: number; readonly watches: number };
  readonly watchers: readonly WatcherSummary[];
}

export interface RateSummary {
  readonly mean: number;
  /** Most within any second. */
  readonly peak: number;
}

/** Requests of one sort since time zero; sorted by client, resource, subresource, verb, code, priority level. */
export interface RequestSummary {
  readonly client: string;
  readonly verb: string;
  readonly resource: string;
  readonly subresource: string;
  readonly code: number;
  /** That flow control counted them to. */
  readonly priorityLevel: string;
  readonly count: number;
  /** A second, on average. */
  readonly rate: number;
  readonly latency: Spread;
  /** Of objects in the answers. */
  readonly bytes: number;
}

/** What a client of the hub spent waiting for its own rate limit; sorted by client. */
export interface ClientSummary {
  readonly client: string;
  readonly requests: number;
  readonly rate: number;
  readonly limiterWait: Spread;
}

/** What went through one priority level of flow control since time zero; sorted by name. */
export interface PriorityLevelSummary {
  readonly priorityLevel: string;
  /** Answered, whatever the answer was. */
  readonly requests: number;
  readonly rate: number;
  /** Refused (429), for want of a place in a queue or after waiting. */
  readonly rejected: number;
  /** As the server sees it. */
  readonly latency: Spread;
  /** From arrival to having seats. */
  readonly wait: Spread;
  /** Requests that wait. */
  readonly queueLength: LevelGauge;
  readonly seats: LevelGauge & { readonly nominal: number };
}

/** Over time from time zero on. */
export interface LevelGauge {
  readonly mean: number;
  readonly max: number;
}

/** One program's watch, or watches, of a kind since time zero; sorted by program and resource. */
export interface WatcherSummary {
  readonly client: string;
  readonly resource: string;
  /** Changes delivered. */
  readonly events: number;
  /** From commit to delivery. */
  readonly lag: Spread;
  /** Times that the whole state was read. */
  readonly relists: number;
  /** `null` for watchers that keep nothing. */
  readonly staleness: StalenessSummary | null;
}

/** How far a cache was behind: as long as its oldest change that is committed and not in it. */
export interface StalenessSummary {
  /** Over time, seconds. */
  readonly mean: number;
  readonly max: number;
  /** The share of the time in which it was behind at all. */
  readonly share: number;
}

export interface EtcdSummary {
  /** Versions written, deletions apart. */
  readonly puts: number;
  /** Of proposals, deletions among them. */
  readonly commitLatency: Spread;
  /** Batches written to the disk; each commits one proposal or more. */
  readonly fsyncs: number;
  readonly fsyncLatency: SpreadAndMean;
  /** Writes of a member's database, each of all that was applied since the one before. */
  readonly databaseCommits: number;
  readonly databaseCommitLatency: SpreadAndMean;
  /** Elections won, those of an etcd for Events among them. */
  readonly leaderChanges: number;
  /** The largest file of a member. */
  readonly databaseBytes: DatabaseBytes;
  /** The same of an etcd for Events; `null` where they have none of their own. */
  readonly eventsDatabaseBytes: DatabaseBytes | null;
}

/** How large a file was at the end, and how large it ever was. */
export interface DatabaseBytes {
  readonly end: number;
  readonly max: number;
}

export interface ExpectationResult {
  readonly expression: string;
  /** What the expression came to, or why it could not be evaluated. */
  readonly value: unknown;
  readonly pass: boolean;
}
