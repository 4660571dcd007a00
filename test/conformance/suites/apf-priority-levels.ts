import { BORROWING_PERIOD_NS } from '../../../src/hub/flow-control/borrowing.js';
import { DroppedRequests } from '../../../src/hub/flow-control/dropped-requests.js';
import { FlowControl } from '../../../src/hub/flow-control/flow-control.js';
import { allocateSeats } from '../../../src/hub/flow-control/seat-allocation.js';
import { closeDifference } from '../close-difference.js';
import { type Case, type Difference, Skip, type Suite } from '../suite.js';

const TOLERANCE = 1e-9;

export const apfPriorityLevels: Suite = {
  name: 'apf-priority-levels',
  answer,
  compare: (expected: unknown, got: unknown): Difference | undefined => closeDifference(expected, got, TOLERANCE),
};

function answer({ tags, input }: Case): unknown {
  switch (tags[0]) {
    case 'bootstrap':
      return bootstrap(input as { serverConcurrencyLimit: number });
    case 'borrowing':
      return borrowing(input as BorrowingInput);
    case 'allocation':
      return allocation(input as AllocationInput);
    case 'retryAfter':
      return retryAfter(input as { drops: readonly number[] });
    default:
      return new Skip(`unknown question ${tags[0]}`);
  }
}

function flowControl(serverSeats: number): FlowControl {
  return new FlowControl({ serverSeats }, { dispatched: () => undefined }, 0);
}

function bootstrap({ serverConcurrencyLimit }: { serverConcurrencyLimit: number }): unknown {
  const { levels } = flowControl(serverConcurrencyLimit);
  const priorityLevels = levels.map(({ name, limits, seatLimit }) => [
    name,
    {
      nominalCL: limits.nominal,
      minCL: limits.least,
      maxCL: limits.most,
      currentCL: seatLimit,
      maxSeatsPerRequest: limits.requestWidth,
    },
  ]);
  const nominalSum = levels.reduce((sum, { limits }) => sum + limits.nominal, 0);
  return { nominalSum, priorityLevels: Object.fromEntries(priorityLevels) };
}

interface BorrowingInput {
  readonly serverConcurrencyLimit: number;
  /** Changes of demand; `t` in ms since the period began. */
  readonly periods: readonly (readonly { t: number; pl: string; seats: number }[])[];
}

function borrowing({ serverConcurrencyLimit, periods }: BorrowingInput): unknown {
  const control = flowControl(serverConcurrencyLimit);
  const answers = periods.map((changes, period) => {
    const startNs = period * BORROWING_PERIOD_NS;
    for (const { t, pl, seats } of changes) {
      control.levels.find(({ name }) => name === pl)?.demand.set(seats, startNs + t * 1e6);
    }
    control.divide(startNs + BORROWING_PERIOD_NS);
    return Object.fromEntries(
      control.levels.map(({ name, seatLimit, demand: { average, deviation, highWatermark, smoothed } }) => [
        name,
        { currentCL: seatLimit, avg: average, stdDev: deviation, highWatermark, smoothed },
      ]),
    );
  });
  return { periods: answers };
}

interface AllocationInput {
  readonly requiredSum: number;
  readonly targets: readonly number[];
  readonly lowerBounds: readonly number[];
  readonly upperBounds: readonly number[];
}

function allocation({ requiredSum, targets, lowerBounds, upperBounds }: AllocationInput): unknown {
  const claims = targets.map((target, i) => ({ target, least: lowerBounds[i]!, most: upperBounds[i]! }));
  const found = allocateSeats(requiredSum, claims);
  if (found === undefined) return { error: true };
  return { error: false, allocations: found.seats, fairProportion: found.fairProportion };
}

function retryAfter({ drops }: { drops: readonly number[] }): unknown {
  const dropped = new DroppedRequests();
  const seconds = drops.map((second) => {
    dropped.record(second * 1e9);
    return dropped.retryAfterSeconds;
  });
  return { retryAfter: seconds };
}
