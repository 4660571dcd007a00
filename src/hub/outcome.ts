import type { Call } from '../api/call.js';
import type { ApiObject } from '../api/object.js';

/** What the store answers to a write: an HTTP status, a reason as metav1.Status has it, and the version concerned. */
export interface Outcome {
  readonly code: number;
  readonly reason: string;
  readonly object: ApiObject | undefined;
  /** What is wrong with the request, where the reason alone does not say it. */
  readonly message?: string;
}

export const NOT_FOUND: Outcome = Object.freeze({ code: 404, reason: 'NotFound', object: undefined });
export const CONFLICT: Outcome = Object.freeze({ code: 409, reason: 'Conflict', object: undefined });
export const ALREADY_EXISTS: Outcome = Object.freeze({ code: 409, reason: 'AlreadyExists', object: undefined });
/** Nothing can be created in a namespace that is ending (metav1 cause NamespaceTerminating). */
export const NAMESPACE_ENDS: Outcome = Object.freeze({ code: 403, reason: 'NamespaceTerminating', object: undefined });
export const FORBIDDEN: Outcome = Object.freeze({ code: 403, reason: 'Forbidden', object: undefined });
export const METHOD_NOT_ALLOWED: Outcome = Object.freeze({ code: 405, reason: 'MethodNotAllowed', object: undefined });
export const INTERNAL_ERROR: Outcome = Object.freeze({ code: 500, reason: 'InternalError', object: undefined });
/** It took too long (apierrors.NewTimeoutError); what was begun may still come about. */
export const TIMEOUT: Outcome = Object.freeze({ code: 504, reason: 'Timeout', object: undefined });
/** etcd has no space left ("mvcc: database space exceeded"): the API server has no better name for it than an internal error. */
export const NO_SPACE: Outcome = Object.freeze({ code: 500, reason: 'InternalError', object: undefined });

/** Nothing to answer yet: the call has another write to make. */
export const UNFINISHED: Outcome = Object.freeze({ code: 0, reason: '', object: undefined });

/** The object would become one that Kubernetes refuses. */
export function invalid(message: string): Outcome {
  return { code: 422, reason: 'Invalid', object: undefined, message };
}

/** Admission is against it (admission.NewForbidden). */
export function forbidden({ kind, metadata }: ApiObject, problem: string): Outcome {
  const resource = kind.group === '' ? kind.resource : `${kind.resource}.${kind.group}`;
  const message = `${resource} "${metadata.name}" is forbidden: ${problem}`;
  return { code: 403, reason: 'Forbidden', object: undefined, message };
}

/** A read wants what is not there yet (storage/errors.go NewTooLargeResourceVersionError). */
export function tooLargeRevision(wanted: number, current: number): Outcome {
  const message = `Timeout: Too large resource version: ${wanted}, current: ${current}`;
  return { code: 504, reason: 'Timeout', object: undefined, message };
}

/** Etcd has compacted the state that a LIST wants (etcd3/errors.go). */
export const EXPIRED: Outcome = Object.freeze({
  code: 410,
  reason: 'Expired',
  object: undefined,
  message: 'The resourceVersion for the provided list is too old.',
});

/** The same of a page: with the answer comes where to go on in the latest state. */
export const CONTINUE_EXPIRED: Outcome = Object.freeze({
  ...EXPIRED,
  message:
    'The provided continue parameter is too old to display a consistent list result. You can start a new list without the continue parameter, or use the continue token in this response to retrieve the remainder of the results. Continuing with the provided token results in an inconsistent list - objects that were created, modified, or deleted between the time the first chunk was returned and now may show up in the list.',
});

export function ok(object: ApiObject): Outcome {
  return { code: 200, reason: '', object };
}

export function created(object: ApiObject): Outcome {
  return { code: 201, reason: '', object };
}

/** Makes an outcome the answer of a call. */
export function settle(call: Call, outcome: Outcome): void {
  call.code = outcome.code;
  call.reason = outcome.reason;
  call.message = outcome.message ?? '';
  call.object = outcome.object;
}
