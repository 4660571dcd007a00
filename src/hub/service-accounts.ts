import type { Call } from '../api/call.js';
import { POD, SERVICE_ACCOUNT } from '../api/kind.js';
import { isMirror } from '../api/mirror-pod.js';
import type { ApiObject } from '../api/object.js';
import type { Pod } from '../api/pod.js';
import { accountOf, DEFAULT_ACCOUNT } from '../api/service-account.js';
import type { Engine, EventKind } from '../engine/index.js';
import type { Stream } from '../random/stream.js';
import { forbidden, type Outcome } from './outcome.js';
import type { Store } from './store.js';

/** Looks for the account `default`, which a controller makes; any other is looked for once. */
const LOOKS = 10;
/** Between two looks, drawn once for all looks of a request. */
const LEAST_INTERVAL_MS = 100;

/** The API server that asks. */
export interface AccountAsker {
  /** The account of a row's pod is there. */
  accounted(slot: number): void;
  /** The row is refused. */
  refused(slot: number, outcome: Outcome): void;
  /** Whether the server is dead; the row is forgotten then. */
  outlived(slot: number): boolean;
}

/**
 * Admits pods whose service account is there: a new namespace has none until the controller has made it, so that pods which come
 * with their namespace wait, with their seats (plugin/pkg/admission/serviceaccount/admission.go getServiceAccount). Its looks are
 * GETs that the server sends itself; what they cost is left out.
 */
export class ServiceAccounts {
  private readonly engine: Engine;
  private readonly store: Store;
  private readonly stream: Stream;
  private readonly calls: { get(slot: number): Call };
  private readonly asker: AccountAsker;
  private readonly lookKind: EventKind;

  constructor(engine: Engine, store: Store, stream: Stream, calls: { get(slot: number): Call }, asker: AccountAsker) {
    this.engine = engine;
    this.store = store;
    this.stream = stream;
    this.calls = calls;
    this.asker = asker;
    this.lookKind = engine.register(
      'admission: looks for a service account again',
      (slot, looksDone, intervalMs) => this.look(slot, looksDone, intervalMs),
      'timer',
    );
  }

  /** Whether a write need not wait; if it must, the asker hears later. */
  admits(slot: number, call: Call): boolean {
    if (call.kind !== POD || call.verb !== 'create' || call.subresource !== '') return true;
    if (this.isThere(call.body as Pod)) return true;
    this.look(slot, 0, LEAST_INTERVAL_MS + this.stream.below(LEAST_INTERVAL_MS));
    return false;
  }

  private look(slot: number, looksDone: number, intervalMs: number): void {
    if (this.asker.outlived(slot)) return;
    const call = this.calls.get(slot);
    const pod = call.body as Pod;
    if (this.isThere(pod)) {
      this.asker.accounted(slot);
      return;
    }
    const account = accountOf(pod.spec.shape.spec);
    if (account !== DEFAULT_ACCOUNT || looksDone + 1 === LOOKS) this.asker.refused(slot, missing(pod, account));
    else this.engine.scheduleAs(call.chore, intervalMs * 1e6, this.lookKind, slot, looksDone + 1, intervalMs);
  }

  /** Mirrors have none; a namespace that takes no objects has been refused before (NamespaceLifecycle). */
  private isThere(pod: Pod): boolean {
    const { store } = this;
    const { namespace } = pod.metadata;
    if (store.get(SERVICE_ACCOUNT, namespace, accountOf(pod.spec.shape.spec)) !== undefined) return true;
    return isMirror(pod) || !store.takesObjects(namespace);
  }
}

function missing(pod: ApiObject, account: string): Outcome {
  const { namespace } = pod.metadata;
  return forbidden(
    pod,
    `error looking up service account ${namespace}/${account}: serviceaccount "${account}" not found`,
  );
}
