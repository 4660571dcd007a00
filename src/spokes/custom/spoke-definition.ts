import { parseDuration } from '../../api/duration.js';
import { InputError } from '../../api/input-error.js';
import { type AnyKind, KindRef } from './kind-definition.js';
import type { Manifest, ObjectKey } from './manifest.js';
import type { Waitable } from './request.js';
import type { SpokeClient } from './spoke-client.js';

/** The object to reconcile. */
export interface ReconcileKey {
  /** `''` for kinds without namespaces. */
  readonly namespace: string;
  readonly name: string;
}

/** What a reconciliation may end with; nothing at all means: until something changes. */
export interface ReconcileResult {
  /** Look again after so long, `30s`. */
  readonly requeueAfter?: string;
  /** Try again with backoff, as after an error. */
  readonly requeue?: boolean;
  /**
   * Whether the next look is a periodic chore, which no convergence waits for.
   * @default true if the object is as desired, or of a kind that does not say when it is
   */
  readonly chore?: boolean;
}

// biome-ignore lint/suspicious/noConfusingVoidType: a generator without return ends with void
export type ReconcileEnd = ReconcileResult | void;

// biome-ignore lint/suspicious/noExplicitAny: each yield gives what it waits for; yield* knows the type
export type Reconciliation = Generator<Waitable, ReconcileEnd, any>;

export type Reconcile = (key: ReconcileKey, client: SpokeClient) => Reconciliation | ReconcileEnd;

/** A kind to watch, and whom its changes concern. */
export interface Watch {
  readonly kind: AnyKind;
  /**
   * `self`: the object itself · `owner`: the object of the spoke's first kind that controls it · a function: whichever
   * it names · `nobody`: the cache alone is wanted.
   */
  readonly enqueue: 'self' | 'owner' | 'nobody' | ((object: Manifest) => readonly ObjectKey[]);
}

export interface SpokeInit {
  readonly name: string;
  /** What it keeps a cache of. A kind alone is reconciled itself; the first one is what the spoke is for. */
  readonly watches: readonly (AnyKind | Watch)[];
  /** Requests a second. @default 20, as controller-runtime; 0 = no limit */
  readonly qps?: number;
  /** @default 30 */
  readonly burst?: number;
  /** Objects reconciled at once (MaxConcurrentReconciles). @default 1 */
  readonly workers?: number;
  /** Copies of the program, of which the leader works if there is leader election. @default 1 */
  readonly replicas?: number;
  /** Whether it holds a lease, `kube-system/NAME`, while it works. @default false; true with several replicas */
  readonly leaderElection?: boolean;
  /** Processor time of one reconciliation beside its requests, `500us`. @default 0 */
  readonly reconcileCost?: string;
  /** Cores of a machine of its own. Left out, it runs where the profile has its clients. */
  readonly cores?: number;
  /** Compares desired with observed state and does the next small thing. */
  readonly reconcile: Reconcile;
}

/** A program of the user's that works at the hub, as data: nothing of it runs until a scenario does. */
export class SpokeDefinition {
  readonly name: string;
  readonly watches: readonly Watch[];
  readonly qps: number;
  readonly burst: number;
  readonly workers: number;
  readonly replicas: number;
  readonly leaderElection: boolean;
  readonly reconcileCostNs: number;
  readonly cores: number | undefined;
  readonly reconcile: Reconcile;

  constructor(init: SpokeInit) {
    const { watches, qps = 20, burst = 30, workers = 1, replicas = 1, reconcileCost = '0s' } = init;
    this.name = init.name;
    this.watches = watches.map((one) => (one instanceof KindRef ? { kind: one, enqueue: 'self' } : one));
    this.qps = qps;
    this.burst = burst;
    this.workers = workers;
    this.replicas = replicas;
    this.leaderElection = init.leaderElection ?? replicas > 1;
    this.reconcileCostNs = parseDuration(reconcileCost);
    this.cores = init.cores;
    this.reconcile = init.reconcile;
  }

  /** The kind that the spoke is for. */
  get primary(): AnyKind {
    return this.watches[0]!.kind;
  }
}

const NAME = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;

/** Defines a spoke. Throws InputError for one that cannot be. */
export function defineSpoke(init: SpokeInit): SpokeDefinition {
  const { name, watches, reconcile, qps = 20, workers = 1, replicas = 1, burst = 30, cores = 1 } = init;
  const refuse = (problem: string, remedy: string): never => {
    throw new InputError(`spoke ${name}: ${problem}`, { remedy });
  };
  if (typeof name !== 'string' || !NAME.test(name))
    refuse('its name must be lower-case letters, digits and dashes', 'write name: "my-operator"');
  if (!Array.isArray(watches) || watches.length === 0) refuse('it watches nothing', 'write watches: [Order]');
  for (const [index, watch] of watches.entries()) {
    const problem = problemOf(watch);
    if (problem !== undefined)
      refuse(`watches[${index}] ${problem}`, 'write Order or { kind: Order, enqueue: "owner" }');
  }
  if (typeof reconcile !== 'function') refuse('it has no reconcile', 'write reconcile: function* (key, client) { … }');
  for (const [field, value] of Object.entries({ workers, replicas, burst, cores }))
    if (!(value >= 1)) refuse(`${field} is ${value}`, `write ${field}: 1 or more`);
  if (!(qps >= 0)) refuse(`qps is ${qps}`, 'write qps: 20, or 0 for no limit');
  return new SpokeDefinition(init);
}

/** What is wrong with an entry of `watches`: modules in JavaScript have nobody else to tell them. */
function problemOf(watch: unknown): string | undefined {
  if (watch instanceof KindRef) return undefined;
  const { kind, enqueue } = (watch ?? {}) as Partial<Watch>;
  if (!(kind instanceof KindRef)) return 'is no kind: kinds come from defineKind or from hubsim, as k8s.Pod';
  if (typeof enqueue === 'function' || ENQUEUED.includes(enqueue as string)) return undefined;
  return `enqueues ${JSON.stringify(enqueue)}, which is none of ${ENQUEUED.join(', ')} and no function`;
}

const ENQUEUED: readonly string[] = ['self', 'owner', 'nobody'];
