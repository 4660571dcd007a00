import type { Call } from '../../api/call.js';
import type { Sleep, Work } from '../../client/task.js';

/**
 * A request under way. `yield` waits for its answer; `yield*` does, too, and knows the answer's type. A refusal is thrown
 * there as an ApiError. Requests run at once, whether or not somebody waits for them: make two, then wait for both.
 */
export class Request<T> {
  readonly call: Call;
  private readonly read: (call: Call) => T;

  constructor(call: Call, read: (call: Call) => T) {
    this.call = call;
    this.read = read;
  }

  /** The answer, once it is there. Throws ApiError for a refusal. */
  answer(): T {
    return this.read(this.call);
  }

  *[Symbol.iterator](): Generator<Request<T>, T, T> {
    return yield this;
  }
}

/** What a reconciliation may wait for: an answer, several answers, time, or processor time. */
export type Waitable = Request<unknown> | readonly Request<unknown>[] | Sleep | Work;
