import type { Call } from '../../api/call.js';

/** The API server's refusal of a request, thrown where the spoke waits for the answer. */
export class ApiError extends Error {
  override readonly name: string = 'ApiError';
  /** HTTP status; 0 if no server was there. */
  readonly code: number;
  /** `NotFound`, `Conflict`, `AlreadyExists` … */
  readonly reason: string;

  constructor(call: Call) {
    const why = call.message === '' ? '' : `: ${call.message}`;
    super(`${call.verb} ${call.kind.resource} ${call.name}: ${call.code} ${call.reason}${why}`);
    this.code = call.code;
    this.reason = call.reason;
  }

  get notFound(): boolean {
    return this.code === 404;
  }

  /** Somebody else wrote the object since the version that was to be replaced. */
  get conflict(): boolean {
    return this.reason === 'Conflict';
  }

  get alreadyExists(): boolean {
    return this.reason === 'AlreadyExists';
  }
}
