import type { Call } from '../api/call.js';
import { LEASE } from '../api/kind.js';
import { ObjectMeta } from '../api/meta.js';
import type { Lease, LeaseSpec } from '../api/node.js';
import { draft } from '../api/object.js';
import type { EventKind } from '../engine/index.js';
import type { Stream } from '../random/stream.js';
import type { ApiClient } from './api-client.js';
import { LeaderElection } from './leader-election.js';
import type { LeaseRecord } from './lease-record.js';
import type { Process } from './process.js';
import { sleep, type Task, TaskRunner } from './task.js';

const NAMESPACE = 'kube-system';
/** controller-runtime's manager: LeaseDuration 15 s, RenewDeadline 10 s, RetryPeriod 2 s; the wait is jittered by 1.2. */
const LEASE_DURATION_SECONDS = 15;
const RENEW_DEADLINE_NS = 10e9;
const RETRY_PERIOD_NS = 2e9;
const JITTER = 1.2;

/**
 * One of several copies of a program that all want the same lease: it tries every 2 to 4.4 s to get it, renews it every
 * 2 s while it has it, and stops leading when it could not for 10 s (client-go tools/leaderelection). All of it is a chore.
 */
export class Candidate {
  private readonly process: Process;
  private readonly client: ApiClient;
  private readonly lease: string;
  private readonly election: LeaderElection;
  private readonly stream: Stream;
  private readonly elected: () => void;
  private readonly lost: () => void;
  private readonly runner: TaskRunner;
  private readonly startKind: EventKind;
  private seen: Lease | undefined;
  private renewedNs: number;
  private holding: boolean;
  private tries: number;

  /** `identity` is how it signs the lease; `elected` is called whenever it becomes the leader, `lost` when it is it no longer. */
  constructor(
    process: Process,
    client: ApiClient,
    lease: string,
    identity: string,
    stream: Stream,
    elected: () => void,
    lost: () => void,
  ) {
    this.process = process;
    this.client = client;
    this.lease = lease;
    this.election = new LeaderElection(identity, LEASE_DURATION_SECONDS);
    this.stream = stream;
    this.elected = elected;
    this.lost = lost;
    this.runner = new TaskRunner(process);
    this.startKind = process.engine.register(`${process.name}: candidate`, () => this.runner.start(this.run()), 'none');
    this.seen = undefined;
    this.renewedNs = 0;
    this.holding = false;
    this.tries = 0;
  }

  get leading(): boolean {
    return this.holding;
  }

  /** Whether it knows by now if it leads. */
  get settled(): boolean {
    return this.tries > 0;
  }

  start(): void {
    this.process.engine.scheduleAs(true, 0, this.startKind);
  }

  private *run(): Task {
    for (;;) {
      const got = yield* this.attempt();
      if (this.tries++ === 0) this.settle();
      this.conclude(got);
      yield sleep(this.holding ? RETRY_PERIOD_NS : Math.round(RETRY_PERIOD_NS * (1 + JITTER * this.stream.uniform())));
    }
  }

  /** A run may have waited for nothing but this: it is to look again whether it has converged. */
  private settle(): void {
    this.process.engine.become(false);
    this.process.engine.become(true);
  }

  private conclude(got: boolean): void {
    const { engine } = this.process;
    if (got) this.renewedNs = engine.nowNs;
    else if (this.holding && engine.nowNs - this.renewedNs >= RENEW_DEADLINE_NS) {
      this.holding = false;
      this.lost();
    }
    if (!got || this.holding || !this.election.leading) return;
    this.holding = true;
    engine.become(false);
    this.elected();
    engine.become(true);
  }

  /** One try to acquire or renew; whether the lease is its own now. */
  private *attempt(): Generator<Call, boolean, void> {
    const { engine } = this.process;
    const renewal = this.election.renewal(engine.nowNs);
    if (renewal !== undefined && (yield* this.write(renewal))) return true;
    const read = this.client.get(LEASE, NAMESPACE, this.lease);
    yield read;
    if (!read.ok && read.code !== 404) return false;
    this.seen = read.object as Lease | undefined;
    const claim = this.election.claim(this.seen && recordOf(this.seen.spec), engine.nowNs);
    return claim !== undefined && (yield* this.write(claim));
  }

  private *write(record: LeaseRecord): Generator<Call, boolean, void> {
    const spec = specOf(record);
    const call =
      this.seen === undefined
        ? this.client.create(draft(LEASE, ObjectMeta.of({ namespace: NAMESPACE, name: this.lease }), spec, undefined))
        : this.client.update(this.seen.withSpec(spec));
    yield call;
    if (!call.ok) return false;
    this.seen = call.object as Lease;
    this.election.written(record, this.process.engine.nowNs);
    return true;
  }
}

function recordOf(spec: LeaseSpec): LeaseRecord {
  return {
    holder: spec.holderIdentity,
    leaseDurationSeconds: spec.leaseDurationSeconds,
    acquireNs: spec.acquireTimeNs ?? spec.renewTimeNs,
    renewNs: spec.renewTimeNs,
    transitions: spec.leaseTransitions ?? 0,
  };
}

function specOf({ holder, leaseDurationSeconds, acquireNs, renewNs, transitions }: LeaseRecord): LeaseSpec {
  return {
    holderIdentity: holder,
    leaseDurationSeconds,
    renewTimeNs: renewNs,
    acquireTimeNs: acquireNs,
    leaseTransitions: transitions,
  };
}
