import type { Call, DeleteOptions } from '../api/call.js';
import { chargeEviction, judgeEviction, type Refusal } from '../api/eviction.js';
import { NAMESPACE, POD, POD_DISRUPTION_BUDGET } from '../api/kind.js';
import type { Pod } from '../api/pod.js';
import type { PodDisruptionBudget } from '../api/pod-disruption-budget.js';
import { CONFLICT, created, NAMESPACE_ENDS, NOT_FOUND, type Outcome, UNFINISHED } from './outcome.js';
import type { Store } from './store.js';

/** Reason of the DisruptionTarget condition. */
const REASON = 'EvictionByEvictionAPI';

/** The writes of an eviction, each a transaction of its own, by how many of the call have taken effect. */
const MARK = 1;
const DELETE = 2;
const DELETE_THIS_VERSION = 3;

/**
 * POST pods/eviction (registry/core/pod/storage/eviction.go): takes from the budget, marks the pod as a target of
 * disruption and deletes it. `UNFINISHED` until the last of these writes has been made.
 */
export function evict(call: Call, store: Store, nowNs: number): Outcome {
  const pod = store.get(POD, call.namespace, call.name) as Pod | undefined;
  if (pod === undefined) return NOT_FOUND;
  switch (call.writesDone) {
    case MARK:
      return mark(call, pod, store, false);
    case DELETE:
      return remove(call, pod, store);
    case DELETE_THIS_VERSION:
      return removeVersion(call, pod, store, nowNs);
    default:
      return judge(call, pod, store, nowNs);
  }
}

function judge(call: Call, pod: Pod, store: Store, nowNs: number): Outcome {
  if (store.get(NAMESPACE, '', call.namespace)?.metadata.deleting === true) return NAMESPACE_ENDS;
  const verdict = judgeEviction(pod, budgetsIn(store, call.namespace));
  if (verdict.code !== 200) {
    call.retryAfterSeconds = verdict.retryAfterSeconds;
    return refused(verdict.code, verdict.refusal);
  }
  const { budget, onlyThisVersion } = verdict;
  if (budget === undefined) return mark(call, pod, store, onlyThisVersion);
  store.updateStatus(budget.withStatus(chargeEviction(budget.status, pod.metadata.name, nowNs)));
  call.writesDone = MARK;
  return UNFINISHED;
}

function* budgetsIn(store: Store, namespace: string): Generator<PodDisruptionBudget> {
  for (const budget of store.table(POD_DISRUPTION_BUDGET).values())
    if (budget.metadata.namespace === namespace) yield budget as PodDisruptionBudget;
}

function refused(code: number, refusal: Refusal): Outcome {
  const reason = code === 429 ? 'TooManyRequests' : code === 403 ? 'Forbidden' : 'InternalError';
  return { code, reason: `${reason}: ${refusal}`, object: undefined };
}

function mark(call: Call, pod: Pod, store: Store, onlyThisVersion: boolean): Outcome {
  const marked = pod.status.reason === REASON ? pod : pod.withStatus(pod.status.with({ reason: REASON }));
  call.object = store.updateStatus(marked).object;
  call.writesDone = onlyThisVersion ? DELETE_THIS_VERSION : DELETE;
  return UNFINISHED;
}

function remove(call: Call, pod: Pod, store: Store): Outcome {
  const outcome = store.delete(POD, call.namespace, call.name, { ...(call.body as DeleteOptions), id: pod.id });
  if (outcome === UNFINISHED) call.writesDone = DELETE;
  return outcome.code === 200 ? created(pod) : outcome;
}

/** The pod may have become ready since it was judged: a pending one is judged anew, any other refused for now. */
function removeVersion(call: Call, pod: Pod, store: Store, nowNs: number): Outcome {
  if (pod.revision === call.object?.revision) return remove(call, pod, store);
  call.writesDone = 0;
  if ((call.object as Pod).status.phase === 'Pending') return judge(call, pod, store, nowNs);
  call.retryAfterSeconds = 10;
  return { ...CONFLICT, code: 429, reason: 'TooManyRequests' };
}
