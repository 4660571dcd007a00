/** A deterministic discrete-event engine that knows nothing of what it simulates; see docs/engine.md. */
export { AssertionError, assert } from './assert.js';
export { Engine, type EngineOptions } from './engine.js';
export type { EventHandle } from './event-handle.js';
export type { EventQueue, QueueFactory } from './event-queue.js';
export { HeapQueue } from './heap-queue.js';
export type { EventKind, Handler } from './kind-table.js';
export type { Limits } from './limits.js';
export type { Recorder } from './recorder.js';
export type { EndReason, RunEnd } from './run-end.js';
export type { Ties } from './tie-order.js';
export { TieredQueue } from './tiered-queue.js';
export type { WaitCause } from './wait-cause.js';
