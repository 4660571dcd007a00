/** Units of work in a seat-second: work is counted in whole 10 ns of a seat (flowcontrol/request/seat_seconds.go). */
const UNITS_PER_SEAT_SECOND = 1e8;
const NS_PER_UNIT: number = 1e9 / UNITS_PER_SEAT_SECOND;

/** The work of holding seats for a time, rounded half away from zero. */
export function seatsTimesDuration(seats: number, durationNs: number): number {
  const work = (seats * durationNs) / NS_PER_UNIT;
  // Not Math.round, which looks what half of a unit it is in: no processor foretells that.
  if (work >= 0.5) return Math.floor(work + 0.5);
  return work <= -0.5 ? -Math.floor(0.5 - work) : 0;
}

/** How long each of so many seats is held for a work, in whole nanoseconds. */
export function durationPerSeat(work: number, seats: number): number {
  return Math.trunc((work / seats) * NS_PER_UNIT);
}
