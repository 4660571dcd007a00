import { durationPerSeat, seatsTimesDuration } from './seat-seconds.js';
import { greatestWidth, ONE_SEAT, type WorkEstimate } from './work-estimate.js';

const WATCHERS_PER_SEAT = 10;
const EVENT_DURATION_NS = 5e6;
const WIDTH_MAX = 10;

/**
 * The seats of a write: one while it is served, and for what its watchers cost afterwards one for each ten of them,
 * 5 ms long; if that is wider than allowed it is narrower and longer (flowcontrol/request/mutating_work_estimator.go).
 */
export function mutatingWork(watchers: number, levelMaxSeats: number): WorkEstimate {
  if (watchers < WATCHERS_PER_SEAT) return ONE_SEAT;
  const seats = Math.ceil(watchers / WATCHERS_PER_SEAT);
  const finalWork = seatsTimesDuration(seats, EVENT_DURATION_NS);
  const finalSeats = Math.min(seats, greatestWidth(levelMaxSeats, WIDTH_MAX));
  return { initialSeats: 1, finalSeats, additionalLatencyNs: durationPerSeat(finalWork, finalSeats) };
}

/** A write that no watcher hears of, though others of its resource are watched: a service account's token. */
export function isUnwatched(resource: string, subresource: string): boolean {
  return resource === 'serviceaccounts' && subresource === 'token';
}
