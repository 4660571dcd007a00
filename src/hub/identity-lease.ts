import { Call, type Caller } from '../api/call.js';
import { LEASE } from '../api/kind.js';
import { ObjectMeta } from '../api/meta.js';
import type { Lease, LeaseSpec } from '../api/node.js';
import { draft } from '../api/object.js';
import type { Engine, EventHandle, EventKind } from '../engine/index.js';
import type { Stream } from '../random/stream.js';
import { MASTERS } from './call-costs.js';
import type { CallReturn } from './call-return.js';

const NAMESPACE = 'kube-system';
/** pkg/controlplane/apiserver/server.go IdentityLeaseDurationSeconds and IdentityLeaseRenewIntervalPeriod. */
const DURATION_SECONDS = 3600;
const RENEW_INTERVAL_NS = 10e9;
/** component-helpers/apimachinery/lease/controller.go: each wait is longer by up to so much. */
const JITTER = 0.04;

/** The API server whose lease it is. */
export interface LeaseHolder {
  receive(call: Call, returnTo: CallReturn): void;
}

/**
 * The lease by which an API server says that it is there: it writes it through itself, as long as it lives. What a new life finds
 * of an earlier one it goes on with.
 */
export class IdentityLease implements CallReturn {
  private readonly engine: Engine;
  private readonly holder: LeaseHolder;
  private readonly name: string;
  private readonly stream: Stream;
  private readonly caller: Caller;
  private readonly renewKind: EventKind;
  private timer: EventHandle | undefined;
  private living: boolean;
  /** As it was read or written last. */
  private latest: Lease | undefined;

  constructor(engine: Engine, holder: LeaseHolder, name: string, stream: Stream) {
    this.engine = engine;
    this.holder = holder;
    this.name = name;
    this.stream = stream;
    this.caller = { name: 'kube-apiserver', user: MASTERS, stream: name };
    this.renewKind = engine.register('api server: renews its lease', () => this.renew(), 'timer');
    this.timer = undefined;
    this.living = false;
    this.latest = undefined;
  }

  start(): void {
    this.living = true;
    this.timer = this.engine.scheduleAs(true, 0, this.renewKind);
  }

  /** The server dies. */
  stop(): void {
    this.living = false;
    if (this.timer !== undefined) this.engine.cancel(this.timer);
  }

  returned(call: Call): void {
    if (!this.living) return;
    if (call.ok) this.latest = call.object as Lease;
    else if (call.reason === 'Conflict') this.latest = undefined;
    if (call.verb === 'get' && (call.ok || call.code === 404)) this.send(call.ok ? 'update' : 'create');
    else {
      const delayNs = Math.round(RENEW_INTERVAL_NS * (1 + JITTER * this.stream.uniform()));
      this.timer = this.engine.scheduleAs(true, delayNs, this.renewKind);
    }
  }

  private renew(): void {
    this.timer = undefined;
    this.send(this.latest === undefined ? 'get' : 'update');
  }

  private send(verb: 'get' | 'create' | 'update'): void {
    const { nowNs } = this.engine;
    const spec: LeaseSpec = { holderIdentity: this.name, leaseDurationSeconds: DURATION_SECONDS, renewTimeNs: nowNs };
    const body =
      verb === 'get'
        ? undefined
        : (this.latest?.withSpec(spec) ??
          draft(LEASE, ObjectMeta.of({ namespace: NAMESPACE, name: this.name }), spec, undefined));
    const call = new Call(this.caller, verb, LEASE, '', NAMESPACE, this.name, body, true, nowNs);
    call.sentNs = nowNs;
    this.holder.receive(call, this);
  }
}
