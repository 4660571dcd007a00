/**
 * A deterministic discrete-event engine that knows nothing of what it simulates; docs/engine.md shows how to use it.
 *
 * The order contract. Each rule has a test of its number in test/unit/engine/contract-N.test.ts.
 *
 * 1. Time is an integer number of nanoseconds since the start, in a JS number (exact to 2^53 ns, 104 days). It never
 *    goes back; scheduling in the past, or at a time that is no exact integer, is an error.
 * 2. Events run in the total order (time, priority, insertion): earlier first, then smaller priority, then the one
 *    scheduled first. With `ties: 'seeded'` events of equal time and priority run in a random order that the seed
 *    decides, to expose models that lean on the order.
 * 3. An event with delay zero runs in this instant, after everything of its priority already scheduled for it.
 * 4. Cancelling costs O(1). A cancelled event never runs; a handle never comes to mean another event.
 * 5. `run` says why it returned: horizon, empty, stopped or limit. Events, live events and events in one instant are
 *    limited; exceeding a limit ends the run with a message that names the kind of event to blame, and never hangs.
 * 6. Every random draw of a model comes from a named stream derived from (seed, name), see src/random. The engine itself
 *    draws nothing, so what one component draws shifts nobody else's numbers.
 * 7. A fingerprint over (time, name of the kind, target) of every executed event is always kept. Same model, same seed, same
 *    fingerprint: in any process, on any machine.
 * 8. With a trace every event is recorded with the one that caused it, and every kind knows what its events wait for, so
 *    that a chain of waits without gaps leads back from any event. Without one this costs nothing.
 * 9. An event is numbers in typed arrays and an entry in one handler table: no promise, closure, string or object.
 *
 * Not promised: the order of events of one instant in different versions of a model, and the values of handles.
 */
export { AssertionError, assert } from './assert.js';
export { Audit } from './audit.js';
export { Engine } from './engine.js';
export type { EngineOptions } from './engine-options.js';
export type { EventHandle } from './event-handle.js';
export type { EventQueue, QueueFactory } from './event-queue.js';
export { HeapQueue } from './heap-queue.js';
export type { EventKind, Handler } from './kind-table.js';
export type { Limits } from './limits.js';
export type { AuditFinding, QueueAudit } from './queue-audit.js';
export type { EndReason, RunEnd } from './run-end.js';
export type { Ties } from './tie-order.js';
export { TieredQueue } from './tiered-queue.js';
export { type Link, NO_RECORD, Trace } from './trace.js';
export type { NamedWait, WaitCause } from './wait-cause.js';
