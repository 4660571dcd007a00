import type { AnswerTaker, Call } from '../../api/call.js';
import type { Lease, LeaseSpec } from '../../api/node.js';
import type { ApiClient } from '../../client/api-client.js';
import type { Engine, EventKind } from '../../engine/index.js';
import type { NodeFleet } from './node-fleet.js';

/** A kubelet renews its lease every quarter of the lease's duration (kubelet.go: 40 s · 0.25). */
const RENEWALS_PER_DURATION = 4;

/**
 * The node leases of all kubelets: node i of N renews at phase i/N of the interval by a PUT of the lease it got from
 * its last renewal. One chore event a renewal; the state of a node is one reference.
 */
export class LeaseRenewal implements AnswerTaker {
  private readonly engine: Engine;
  private readonly client: ApiClient;
  private readonly fleet: NodeFleet;
  private readonly leases: Lease[];
  private readonly intervalNs: number;
  private readonly renewKind: EventKind;

  constructor(engine: Engine, client: ApiClient, fleet: NodeFleet, leases: Lease[], leaseDurationSeconds: number) {
    this.engine = engine;
    this.client = client;
    this.fleet = fleet;
    this.leases = leases;
    this.intervalNs = Math.round((leaseDurationSeconds * 1e9) / RENEWALS_PER_DURATION);
    this.renewKind = engine.register('kubelet: lease renewal', (node) => this.renew(node), 'timer');
  }

  start(): void {
    const count = this.fleet.size;
    for (let node = 0; node < count; node++) {
      this.engine.scheduleAs(true, Math.round((node * this.intervalNs) / count), this.renewKind, node);
    }
  }

  private renew(node: number): void {
    this.engine.schedule(this.intervalNs, this.renewKind, node);
    if (!this.fleet.isUp(node)) return;
    const lease = this.leases[node]!;
    const spec: LeaseSpec = { ...lease.spec, renewTimeNs: this.engine.nowNs };
    const call = this.client.update(lease.withSpec(spec));
    call.tag = node;
    call.answerTo = this;
  }

  answered(call: Call): void {
    if (call.verb === 'get' || call.ok) {
      if (call.object !== undefined) this.leases[call.tag] = call.object as Lease;
      return;
    }
    // Somebody else wrote the lease: read it, so that the next renewal is made from what is there.
    const lease = this.leases[call.tag]!;
    const read = this.client.get(lease.kind, lease.metadata.namespace, lease.metadata.name);
    read.tag = call.tag;
    read.answerTo = this;
  }
}
