import { Sleep, type Wait, Work } from '../../client/task.js';
import { ApiError } from './api-error.js';
import { Request, type Waitable } from './request.js';
import type { ReconcileEnd, ReconcileResult, Reconciliation } from './spoke-definition.js';

/** How a reconciliation ended. */
export interface Ending {
  readonly result: ReconcileResult;
  /** The refusal that it did not catch. */
  readonly refusal: ApiError | undefined;
}

const DONE: ReconcileResult = Object.freeze({});

/** Runs the code of a spoke as a task: gives it answers, throws refusals into it, and lets no other error of it pass. */
export function* reconciliation(
  begin: () => Reconciliation | ReconcileEnd,
  failed: (problem: unknown) => Error,
): Generator<Wait, Ending, void> {
  try {
    const begun = begin();
    if (!isGenerator(begun)) {
      if (isPromise(begun))
        throw new TypeError('reconcile gave a promise: write function* and yield, not async and await');
      return { result: begun ?? DONE, refusal: undefined };
    }
    let step = begun.next();
    while (step.done !== true) {
      yield waitFor(step.value);
      step = resume(begun, step.value);
    }
    return { result: step.value ?? DONE, refusal: undefined };
  } catch (error) {
    if (error instanceof ApiError) return { result: DONE, refusal: error };
    throw failed(error);
  }
}

function waitFor(waitable: Waitable): Wait {
  if (waitable instanceof Request) return waitable.call;
  if (waitable instanceof Sleep || waitable instanceof Work) return waitable;
  if (Array.isArray(waitable) && waitable.every((one) => one instanceof Request)) {
    return (waitable as readonly Request<unknown>[]).map(({ call }) => call);
  }
  throw new TypeError(
    `a reconciliation cannot wait for ${describe(waitable)}: yield a request, a list of them, client.sleep(…) or client.work(…)`,
  );
}

function describe(value: unknown): string {
  if (isPromise(value)) return 'a promise';
  return typeof value === 'object' && value !== null ? 'an object' : String(value);
}

/** Hands over what was waited for, or throws the refusal where it was waited for. */
function resume(code: Reconciliation, waited: Waitable): IteratorResult<Waitable, ReconcileEnd> {
  let answer: unknown;
  try {
    answer = answerOf(waited);
  } catch (refusal) {
    return code.throw(refusal);
  }
  return code.next(answer);
}

function answerOf(waited: Waitable): unknown {
  if (waited instanceof Request) return waited.answer();
  return Array.isArray(waited) ? (waited as readonly Request<unknown>[]).map((one) => one.answer()) : undefined;
}

function isGenerator(value: unknown): value is Reconciliation {
  return typeof (value as Reconciliation | undefined)?.next === 'function';
}

function isPromise(value: unknown): boolean {
  return typeof (value as { then?: unknown } | undefined | null)?.then === 'function';
}
