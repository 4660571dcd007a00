import type { AnswerTaker, Call } from '../api/call.js';
import { LEASE } from '../api/kind.js';
import { ObjectMeta } from '../api/meta.js';
import type { Lease } from '../api/node.js';
import { draft } from '../api/object.js';
import type { EventKind } from '../engine/index.js';
import type { ApiClient } from './api-client.js';
import type { Process } from './process.js';

/** Where the leases of the control plane's own elections are. */
const NAMESPACE = 'kube-system';
/** component-base leader election: how long a lease holds, and how often its holder renews it. */
const LEASE_DURATION_SECONDS = 15;
const RETRY_PERIOD_NS = 2e9;
/** Who could not renew it for so long may not go on. */
const RENEW_DEADLINE_NS = 10e9;

/**
 * The part of a leader election that a program without rivals has: it takes its lease and renews it every 2 s from the
 * version it wrote last (client-go tools/leaderelection; kubernetes-facts C).
 */
export class LeaderElector implements AnswerTaker {
  private readonly process: Process;
  private readonly client: ApiClient;
  private readonly renewKind: EventKind;
  private readonly lost: () => void;
  private lease: Lease | undefined;
  private renewedNs: number;

  /** `lost` is called when it could not renew the lease in time. */
  constructor(process: Process, client: ApiClient, lost: () => void = () => {}) {
    this.process = process;
    this.client = client;
    this.renewKind = process.engine.register(`${process.name}: lease due`, () => this.renew(), 'timer');
    this.lost = lost;
    this.lease = undefined;
    this.renewedNs = process.engine.nowNs;
  }

  start(): void {
    this.process.engine.scheduleAs(true, 0, this.renewKind);
  }

  private renew(): void {
    const { engine, name } = this.process;
    const spec = { holderIdentity: name, leaseDurationSeconds: LEASE_DURATION_SECONDS, renewTimeNs: engine.nowNs };
    const call =
      this.lease === undefined
        ? this.client.create(draft(LEASE, ObjectMeta.of({ namespace: NAMESPACE, name }), spec, undefined))
        : this.client.update(this.lease.withSpec(spec));
    call.answerTo = this;
  }

  answered(call: Call): void {
    if (call.verb !== 'get' && !call.ok && call.code !== 0) {
      this.client.get(LEASE, NAMESPACE, this.process.name).answerTo = this;
      return;
    }
    const { nowNs } = this.process.engine;
    if (call.ok) this.renewedNs = nowNs;
    if (call.object !== undefined && call.ok) this.lease = call.object as Lease;
    if (nowNs - this.renewedNs >= RENEW_DEADLINE_NS) {
      this.lost();
      return;
    }
    this.process.engine.schedule(RETRY_PERIOD_NS, this.renewKind);
  }
}
