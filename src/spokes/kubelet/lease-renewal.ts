import { ANY_NUMBER, keepFirst } from '../../api/any-number.js';
import type { AnswerTaker, Call } from '../../api/call.js';
import { LEASE } from '../../api/kind.js';
import { ObjectMeta } from '../../api/meta.js';
import type { Lease, LeaseSpec } from '../../api/node.js';
import { draft } from '../../api/object.js';
import type { ApiClient } from '../../client/api-client.js';
import type { Engine, EventKind } from '../../engine/index.js';
import type { NodeFleet } from './node-fleet.js';

/** A kubelet renews its lease every quarter of the lease's duration (kubelet.go: 40 s · 0.25). */
const RENEWALS_PER_DURATION = 4;

/** Namespace of the node leases. */
export const LEASE_NAMESPACE = 'kube-node-lease';

/**
 * The node leases of all kubelets: node i of N renews at phase i/N of the interval by a PUT of the lease it got from
 * its last renewal. One chore event a renewal; the state of a node is one reference.
 */
export class LeaseRenewal implements AnswerTaker {
  private readonly engine: Engine;
  private readonly client: ApiClient;
  private readonly fleet: NodeFleet;
  private readonly leaseDurationSeconds: number;
  private readonly leases: (Lease | undefined)[];
  private readonly intervalNs: number;
  private readonly renewKind: EventKind;

  static {
    keepFirst(newLease('', 0, ANY_NUMBER));
  }

  constructor(engine: Engine, client: ApiClient, fleet: NodeFleet, leaseDurationSeconds: number) {
    this.engine = engine;
    this.client = client;
    this.fleet = fleet;
    this.leaseDurationSeconds = leaseDurationSeconds;
    this.leases = [];
    this.intervalNs = Math.round((leaseDurationSeconds * 1e9) / RENEWALS_PER_DURATION);
    this.renewKind = engine.register('kubelet: lease renewal', (node) => this.renew(node), 'timer');
  }

  /** Nodes that hold their leases already begin to renew them, spread over the interval. */
  start(leases: readonly Lease[]): void {
    for (const [node, lease] of leases.entries()) {
      this.leases[node] = lease;
      this.engine.scheduleAs(true, Math.round((node * this.intervalNs) / leases.length), this.renewKind, node);
    }
  }

  /** A node that has just come takes its first lease now. */
  join(node: number): void {
    this.engine.scheduleAs(true, 0, this.renewKind, node);
  }

  private renew(node: number): void {
    this.engine.schedule(this.intervalNs, this.renewKind, node);
    if (!this.fleet.isReachable(node)) return;
    const lease = this.leases[node];
    const nowNs = this.fleet.wallNs(node, this.engine.nowNs);
    this.fleet.clocks?.stamped(node, nowNs);
    const call =
      lease === undefined
        ? this.client.create(newLease(this.fleet.names[node]!, this.leaseDurationSeconds, nowNs), node)
        : this.client.update(lease.withSpec(renewed(lease.spec, nowNs)), node);
    call.answerTo = this;
  }

  answered(call: Call): void {
    if (call.verb === 'get' || call.ok) {
      if (call.object !== undefined) this.leases[call.node] = call.object as Lease;
      return;
    }
    // Somebody else wrote the lease: read it, so that the next renewal is made from what is there.
    const read = this.client.get(LEASE, LEASE_NAMESPACE, this.fleet.names[call.node]!, '', call.node);
    read.answerTo = this;
  }
}

function renewed({ holderIdentity, leaseDurationSeconds }: LeaseSpec, renewTimeNs: number): LeaseSpec {
  return { holderIdentity, leaseDurationSeconds, renewTimeNs };
}

/** The lease of a node, renewed at a moment. */
export function newLease(node: string, leaseDurationSeconds: number, renewTimeNs: number): Lease {
  const spec = { holderIdentity: node, leaseDurationSeconds, renewTimeNs };
  return draft(LEASE, ObjectMeta.of({ namespace: LEASE_NAMESPACE, name: node }), spec, undefined);
}
