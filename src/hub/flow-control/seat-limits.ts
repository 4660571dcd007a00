import { type PriorityLevel, queuingOf } from './priority-level.js';

/** How much of a level's nominal seats one request may take. */
const WIDTH_SHARE = 0.15;

/** How many seats a priority level may have. */
export interface SeatLimits {
  /** Its share of the server's. */
  readonly nominal: number;
  /** What is left when all it may lend is lent. */
  readonly least: number;
  /** Its share and what it may borrow. */
  readonly most: number;
  /** The most one request may take; 0 = no limit of its own. */
  readonly requestWidth: number;
}

/**
 * Divides the seats of a server (`--max-requests-inflight` + `--max-mutating-requests-inflight`) among its priority
 * levels; shares are rounded up (util/flowcontrol/apf_controller.go finishQueueSetReconfigsLocked).
 */
export function seatLimits(levels: readonly PriorityLevel[], serverSeats: number): readonly SeatLimits[] {
  const shareSum = levels.reduce((sum, level) => sum + sharesOf(level), 0);
  return levels.map((level) => {
    const nominal = Math.ceil((serverSeats * sharesOf(level)) / shareSum);
    const least = nominal - percentOf(nominal, lendablePercentOf(level));
    return {
      nominal,
      least,
      most: nominal + borrowable(level, nominal, serverSeats),
      requestWidth: width(level, nominal),
    };
  });
}

function sharesOf({ spec }: PriorityLevel): number {
  return spec.type === 'Exempt' ? (spec.exempt.nominalConcurrencyShares ?? 0) : spec.limited.nominalConcurrencyShares;
}

function lendablePercentOf({ spec }: PriorityLevel): number {
  return (spec.type === 'Exempt' ? spec.exempt.lendablePercent : spec.limited.lendablePercent) ?? 0;
}

function borrowable({ spec }: PriorityLevel, nominal: number, serverSeats: number): number {
  const percent = spec.type === 'Exempt' ? undefined : spec.limited.borrowingLimitPercent;
  return percent === undefined ? serverSeats : percentOf(nominal, percent);
}

function percentOf(seats: number, percent: number): number {
  return Math.round((seats * percent) / 100);
}

function width(level: PriorityLevel, nominal: number): number {
  const queuing = queuingOf(level);
  if (queuing === undefined) return 0;
  return Math.max(1, Math.min(Math.ceil(nominal * WIDTH_SHARE), Math.floor(nominal / queuing.handSize)));
}
